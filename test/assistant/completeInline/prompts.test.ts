import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPromptDesk } from '../../../src/assistant/completeInline/prompts.ts';
import { labelled, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { at } from '../../support/cursor.ts';

describe('the context of prompts', () => {
  it('stays as it is while someone types, however long, and is chosen anew after a rest', () => {
    const play = start();
    assert.equal(play.context('let a█'), 'one');
    play.now.pieces = ['two', 'one'];
    for (let key = 0; key < 60; key++) {
      play.now.time += 1_000;
      play.key('let a█');
      assert.equal(play.context(`let ab${'c'.repeat(key)}█`), 'one');
    }
    for (let key = 0; key < 6; key++) {
      play.now.time += 2_000;
      play.key('let a█');
    }
    assert.equal(play.context('let abc█'), 'one', 'keys that needed no prompt count, too');
    play.now.time += 3_001;
    assert.equal(play.context('let abc█'), 'two one');
    assert.equal(play.now.asked, 2);
  });
  it('is chosen anew by a key at the start of a line, after a rest, which tells whether it is another', () => {
    const play = start();
    assert.equal(play.key('x();\n█'), false, 'there was no prompt yet');
    play.context('x();\n█');
    play.now.time += 3_001;
    assert.equal(play.key('x();\n  █'), false, 'nothing else is known of other files');
    play.now.pieces = ['two'];
    assert.equal(play.key('x();\n█'), false, 'it did not rest');
    play.now.time += 3_001;
    assert.equal(play.key('x();\nlet █'), false, 'in the middle of a line');
    assert.equal(play.context('x();\nlet █'), 'one');
    play.now.time += 3_001;
    assert.equal(play.key('x();\n\t█'), true);
    assert.equal(play.context('x();\n\t█'), 'two');
    play.now.time += 3_001;
    assert.equal(play.key('x();\n\t█'), false, 'it was told already');
  });
  it('is that of the other file, once one goes there', () => {
    const play = start();
    assert.equal(play.context('a█'), 'one');
    play.now.pieces = ['other'];
    assert.equal(play.context('b█', { uri: 'file:///b.ts' }), 'other');
    assert.equal(play.context('b2█', { uri: 'file:///b.ts' }), 'other');
    assert.equal(play.now.asked, 2);
  });
  it('is looked at anew once the policy has changed', () => {
    const play = start();
    assert.equal(play.context('a█'), 'one');
    play.now.pieces = [];
    assert.equal(play.context('ab█'), 'one');
    play.desk.reset();
    assert.equal(play.context('abc█'), '');
  });
  it('is chosen anew to warm up: what changed is paid for at rest', () => {
    const play = start();
    assert.equal(play.context('a█'), 'one');
    play.now.pieces = ['two'];
    assert.equal(play.context('a█', { intent: 'warm' }), 'two');
    assert.equal(play.context('ab█'), 'two');
  });
});

describe('what a server has evaluated', () => {
  const long = 'const line = call(first, second);\n'.repeat(400);

  it('is all of the prompt but the end, key after key, in a file that is longer than the window', () => {
    const play = start();
    play.build(`${long}le█\n`);
    const { shared, total } = play.build(`${long}let x█\n`);
    assert.ok(total - shared <= 8, `${total - shared} of ${total} characters`);
  });
  it('is the window of the file that one comes back to, counted from its old beginning', () => {
    const play = start();
    const before = windowOf(play.build(`${long}let a█\n`));
    play.build('other();\n█', { uri: 'file:///b.ts' });
    const after = windowOf(play.build(`${long}${'more();\n'.repeat(9)}let a█\n`));
    assert.equal(after, before);
    assert.match(after, /^\d{3}$/);
  });
  it('is that of the last eight files: one that was left longer ago begins anew', () => {
    for (const [between, same] of [
      [7, true],
      [8, false],
    ] as const) {
      const play = start();
      const before = windowOf(play.build(`${long}let a█\n`));
      for (let file = 0; file < between; file++) play.build('other();\n█', { uri: `file:///${file}.ts` });
      const after = windowOf(play.build(`${long}${'more();\n'.repeat(30)}let a█\n`));
      assert.equal(after === before, same, `${between} files between: ${before}, ${after}`);
    }
  });
  it('is only what it was sent and has spoken to, and nothing that the engine in this process was told', () => {
    const play = start();
    play.unsent(`${long}le█\n`);
    assert.equal(play.unsent(`${long}let█\n`).shared, 0);
    assert.equal(play.desk.isWarm(at(`${long}let█\n`, { uri: 'file:///a.ts' })), false);
    play.build(`${long}let a█\n`);
    play.desk.glance(at(`${long}more();\n█`, { uri: 'file:///a.ts' }), engine, { maxTokens: 256 });
    assert.ok(play.build(`${long}let ab█\n`).shared > 1_000);
    assert.equal(play.desk.isWarm(at(`${long}let ab█\n`, { uri: 'file:///a.ts' })), true);
  });
  it('is warmed again after a chat by no more than the next key needs, where somebody was writing', () => {
    const play = start();
    const text = `${long.slice(0, 1_000)}let a█\n${long}`;
    const first = play.build(text, { intent: 'warm' });
    assert.ok(first.total > 2_000, `they might begin anywhere: ${first.total} characters`);
    play.build(text);
    play.desk.forget(model);
    const again = play.build(text, { intent: 'warm' });
    const next = play.build(text.replace('█', 'b█'));
    assert.deepEqual([again.total, next.shared], ['one'.length + 1_005, 'one'.length + 1_005]);
  });
  it('is nothing once a chat has filled its cache, and another model has nothing of it', () => {
    const play = start();
    play.build(`${long}let a█\n`);
    play.desk.forget(other);
    assert.ok(play.build(`${long}let ab█\n`).shared > 1_000);
    assert.equal(play.build(`${long}let ab█\n`, { to: other }).shared, 0);
    play.desk.forget(model);
    assert.equal(play.build(`${long}let abc█\n`).shared, 0);
  });
});

describe('the size of prompts', () => {
  it('is smaller after one that had more tokens than the window, and stays so', () => {
    const play = start();
    const first = play.build(`${'漢字かな'.repeat(9_000)}\nlet a█\n`);
    play.desk.tooLong({ ...first, to: { ...first.to, facts: { ...fit, contextLength: first.total + 900 } } });
    const next = play.build(`${'漢字かな'.repeat(9_000)}\nlet a█\n`);
    assert.ok(next.total < first.total / 2, `${next.total} of ${first.total} characters`);
    play.desk.learn(next, { usage: { promptTokens: next.total }, firstTokenMs: 90, streamMs: 90, pieces: 9 });
    assert.ok(play.build(`${'漢字かな'.repeat(9_000)}\nlet ab█\n`).total < first.total / 2);
  });

  const long = 'const line = call(first, second);\n'.repeat(900);
  const slow = { usage: { promptMs: 60_000, promptTokens: 2_500 }, firstTokenMs: 60_000, streamMs: 90, pieces: 9 };

  it('is what the model was measured to bear, each by itself', () => {
    const play = start();
    const first = play.build(`${long}let a█\n`);
    play.desk.learn(first, slow);
    assert.ok(play.desk.speedOf(model).evaluated !== undefined);
    const next = play.build(`${long}let ab█\n`);
    assert.ok(next.total < first.total / 3, `${next.total} of ${first.total} characters`);
    assert.equal(play.build(`${long}let ab█\n`, { to: other }).total, first.total + 1);
  });
});

const model = { backend: 'local', model: 'qwen2.5-coder:1.5b' };
const other = { backend: 'local', model: 'qwen2.5-coder:7b' };
const engine = {
  model: { backend: 'embedded', model: 'embedded' },
  facts: { kind: 'fit', order: 'prefix-first', contextLength: 8_192, loaded: true, zone: 'device' },
  intent: 'completion',
} as const;
const fit = { kind: 'fit', order: 'prefix-first', contextLength: 8_192, loaded: true, zone: 'device' } as const;

type Way = { readonly uri?: string; readonly intent?: 'completion' | 'warm'; readonly to?: typeof model };

/** A desk on a clock that only the test moves, over pieces of other files that the test names. */
function start() {
  const now = { time: 0, pieces: ['one'] as readonly string[], asked: 0 };
  const desk = createPromptDesk({
    clock: { now: () => now.time, delay: () => Promise.resolve() },
    context: () => {
      now.asked += 1;
      return now.pieces.map((text) => ({ title: `${text}.ts`, text: labelled(text, productLabel) }));
    },
  });
  const unsent = (marked: string, { uri = 'file:///a.ts', intent = 'completion', to = model }: Way = {}) =>
    desk.build(at(marked, { uri }), { model: to, facts: fit, intent }, { maxTokens: 256 });
  const build = (marked: string, way: Way = {}) => {
    const prompt = unsent(marked, way);
    desk.evaluated(prompt);
    return prompt;
  };
  const context = (marked: string, way: Way = {}): string =>
    build(marked, way)
      .prompt.parts.filter(({ role }) => role === 'context')
      .map(({ text }) => reveal(text))
      .join(' ');
  const key = (marked: string): boolean => desk.touch(at(marked, { uri: 'file:///a.ts' }));
  return { now, desk, unsent, build, context, key };
}

/** The line at which a prompt's window begins. */
function windowOf({ prompt }: ReturnType<ReturnType<typeof start>['build']>): string {
  return /:(\d+)-/.exec(prompt.parts.at(-2)?.title ?? '')?.[1] ?? '';
}
