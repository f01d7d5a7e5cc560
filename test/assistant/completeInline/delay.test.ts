import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorld } from './world.ts';

const inWord = 'x();\nlet a█\n';

describe('the time from a key to the request', () => {
  it('is none on a new line, and none by hand, however many there were already', async () => {
    const world = createWorld({ local: { answer: () => 'wrong;' } });
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde']) {
      world.completion.typed(world.ask(`x();\nlet ${name}█\n`));
      await world.clock.advanceTo(world.clock.now() + 100);
    }
    for (const [text, explicit] of [
      ['y();\n  █\n', false],
      ['z();\nlet b█\n', true],
    ] as const) {
      const before = world.clock.now();
      void world.suggest(text, 1, { explicit });
      await world.clock.advanceTo(before + 1);
      assert.equal(world.sent.at(-1)?.at, before);
      await world.clock.advanceTo(before + 2_000);
    }
  });
  it('is what the user has set, counted from the last key', async () => {
    const world = createWorld({ local: { answer: () => 'wrong;' } }, { delay: 300 });
    world.completion.typed(world.ask('x();\nlet█\n'));
    await world.clock.advanceTo(200);
    world.completion.typed(world.ask(inWord));
    await world.clock.advanceTo(499);
    assert.equal(world.sent.length, 0);
    await world.clock.advanceTo(500);
    assert.deepEqual(
      world.sent.map(({ at }) => at),
      [500],
    );
  });
  it('does not keep back what is known, however long it is set', async () => {
    const world = createWorld({ local: { answer: () => 'll = 1;' } }, { delay: 5_000 });
    assert.equal((await world.suggest(inWord, 6_000))?.text, 'll = 1;');
    const before = world.clock.now();
    assert.equal((await world.suggest('x();\nlet al█\n', 100))?.text, 'l = 1;');
    assert.ok(world.clock.now() - before <= 5);
  });
  it('is endless where suggestions come by hand only, and none for who asks', async () => {
    const world = createWorld({ local: { answer: () => 'll = 1;' } }, { trigger: 'manual' });
    world.completion.typed(world.ask(inWord));
    assert.equal(await world.suggest(inWord, 10_000), undefined);
    assert.equal(world.sent.length, 0);
    const before = world.clock.now();
    assert.equal((await world.suggest(inWord, 1_000, { explicit: true }))?.text, 'll = 1;');
    assert.equal(world.sent[0]?.at, before);
  });
});
