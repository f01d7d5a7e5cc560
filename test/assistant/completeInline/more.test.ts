import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withSelectedItem } from '../../../src/core/completion/selectedItem.ts';
import { createWorld } from './world.ts';

/** A model that always has more to say, and is stopped after a line because it is slow: a call on every line. */
const lines = Array.from({ length: 60 }, (_, i) => `step${i}(a, b);`).join('\n  ');
const answer = (prefix: string): string => lines.slice(prefix.length - prefix.indexOf('{\n  ') - 4);
const inBody = (typed: string): string => `function f() {\n  ${typed}█\n}\n`;

describe('what follows an offer', () => {
  it('is asked for while the offer is looked at, once', async () => {
    const world = await slowWorld({});
    await world.suggest(inBody(''), 3_000);
    await world.clock.advanceTo(19_000);
    for (const typed of ['s', 'st', 'ste']) assert.ok(await world.suggest(inBody(typed), 1));
    await world.clock.advanceTo(29_000);
    assert.deepEqual(
      world.sent.slice(1).map(({ prefix }) => prefix),
      [inBody('').split('█')[0], `${inBody('').split('█')[0]}step0(a, b);`],
    );
  });
  it('is not asked for where the first token takes 600 ms and more, nor where one asks by hand only', async () => {
    for (const [ttft, trigger] of [
      [700, 'automatic'],
      [80, 'manual'],
    ] as const) {
      const world = await slowWorld({ ttft, trigger });
      assert.ok(await world.suggest(inBody(''), 3_000, { explicit: true }));
      await world.clock.advanceTo(19_000);
      assert.ok(await world.suggest(inBody('s'), 5, { explicit: true }));
      await world.clock.advanceTo(29_000);
      assert.equal(world.sent.length, 2, `${ttft} ms, ${trigger}`);
    }
  });
  it('is asked for once where nothing comes of it: a model that repeats itself, a server that has gone', async () => {
    const gone = { reason: 'not-running', message: 'Nothing listens there.' } as const;
    for (const fails of [undefined, gone]) {
      let asked = false;
      const says = (prefix: string): string => {
        asked ||= prefix.endsWith('{\n  ');
        return prefix.includes('step0(') ? '  ' : 'step0(a, b);';
      };
      const local = {
        answer: says,
        breaksOff: true,
        get fails() {
          return asked ? fails : undefined;
        },
      };
      const world = createWorld({ local });
      await world.suggest('x();\n█\n', 3_000, { explicit: true });
      await world.clock.advanceTo(9_000);
      const before = world.sent.length;
      assert.equal((await world.suggest(inBody('')))?.text, 'step0(a, b);');
      await world.clock.advanceTo(60_000);
      for (const typed of ['s', 'st', 'ste']) assert.ok(await world.suggest(inBody(typed), 1));
      await world.clock.advanceTo(90_000);
      assert.equal(world.sent.length - before, 2);
    }
  });
  it('never keeps anybody waiting: a key that says otherwise ends it and is served at once', async () => {
    const world = await slowWorld({ ttft: 500 });
    await world.suggest(inBody(''), 3_000);
    while (world.sent.length < 3 && world.clock.now() < 19_000) await world.clock.advanceTo(world.clock.now() + 10);
    const pressed = world.clock.now() + 50;
    await world.clock.advanceTo(pressed);
    world.completion.typed(world.ask(inBody('').replace('█', 'while (x) {\n    █')));
    await world.clock.advanceTo(pressed + 50);
    const [, , ahead, wanted] = world.sent;
    assert.deepEqual([ahead?.aborted, ahead?.ended], [true, pressed]);
    assert.equal(wanted?.at, pressed);
  });
});

describe('an item taken from the editor’s list', () => {
  it('goes on as it was suggested after it, without a request', async () => {
    const world = createWorld({ local: { answer: () => 'sole.log(value);' } });
    const typed = 'x();\nlet y = con█\n';
    assert.equal((await world.suggest(typed))?.text, 'sole.log(value);');
    await world.clock.advanceTo(3_000);
    const asked = world.sent.length;
    const ask = world.ask(typed);
    const spot = withSelectedItem(ask.spot, { start: ask.spot.offset - 3, end: ask.spot.offset, text: 'console' });
    const selected = world.completion.suggest({ ...ask, spot, listOpen: true }, new AbortController().signal);
    await world.clock.advanceTo(3_005);
    assert.equal((await selected)?.text, '.log(value);');
    assert.equal((await world.suggest('x();\nlet y = console█\n', 1))?.text, '.log(value);');
    assert.equal(world.sent.length, asked);
  });
});

/** A world in which it is known already that the model is slow. */
async function slowWorld({ ttft = 80, trigger = 'automatic' }: { ttft?: number; trigger?: 'automatic' | 'manual' }) {
  const world = createWorld({ local: { answer, ttft, tok: 70 } }, { lines: 'single', trigger });
  await world.suggest('x();\n█\n', 3_000, { explicit: true });
  await world.clock.advanceTo(9_000);
  assert.equal(world.sent.length, 1);
  return world;
}
