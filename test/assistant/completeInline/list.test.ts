import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ask } from '../../../src/assistant/completeInline/ports.ts';
import { withSelectedItem } from '../../../src/core/completion/selectedItem.ts';
import { createWorld } from './world.ts';

const typed = 'x();\nlet a = con█\n';
const answers: Readonly<Record<string, string>> = { console: '.log(x);', context: '.close();', con: 'fusion();' };
const answer = (prefix: string): string => answers[/\w*$/.exec(prefix)?.[0] ?? ''] ?? '';

describe("beside the editor's list", () => {
  it('the model is told the selected item as if it were typed, and its words follow the item', async () => {
    const play = start();
    assert.equal(await play.select('console'), '.log(x);');
    assert.equal(play.world.sent.at(-1)?.prefix.endsWith('let a = console'), true);
  });
  it('each item has words of its own, and an item that is selected again needs no request', async () => {
    const play = start();
    assert.equal(await play.select('console'), '.log(x);');
    assert.equal(await play.select('context'), '.close();');
    const before = play.world.sent.length;
    assert.equal(await play.select('console'), '.log(x);');
    assert.equal(await play.select('context'), '.close();');
    assert.equal(play.world.sent.length, before);
  });
  it('a request that has begun at the key is joined where it says the item', async () => {
    const world = createWorld({ local: { answer: () => 'sole.log(x);', ttft: 300 } });
    world.completion.typed(world.ask(typed));
    await world.clock.advanceTo(50);
    const play = start(world);
    assert.equal(await play.select('console'), '.log(x);');
    assert.equal(world.sent.length, 1);
  });
  it('nothing is asked and nothing shown where the user wants nothing there, and the reason is known', async () => {
    const play = start();
    assert.equal(await play.select('console', { listAlone: true }), undefined);
    assert.equal(play.world.sent.length, 0);
    const { last } = play.world.explain();
    assert.deepEqual(last?.outcome, { kind: 'nothing', because: { kind: 'closed', reason: 'list' } });
  });
  it('an item that says more than the document is told to no model beyond this machine, without a word about it', async () => {
    const play = start(createWorld({ far: { answer, zone: 'cloud' }, local: { answer } }));
    assert.equal(await play.select('console'), '.log(x);');
    assert.deepEqual(
      play.world.sent.map(({ model }) => model),
      ['local'],
    );
    assert.equal(
      play.world.events.some(({ kind }) => kind === 'refused'),
      false,
    );
  });
  it('what is known is not shown either, and comes back when the list is gone', async () => {
    const play = start();
    assert.equal((await play.world.suggest(typed))?.text, 'fusion();');
    assert.equal(await play.select('confusion', { listAlone: true }), undefined);
    assert.equal((await play.world.suggest(typed, 1))?.text, 'fusion();');
    assert.equal(play.world.sent.length, 1);
  });
  it('what was wanted at the key before is asked for no more once the list is open', async () => {
    const world = createWorld({ local: { answer } }, { delay: 200 });
    const abort = new AbortController();
    const waiting = world.completion.suggest(world.ask(typed), abort.signal);
    await world.clock.advanceTo(100);
    abort.abort();
    assert.equal(await start(world).select('console', { listAlone: true }), undefined);
    assert.equal(await waiting, undefined);
    await world.clock.advanceTo(2_000);
    assert.equal(world.sent.length, 0);
  });
});

type World = ReturnType<typeof createWorld>;

function start(world = createWorld({ local: { answer } })) {
  return {
    world,
    /** What is offered behind an item once it is selected, after up to a second. */
    select: async (text: string, facts: Partial<Ask['facts']> = {}): Promise<string | undefined> => {
      const abort = new AbortController();
      const offer = world.completion.suggest(selected(world, text, facts), abort.signal);
      await world.clock.advanceTo(world.clock.now() + 1_000);
      abort.abort();
      return (await offer)?.text;
    },
  };
}

function selected(world: World, text: string, facts: Partial<Ask['facts']>): Ask {
  const ask = world.ask(typed, { listOpen: true });
  const end = ask.spot.offset;
  return { ...ask, spot: withSelectedItem(ask.spot, { start: end - 3, end, text }), facts: { ...ask.facts, ...facts } };
}
