import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Nothing, Outcome } from '../../../../src/core/completion/why/explanation.ts';
import { createWorld } from '../world.ts';

const head = 'function f() {\n  ';
const body = 'let gone = 0;\n  while (gone < 9) gone++;\n  return gone;';
const knows = (prefix: string): string => {
  const typed = prefix.slice(prefix.lastIndexOf(head) + head.length);
  return body.startsWith(typed) ? body.slice(typed.length) : 'undefined;';
};
const inBody = (typed: string): string => `${head}${typed}█\n}\n`;
const model = { backend: 'local', model: 'qwen2.5-coder' };

describe('why a suggestion is shown', () => {
  it('was asked for at this key: with the place, the request and the time of each step', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    const { last } = world.explain();
    assert.deepEqual(last?.place, { file: 'src/sample.ts', line: 2 });
    assert.deepEqual(routeOf(last?.outcome), 'fresh');
    assert.deepEqual(last?.request?.model, model);
    assert.equal(last?.request?.end, 'answered');
    assert.equal(last?.request?.times.wait, 0);
    assert.deepEqual(
      last?.request?.prompt.parts.map(({ title }) => title),
      ['src/sample.ts:1-2', 'src/sample.ts:2'],
    );
  });
  it('is what the user types anyway', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    await world.suggest(inBody('le'), 1);
    assert.equal(routeOf(world.explain().last?.outcome), 'typed');
    assert.equal(world.explain().last?.request?.end, 'answered');
  });
  it('was under way already', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 300 } });
    world.completion.typed(world.ask(inBody('l')));
    await world.clock.advanceTo(60);
    await world.suggest(inBody('le'));
    assert.equal(routeOf(world.explain().last?.outcome), 'joined');
  });
  it('was said before for this place', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    await world.suggest('call(b█)\n');
    await world.clock.advanceTo(5_000);
    await world.suggest(inBody('le'), 1);
    assert.equal(routeOf(world.explain().last?.outcome), 'kept');
  });
  it('was asked for ahead of need', async () => {
    const long = Array.from({ length: 60 }, (_, i) => `line${i}(a, b, c);`).join('\n  ');
    const answer = (prefix: string): string => long.slice(prefix.slice(prefix.indexOf('{\n  ') + 4).length);
    const world = createWorld({ local: { answer, ttft: 50, tok: 20 } }, { maxLines: 4 });
    await world.suggest('function f() {\n  █\n}\n', 3_000);
    await world.clock.advanceTo(10_000);
    const seen = new Set<string | undefined>();
    let text = '';
    for (let taken = 0; taken < 4; taken++) {
      text += (await world.suggest(`function f() {\n  ${text}█\n}\n`, 1))?.text ?? '';
      seen.add(routeOf(world.explain().last?.outcome));
      await world.clock.advanceTo(world.clock.now() + 3_000);
    }
    assert.deepEqual([...seen].sort(), ['ahead', 'typed']);
    assert.equal(world.explain().counters.cancelled, 0, 'a model that was told it has said enough was not cancelled');
  });
  it('comes from the engine here while the model is being loaded', async () => {
    const world = createWorld({
      local: { answer: () => 'model();', loads: 5_000 },
      embedded: { answer: () => 'engine();', ttft: 1 },
    });
    await world.suggest('x();\n█\n', 500);
    const { last } = world.explain();
    assert.equal(routeOf(last?.outcome), 'meanwhile');
    assert.equal(last?.request?.model.backend, 'embedded');
  });
  it('names the model that may not have the file, and who serves instead', async () => {
    const world = createWorld({ far: { refuses: true, zone: 'cloud' }, near: { answer: () => 'here();' } });
    await world.suggest('x();\n█\n');
    await world.clock.advanceTo(2_000);
    const { last } = world.explain();
    assert.equal(last?.request?.model.backend, 'near');
    assert.equal(last?.instead?.kind, 'refused');
    assert.equal(last?.instead?.model.backend, 'far');
  });
  it('holds no word of the text', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest(inBody('l'));
    await world.clock.advanceTo(2_000);
    assert.ok(!inspect(world.explain(), { depth: 12, showHidden: true }).includes('gone'));
  });
});

