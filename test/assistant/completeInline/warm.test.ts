import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorld } from './world.ts';

const body = 'function f() {\n  return 1;\n}\n';
const other = { uri: 'file:///work/src/other.ts' };
const answer = (): string => 'next();';

describe('warming up', () => {
  it('begins where someone comes to rest, in each file that one goes to', async () => {
    const world = createWorld({ local: { answer } }, { warm: true });
    for (const around of [{}, other, {}]) {
      world.completion.moved(world.ask(`x█();\n${body}`, { around }));
      await world.clock.advanceTo(world.clock.now() + 300);
      assert.equal(world.sent.filter(({ ended }) => ended === undefined).length, 0, 'not before one rests');
      await world.clock.advanceTo(world.clock.now() + 3_000);
    }
    assert.deepEqual(
      world.sent.map(({ intent, prompt }) => [intent, prompt.options.document]),
      [
        ['warm', 'file:///work/src/sample.ts'],
        ['warm', other.uri],
        ['warm', 'file:///work/src/sample.ts'],
      ],
    );
  });
  for (const ttft of [80, 2_000])
    for (const lookMs of [500, 1_200])
      it(`is for two of six files that one looks into for ${lookMs} ms each, and never queues, on a server that takes ${ttft} ms`, async () => {
        const world = createWorld({ local: { answer, ttft } }, { warm: true });
        for (let file = 0; file < 6; file++) {
          world.completion.moved(world.ask(`x█();\n${body}`, { around: { uri: `file:///${file}.ts` } }));
          await world.clock.advanceTo((file + 1) * lookMs);
        }
        await world.clock.advanceTo(12_000);
        assert.deepEqual(
          world.sent.map(({ prompt, aborted }) => [prompt.options.document, aborted]),
          [
            ['file:///0.ts', ttft > 1_000],
            ['file:///5.ts', false],
          ],
        );
        assert.equal(world.mostOutstanding(), 1);
      });
  it('waits for longer in a file that one came to from a short look at another', async () => {
    const world = createWorld({ local: { answer } }, { warm: true });
    const look = async (uri: string, ms: number): Promise<void> => {
      world.completion.moved(world.ask(`x█();\n${body}`, { around: { uri } }));
      await world.clock.advanceTo(world.clock.now() + ms);
    };
    await look('file:///a.ts', 300);
    await look('file:///b.ts', 2_000);
    await look('file:///c.ts', 2_000);
    await look('file:///d.ts', 600);
    await look('file:///c.ts', 2_000);
    assert.deepEqual(
      world.sent.map(({ at }) => at),
      [1_800, 2_700, 4_700, 5_300],
      'not for long where one comes back from such a look',
    );
  });
  it('does not begin to wait anew where one is told of the same place again', async () => {
    const world = createWorld({ local: { answer } }, { warm: true });
    const ask = world.ask(`x█();\n${body}`);
    world.completion.moved(ask);
    await world.clock.advanceTo(250);
    world.completion.ready(ask);
    await world.clock.advanceTo(3_000);
    assert.deepEqual(
      world.sent.map(({ at }) => at),
      [400],
    );
  });
  it('is for the file that one has come to, though its model was being loaded for another', async () => {
    const world = createWorld({ local: { answer, loads: 3_000, ttft: 2_000 } }, { warm: true });
    world.completion.moved(world.ask(`x█();\n${body}`));
    await world.clock.advanceTo(1_000);
    world.completion.moved(world.ask(`y█();\n${body}`, { around: other }));
    await world.clock.advanceTo(12_000);
    assert.deepEqual(
      world.sent.map(({ prompt, aborted }) => [prompt.options.document, aborted]),
      [
        ['file:///work/src/sample.ts', true],
        [other.uri, false],
      ],
    );
  });
  it('is not repeated for a file of which the server has all', async () => {
    const world = createWorld({ local: { answer } }, { warm: true });
    for (let round = 0; round < 4; round++) {
      world.completion.moved(world.ask(`x█();\n${body}`));
      await world.clock.advanceTo(world.clock.now() + 3_000);
    }
    assert.equal(world.sent.length, 1);
  });
  it('does not begin once a key was pressed, though its request waits for the next', async () => {
    const world = createWorld({ local: { answer } }, { warm: true, delay: 1_000 });
    world.completion.moved(world.ask(`x();\n█y();\n${body}`));
    await world.clock.advanceTo(300);
    world.completion.typed(world.ask(`x();\nlet █\n${body}`));
    await world.clock.advanceTo(4_000);
    assert.deepEqual(
      world.sent.map(({ intent, at }) => [intent, at]),
      [['completion', 1_300]],
    );
  });
  it('ends at the first key in another file, which does not wait for it', async () => {
    const world = createWorld({ local: { answer, ttft: 2_000 } }, { warm: true });
    world.completion.moved(world.ask(`x█();\n${body}`));
    await world.clock.advanceTo(600);
    world.completion.typed(world.ask(`y();\n█\n`, { around: other }));
    await world.clock.advanceTo(700);
    assert.deepEqual(
      world.sent.map(({ intent, aborted, ended }) => [intent, aborted, ended !== undefined]),
      [
        ['warm', true, true],
        ['completion', false, false],
      ],
    );
  });
  it('goes on at a key in the same file: what it evaluates is what the key needs, and that comes right after it', async () => {
    const world = createWorld({ local: { answer, ttft: 500 } }, { warm: true });
    world.completion.moved(world.ask(`x();\n█y();\n${body}`));
    await world.clock.advanceTo(600);
    world.completion.typed(world.ask(`x();\n█\n${body}`));
    await world.clock.advanceTo(3_000);
    const [warm, wanted] = world.sent;
    assert.deepEqual([warm?.intent, warm?.aborted, wanted?.intent], ['warm', false, 'completion']);
    assert.ok((wanted?.at ?? Infinity) - (warm?.ended ?? 0) <= 1);
  });
  it('waits for a chat with the same model to end', async () => {
    const world = createWorld({ local: { answer } }, { warm: true });
    world.chat(true);
    world.completion.moved(world.ask(`x█();\n${body}`));
    await world.clock.advanceTo(5_000);
    assert.equal(world.sent.length, 0);
    world.chat(false);
    await world.clock.advanceTo(9_000);
    assert.deepEqual(
      world.sent.map(({ intent }) => intent),
      ['warm'],
    );
  });
  it('is left out where the machine would take longer than a second for it', async () => {
    for (const [ttft, warmed] of [
      [8_000, 0],
      [80, 1],
    ] as const) {
      const world = createWorld({ local: { answer, ttft } }, { warm: true });
      const long = 'const line = call(first, second);\n'.repeat(80);
      await world.suggest(`${long}█\n`, 20_000);
      await world.clock.advanceTo(30_000);
      assert.equal(world.sent.length, 1, 'its speed is known now');
      world.completion.moved(world.ask(`x█();\n${long}`, { around: other }));
      await world.clock.advanceTo(60_000);
      assert.equal(world.sent.filter(({ intent }) => intent === 'warm').length, warmed, `${ttft} ms`);
    }
  });
  it('is never done where it is switched off, as on a battery', async () => {
    const world = createWorld({ local: { answer, loads: 2_000 } }, { warm: false });
    world.completion.moved(world.ask(`x█();\n${body}`));
    await world.clock.advanceTo(9_000);
    assert.deepEqual([world.sent.length, world.events.length], [0, 0]);
  });
});
