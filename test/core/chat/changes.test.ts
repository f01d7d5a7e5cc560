import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changes } from '../../../src/core/chat/changes.ts';
import { chatView } from '../../../src/core/chat/panelView.ts';
import type { Message } from '../../../src/core/chat/conversation.ts';
import type { ChatView } from '../../../src/core/protocol/view.ts';
import { answer, conversation, model, question } from './conversations.ts';

describe('changes', () => {
  it('says nothing where nothing changed', () => {
    assert.deepEqual(changes(view(question('q1', 'a')), view(question('q1', 'a'))), []);
  });

  it('tells a new message and what stands around it', () => {
    const after = view(question('q1', 'a'), answer('a1', 'b'));
    assert.deepEqual(changes(view(question('q1', 'a')), after), [{ kind: 'message', message: after.messages[1] }]);
  });

  it('tells the panel and the message that changed, not the others', () => {
    const streaming = { ...answer('a1', 'b'), state: { kind: 'streaming' } } as const;
    const after = view(question('q1', 'a'), answer('a1', 'bc'));
    assert.deepEqual(changes(view(question('q1', 'a'), streaming), after), [
      { kind: 'panel', panel: after.panel },
      { kind: 'message', message: after.messages[1] },
    ]);
  });

  it('tells everything when messages went or another chat was opened', () => {
    const before = view(question('q1', 'a'), answer('a1', 'b'));
    const shorter = view(question('q1', 'a'));
    assert.deepEqual(changes(before, shorter), [{ kind: 'snapshot', view: shorter }]);
    const other = { ...before, panel: { ...before.panel, session: 'c2' } };
    assert.deepEqual(changes(before, other), [{ kind: 'snapshot', view: other }]);
  });
});

function view(...messages: readonly Message[]): ChatView {
  return chatView(
    {
      conversation: conversation(...messages),
      attachments: [],
      board: [],
      model,
      pull: undefined,
      notice: undefined,
    },
    undefined,
  );
}