describe('why nothing is shown', () => {
  it('because a selection stands there', async () => {
    const world = createWorld({ local: { answer: knows } });
    await world.suggest('x();\n█\n', 10, { facts: { cursors: 1, hasSelection: true, aside: false } });
    assert.deepEqual(nothing(world), { kind: 'closed', reason: 'selection' });
  });
  it('because only a command may ask', async () => {
    const world = createWorld({ local: { answer: knows } }, { trigger: 'manual' });
    await world.suggest(inBody('l'), 500);
    assert.deepEqual(nothing(world), { kind: 'by hand' });
  });
  it('because no model may have the file, also while nobody is asked again', async () => {
    const world = createWorld({ local: { refuses: true } });
    await world.suggest('x();\n█\n');
    const first = nothing(world);
    assert.ok(first?.kind === 'refused' && !first.still && first.refusal.message.includes('stays on this machine'));
    assert.equal(world.explain().last?.request?.end, 'refused');
    await world.suggest('x();\ny█\n');
    const second = nothing(world);
    assert.ok(second?.kind === 'refused' && second.still);
    assert.equal(world.explain().last?.request?.end, 'refused');
    assert.equal(world.sent.length, 1);
  });
  it('because no model might have the file when it was asked for, also after a new policy or setting', async () => {
    const world = createWorld({ local: { refuses: true } });
    await world.suggest('x();\n█\n');
    await world.suggest('x();\ny█\n');
    world.completion.reset();
    assert.equal(nothing(world)?.kind, 'refused');
    assert.equal(world.explain().last?.request?.end, 'refused');
  });
  it('because a refusal in one file says nothing of another', async () => {
    const world = createWorld({ local: { refuses: true } }, { trigger: 'automatic' });
    await world.suggest('x();\n█\n');
    await world.suggest('x();\n█\n', 10, {
      around: { uri: 'file:///work/other.ts' },
      facts: { cursors: 2, hasSelection: false, aside: false },
    });
    assert.deepEqual(nothing(world), { kind: 'closed', reason: 'cursors' });
  });
  it('because the server does not answer', async () => {
    const world = createWorld({ local: { fails: { reason: 'not-running', message: 'Ollama is not running.' } } });
    await world.suggest('x();\n█\n');
    const because = nothing(world);
    assert.ok(because?.kind === 'failed' && because.error.message === 'Ollama is not running.');
  });
  it('because the model has nothing to say', async () => {
    const world = createWorld({ local: { answer: () => '' } });
    await world.suggest('x();\n█\n');
    assert.deepEqual(nothing(world), { kind: 'silent' });
  });
  it('because nothing of what it said was fit', async () => {
    const world = createWorld({ local: { answer: () => '\n\n' } });
    await world.suggest('x();\n█\n');
    assert.deepEqual(nothing(world), { kind: 'filtered' });
  });
  it('because the user typed on before anything came, the last suggestion still being told', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 900 } });
    await world.suggest(inBody('l'), 2_000);
    await world.clock.advanceTo(4_000);
    await world.suggest('const z = call(█)\n', 20);
    assert.deepEqual(nothing(world), { kind: 'typed on' });
    assert.equal(routeOf(world.explain().before?.outcome), 'fresh');
  });
  it('because there is no model', async () => {
    const world = createWorld({});
    await world.suggest('x();\n█\n');
    assert.deepEqual(nothing(world), { kind: 'no model' });
  });
  it('because nobody has asked yet', () => {
    const world = createWorld({ local: { answer: knows } });
    assert.equal(world.explain().last, undefined);
  });
});

describe('the counters', () => {
  it('count keys, questions, requests and the ways that offers came', async () => {
    const world = createWorld({ local: { answer: knows } });
    for (const typed of ['l', 'le', 'let']) {
      world.completion.typed(world.ask(inBody(typed)));
      await world.suggest(inBody(typed));
      await world.clock.advanceTo(world.clock.now() + 2_000);
    }
    const { counters } = world.explain();
    assert.equal(counters.keys, 3);
    assert.equal(counters.questions, 3);
    assert.deepEqual([counters.requests, counters.cancelled], [1, 0]);
    assert.deepEqual([counters.byRoute.fresh + counters.byRoute.joined, counters.byRoute.typed], [1, 2]);
  });
  it('tell of a request that was given up', async () => {
    const world = createWorld({ local: { answer: knows, ttft: 500 } });
    world.completion.typed(world.ask(inBody('l')));
    await world.clock.advanceTo(100);
    await world.suggest('const other = call(█)\n', 3_000);
    await world.clock.advanceTo(6_000);
    const { counters } = world.explain();
    assert.equal(counters.cancelled, 1);
    assert.equal(counters.requests, world.sent.length);
  });
  it('do not take a failed request for an answered one', async () => {
    const world = createWorld({ local: { fails: { reason: 'not-running', message: 'x' } } });
    await world.suggest('x();\n█\n');
    assert.equal(world.explain().counters.failed, 1);
  });
});

function routeOf(outcome: Outcome | undefined): string | undefined {
  return outcome?.kind === 'shown' ? outcome.route : undefined;
}

function nothing(world: ReturnType<typeof createWorld>): Nothing | undefined {
  const outcome = world.explain().last?.outcome;
  return outcome?.kind === 'nothing' ? outcome.because : undefined;
}
