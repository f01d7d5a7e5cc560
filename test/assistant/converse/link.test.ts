import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createConverseLink } from '../../../src/assistant/converse/link.ts';
import type { ToPanel } from '../../../src/core/protocol/messages.ts';
import { parseToPanel } from '../../../src/core/protocol/parse.ts';
import type { MessageView } from '../../../src/core/protocol/view.ts';
import { local, world } from './world.ts';

describe('converse link', () => {
  it('tells a panel everything when it is ready and nothing before', async () => {
    const { converse, posted, link } = linked();
    await converse.ask('Why?');
    assert.deepEqual(posted, []);
    link.ready();
    assert.deepEqual(
      posted.map(({ kind }) => kind),
      ['snapshot'],
    );
    assert.deepEqual(textsIn(posted), ['Why?', 'Because.']);
  });

  it('keeps a panel in step so that it shows what the host knows', async () => {
    const { converse, posted, link } = linked();
    link.ready();
    await converse.ask('Why?');
    assert.deepEqual(textsIn(posted), ['Why?', 'Because.']);
    assert.ok(posted.some(({ kind }) => kind === 'delta'));
  });

  it('numbers messages without a gap', async () => {
    const { converse, posted, link } = linked();
    link.ready();
    await converse.ask('Why?');
    link.ready();
    assert.deepEqual(
      posted.map(({ seq }) => seq),
      posted.map((_, at) => at),
    );
  });

  it('sends only what the panel understands', async () => {
    const { converse, posted, link } = linked();
    await converse.start();
    link.ready();
    await converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await converse.ask('Why?');
    link.send({ kind: 'focus' });
    for (const message of posted) assert.ok(parseToPanel(structuredClone(message)), message.kind);
  });

  it('says nothing to a panel that is gone, and all of it to the next', async () => {
    const { converse, posted, link } = linked();
    link.ready();
    link.gone();
    await converse.ask('Why?');
    assert.equal(posted.length, 1);
    link.ready();
    assert.deepEqual(textsIn(posted), ['Why?', 'Because.']);
  });

  it('starts over with a snapshot when another chat is opened', async () => {
    const { converse, posted, link } = linked();
    link.ready();
    await converse.ask('Why?');
    converse.newChat();
    assert.equal(posted.at(-1)?.kind, 'snapshot');
    assert.deepEqual(textsIn(posted), []);
  });
});

function linked() {
  const { converse } = world({ model: local });
  const posted: ToPanel[] = [];
  const link = createConverseLink({
    converse,
    configured: () => undefined,
    post: (message) => void posted.push(message),
  });
  return { converse, posted, link };
}

/** The texts that a panel shows after these messages. */
function textsIn(posted: readonly ToPanel[]): readonly string[] {
  let shown: readonly MessageView[] = [];
  for (const message of posted) {
    if (message.kind === 'snapshot') shown = message.view.messages;
    if (message.kind === 'message')
      shown = shown.some(({ id }) => id === message.message.id)
        ? shown.map((view) => (view.id === message.message.id ? message.message : view))
        : [...shown, message.message];
    if (message.kind === 'delta')
      shown = shown.map((view) =>
        view.id === message.id && message.channel === 'text' ? { ...view, text: view.text + message.text } : view,
      );
  }
  return shown.map(({ text }) => text);
}
