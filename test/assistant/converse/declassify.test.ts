import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatView } from '../../../src/core/chat/panelView.ts';
import { termsOf } from '../../../src/core/declassify/declassification.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import { cloud, lastAnswer, opened, world, type World } from './world.ts';

const secretFile = 'secrets/k.ts';

/** A question with a file that may not go to the cloud, although its rule lets the user decide. */
async function withheld(more: { readonly offered?: boolean } = {}): Promise<World> {
  const made = world({ model: cloud });
  if (more.offered ?? true) made.door.offers.set(secretFile, 'ab12');
  await made.converse.attach({ kind: 'uri', uri: secretFile });
  await made.converse.ask('What is this?');
  assert.equal(lastAnswer(made.converse).state.kind, 'withheld');
  return made;
}

function stateView({ converse }: World) {
  const view = chatView(converse.state(), undefined).messages.at(-1);
  assert.ok(view?.kind === 'answer' && view.state.kind === 'withheld');
  return view.state;
}

function partOf({ converse }: World): string {
  const { state } = lastAnswer(converse);
  return state.kind === 'withheld' ? (state.items[0]?.id ?? '') : '';
}

async function previewed(at: World): Promise<string> {
  await at.converse.declassify.preview(lastAnswer(at.converse).id, partOf(at));
  return at.converse.state().offer?.id ?? '';
}

describe('sending a part after all', () => {
  it('first shows the exact text, the rule and the place, and sends nothing', async () => {
    const at = await withheld();
    await previewed(at);
    const { offer, items } = stateView(at);
    assert.equal(items[0]?.mayDeclassify, true);
    assert.deepEqual(
      { title: offer?.title, text: offer?.text, host: offer?.host, model: offer?.model, zone: offer?.zone },
      { title: secretFile, text: 'CANARY_KEY', host: '127.0.0.1:1', model: 'far/model', zone: 'cloud' },
    );
    assert.equal(at.door.sent.length, 0);
  });

  it('then sends it with a leave for that text, that place and that policy, which is used up', async () => {
    const at = await withheld();
    await at.converse.declassify.send(await previewed(at));
    assert.equal(reveal(lastAnswer(at.converse).text), 'Because.');
    const [sent] = at.door.sent;
    assert.match(opened(sent?.prompt), /CANARY_KEY/);
    const leave = termsOf(sent?.prompt.parts.find(({ title }) => title === secretFile)?.declassified);
    assert.equal(leave?.preview, 'ab12');
    assert.equal(leave.policy, 'hash');
    assert.equal(leave.destination.origin, 'http://127.0.0.1:1');
    await at.converse.ask('And now?');
    assert.equal(lastAnswer(at.converse).state.kind, 'withheld');
    assert.equal(at.door.sent.length, 1);
  });

  it('keeps the label on the answer, which says what went along', async () => {
    const at = await withheld();
    await at.converse.declassify.send(await previewed(at));
    assert.equal(lastAnswer(at.converse).text.label.reach, 'device');
    assert.deepEqual(lastAnswer(at.converse).warnings, [`Sent after all, as you agreed: ${secretFile}`]);
  });

  it('offers nothing where the guard does not', async () => {
    const at = await withheld({ offered: false });
    assert.equal(stateView(at).items[0]?.mayDeclassify, undefined);
    await previewed(at);
    assert.equal(at.converse.state().offer, undefined);
  });

  it('says so where the guard no longer lets the user decide', async () => {
    const at = await withheld();
    at.door.offers.clear();
    await previewed(at);
    assert.equal(at.converse.state().offer, undefined);
    assert.match(at.converse.state().notice ?? '', /cannot be sent after all/);
  });

  it('agrees to nothing without a preview, with an old one, or after it was closed', async () => {
    const at = await withheld();
    await at.converse.declassify.send('');
    const first = await previewed(at);
    await previewed(at);
    await at.converse.declassify.send(first);
    const second = at.converse.state().offer?.id ?? '';
    at.converse.declassify.close();
    await at.converse.declassify.send(second);
    assert.equal(at.door.sent.length, 0);
  });

  it('agrees to nothing of another chat', async () => {
    const at = await withheld();
    const offer = await previewed(at);
    at.converse.newChat();
    await at.converse.declassify.send(offer);
    assert.equal(at.door.sent.length, 0);
  });

  it('asks on about the other parts, and lets the agreed one go along when the rest is left out', async () => {
    const at = world({ model: cloud });
    at.files.set('secrets/l.ts', { text: 'CANARY_OTHER', reach: 'device' });
    at.door.offers.set(secretFile, 'ab12');
    for (const uri of [secretFile, 'secrets/l.ts']) await at.converse.attach({ kind: 'uri', uri });
    await at.converse.ask('What are these?');
    await at.converse.declassify.send(await previewed(at));
    assert.deepEqual(stateView(at).granted, [secretFile]);
    assert.equal(at.door.sent.length, 0);
    await at.converse.resolve(lastAnswer(at.converse).id, 'without');
    const sent = opened(at.door.sent[0]?.prompt);
    assert.match(sent, /CANARY_KEY/);
    assert.doesNotMatch(sent, /CANARY_OTHER/);
  });

  it('forgets the leave when the question is asked again in another way', async () => {
    const at = world({ model: cloud });
    at.files.set('secrets/l.ts', { text: 'CANARY_OTHER', reach: 'device' });
    at.door.offers.set(secretFile, 'ab12');
    for (const uri of [secretFile, 'secrets/l.ts']) await at.converse.attach({ kind: 'uri', uri });
    await at.converse.ask('What are these?');
    await at.converse.declassify.send(await previewed(at));
    await at.converse.retry(lastAnswer(at.converse).id);
    assert.equal(at.converse.state().granted, undefined);
    assert.equal(stateView(at).items.length, 2);
  });

  it('does not write the leave to disk', async () => {
    const at = await withheld();
    await at.converse.declassify.send(await previewed(at));
    assert.ok([...at.store.texts.values()].every((text) => !text.includes('ab12')));
  });
});

describe('a question that may not go itself', () => {
  it('can be looked at and sent after all, and there is no going on without it', async () => {
    const at = world({ model: cloud, typed: 'device' });
    at.door.offers.set('your message', 'cd34');
    await at.converse.ask('What is this?');
    assert.equal(stateView(at).whole, true);
    await at.converse.resolve(lastAnswer(at.converse).id, 'without');
    assert.equal(at.door.sent.length, 0);
    await at.converse.declassify.send(await previewed(at));
    assert.equal(reveal(lastAnswer(at.converse).text), 'Because.');
  });

  it('is refused where the policy does not let the user decide', async () => {
    const at = world({ model: cloud, typed: 'device' });
    await at.converse.ask('What is this?');
    assert.equal(lastAnswer(at.converse).state.kind, 'refused');
  });
});
