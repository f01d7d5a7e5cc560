import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cloud, lastAnswer, opened, textsOf, world } from './world.ts';

describe('sessions', () => {
  it('survive the window, labels included', async () => {
    const { converse, again, door } = world();
    await converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await converse.ask('Explain the key.');
    await converse.dispose();
    const next = again();
    await next.start();
    assert.deepEqual(textsOf(next.state().conversation), ['Explain the key.', 'Because.']);
    next.chooseModel({ backend: 'openrouter', model: 'far/model' });
    await next.ask('And in the cloud?');
    assert.equal(lastAnswer(next).state.kind, 'withheld');
    assert.ok(!door.sent.some(({ model }) => model === cloud));
  });

  it('hold back every message whose label was lost on disk', async () => {
    const { converse, again, store, door } = world();
    await converse.ask('Nothing secret.');
    await converse.dispose();
    for (const [id, text] of store.texts) store.texts.set(id, text.replaceAll(/"label":\{/g, '"label":{"odd":1,'));
    const next = again();
    await next.start();
    next.chooseModel({ backend: 'openrouter', model: 'far/model' });
    await next.ask('And in the cloud?');
    assert.equal(lastAnswer(next).state.kind, 'withheld');
    assert.ok(!door.sent.some(({ model }) => model === cloud));
  });

  it('are listed newest first and opened again', async () => {
    const { converse, clock } = world();
    await converse.ask('First');
    const first = converse.state().conversation.id;
    await clock.advanceTo(5_000);
    converse.newChat();
    await converse.ask('Second');
    assert.deepEqual(
      (await converse.sessions()).map(({ title }) => title),
      ['Second', 'First'],
    );
    await converse.openSession(first);
    assert.deepEqual(textsOf(converse.state().conversation), ['First', 'Because.']);
  });

  it('keep a chat that was left in the middle of an answer', async () => {
    const { converse, door } = world();
    door.between = async () => converse.newChat();
    await converse.ask('First');
    await new Promise(setImmediate);
    assert.deepEqual(converse.state().conversation.messages, []);
    const [session] = await converse.sessions();
    await converse.openSession(session?.id ?? '');
    assert.equal(lastAnswer(converse).state.kind, 'stopped');
  });

  it('can be deleted, the open one too', async () => {
    const { converse, store } = world();
    await converse.ask('First');
    await converse.removeSession(converse.state().conversation.id);
    assert.deepEqual([...store.texts], []);
    assert.deepEqual(converse.state().conversation.messages, []);
  });

  it('are not made of a chat without messages', async () => {
    const { converse, store } = world();
    converse.newChat();
    await converse.dispose();
    assert.equal(store.texts.size, 0);
  });

  it('say so when the disk is full, and go on', async () => {
    const { converse, store } = world();
    store.broken = true;
    await converse.ask('First');
    assert.equal(converse.state().notice, 'This chat could not be saved to disk.');
    assert.equal(lastAnswer(converse).state.kind, 'done');
  });

  it('say so when one cannot be read', async () => {
    const { converse, store } = world();
    store.texts.set('bad', '{');
    await converse.openSession('bad');
    assert.equal(converse.state().notice, 'That chat could not be read.');
    assert.deepEqual(await converse.sessions(), []);
  });

  it('do not take a chat over that lies under the name of another', async () => {
    const { converse, store } = world();
    await converse.ask('First');
    const [text] = store.texts.values();
    store.texts.set('other', text ?? '');
    await converse.openSession('other');
    assert.equal(converse.state().notice, 'That chat could not be read.');
  });

  it('keep the two hundred newest', async () => {
    const { again, store, clock } = world();
    for (let at = 0; at < 205; at++) {
      await clock.advanceTo(10_000 + at);
      await store.write(`old${at}`, '{}');
    }
    await again().start();
    assert.equal(store.texts.size, 200);
    assert.ok(!store.texts.has('old0') && store.texts.has('old204'));
  });

  it('save a long answer while it still comes', async () => {
    const { converse, door, store, clock } = world();
    const sizes: number[] = [];
    door.parts = Array.from({ length: 6 }, () => ({ kind: 'delta', text: 'word ' }) as const);
    door.between = async () => {
      await clock.advanceTo(clock.now() + 2_000);
      sizes.push([...store.texts.values()][0]?.length ?? 0);
    };
    await converse.ask('Why?');
    assert.ok(new Set(sizes).size > 2, sizes.join(' '));
  });

  it('never stand in the log or in a notice', async () => {
    const { converse, store, log, door } = world();
    store.broken = true;
    await converse.ask('CANARY_QUESTION');
    assert.ok(opened(door.sent[0]?.prompt).includes('CANARY_QUESTION'));
    assert.ok(![...log, converse.state().notice ?? ''].some((line) => line.includes('CANARY')));
  });
});
