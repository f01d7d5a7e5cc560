import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorld } from './world.ts';

const here = 'x();\nlet a█\n';
const said = 'll = one + two;';

describe('what was waved away', () => {
  it('stays away for five minutes, and is not asked for again meanwhile', async () => {
    const world = await dismissed();
    const sent = world.sent.length;
    assert.equal(await world.suggest(here), undefined);
    await world.clock.advanceTo(world.clock.now() + 290_000);
    assert.equal(await world.suggest(here), undefined);
    assert.equal(await world.suggest('x();\nlet all█\n'), undefined);
    assert.equal(world.sent.length, sent);
    await world.clock.advanceTo(world.clock.now() + 10_000);
    assert.equal((await world.suggest(here))?.text, said);
  });
  it('comes back when a line nearby is another', async () => {
    const world = await dismissed();
    assert.equal((await world.suggest('y();\nlet a█\n'))?.text, said);
  });
  it('comes back for who asks by hand', async () => {
    const world = await dismissed();
    assert.equal((await world.suggest(here, 3_000, { explicit: true }))?.text, said);
  });
});

describe('what was taken in part', () => {
  it('leaves the rest on offer, word by word, without a request', async () => {
    const world = start();
    assert.equal((await world.suggest(here))?.text, said);
    const sent = world.sent.length;
    assert.equal((await world.suggest('x();\nlet all█\n', 1))?.text, ' = one + two;');
    assert.equal((await world.suggest('x();\nlet all = one█\n', 1))?.text, ' + two;');
    assert.equal(world.sent.length, sent);
  });
  it('is on offer whole again when it was taken back', async () => {
    const world = start();
    await world.suggest(here);
    const sent = world.sent.length;
    await world.suggest('x();\nlet all = one█\n', 1);
    assert.equal((await world.suggest(here, 1))?.text, said);
    assert.equal(world.sent.length, sent);
  });
});

function start() {
  return createWorld({ local: { answer: (prefix) => (prefix.endsWith('let a') ? said : '') } });
}

/** The world in which it was on screen and has been waved away. */
async function dismissed() {
  const world = start();
  assert.equal((await world.suggest(here))?.text, said);
  world.completion.dismissed();
  await world.clock.advanceTo(world.clock.now() + 1_000);
  return world;
}
