import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyConversation, findAnswer, type Conversation } from '../../../src/core/chat/conversation.ts';
import { reduce, type ChatEvent } from '../../../src/core/chat/reduce.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import { answer, conversation, fileLabel, leftOut, model, question, typed } from './conversations.ts';

const asked: ChatEvent = { kind: 'asked', question: question('q1', 'why?'), answer: { id: 'a1', at: 5, model } };
const sent: ChatEvent = { kind: 'sent', answer: 'a1', label: typed, leftOut: [], warnings: [] };

describe('reduce', () => {
  it('adds a question and an answer that waits', () => {
    const after = reduce(emptyConversation('c1', 1), asked);
    assert.deepEqual(
      after.messages.map(({ id }) => id),
      ['q1', 'a1'],
    );
    assert.equal(findAnswer(after, 'a1')?.state.kind, 'checking');
    assert.equal(after.updatedAt, 5);
  });

  it('counts an answer as unlabelled until the guard has said what it is made from', () => {
    assert.equal(findAnswer(reduce(emptyConversation('c1', 1), asked), 'a1')?.text.label.reach, 'device');
  });

  it('gives the answer and its thinking the label of what was sent', () => {
    const label = fileLabel('secrets/k.ts', 'perimeter');
    const after = play(asked, { ...sent, label }, delta('text', 'Be'), delta('text', 'cause'), delta('thinking', 'Hm'));
    const got = findAnswer(after, 'a1');
    assert.ok(got);
    assert.equal(reveal(got.text), 'Because');
    assert.deepEqual(got.text.label, label);
    assert.deepEqual(got.thinking.label, label);
  });

  it('adds nothing to an answer that was stopped', () => {
    const after = play(asked, sent, delta('text', 'Be'), { kind: 'stopped', answer: 'a1' }, delta('text', 'cause'));
    const got = findAnswer(after, 'a1');
    assert.equal(got && reveal(got.text), 'Be');
    assert.equal(got?.state.kind, 'stopped');
  });

  it('keeps the first ending', () => {
    const failed: ChatEvent = { kind: 'failed', answer: 'a1', error: { reason: 'busy', message: 'Busy.' } };
    const after = play(asked, sent, failed, { kind: 'finished', answer: 'a1', reason: 'incomplete' });
    assert.equal(findAnswer(after, 'a1')?.state.kind, 'failed');
  });

  it('replaces an edited question and forgets all that came after it', () => {
    const before = conversation(question('q1', 'a'), answer('a1', 'b'), question('q2', 'c'), answer('a2', 'd'));
    const after = reduce(before, {
      ...asked,
      question: question('q3', 'e'),
      answer: { id: 'a3', at: 5, model },
      replaces: 'q1',
    });
    assert.deepEqual(
      after.messages.map(({ id }) => id),
      ['q3', 'a3'],
    );
  });

  it('replaces an answer that is asked for again', () => {
    const before = conversation(question('q1', 'a'), answer('a1', 'b'));
    const after = reduce(before, { kind: 'retried', answer: 'a1', by: { id: 'a2', at: 9, model } });
    assert.deepEqual(
      after.messages.map(({ id }) => id),
      ['q1', 'a2'],
    );
  });

  it('changes nothing for an answer that is gone', () => {
    const before = conversation(question('q1', 'a'), answer('a1', 'b'));
    assert.deepEqual(reduce(before, delta('text', 'x', 'gone')).messages, before.messages);
    assert.equal(reduce(before, { kind: 'retried', answer: 'gone', by: { id: 'a2', at: 9, model } }), before);
  });

  it('remembers once what the user agreed to leave out', () => {
    const after = reduce(reduce(conversation(), { kind: 'agreed', parts: ['x'] }), {
      kind: 'agreed',
      parts: ['x', 'y'],
    });
    assert.deepEqual(after.agreed, ['x', 'y']);
  });

  it('holds what may not go until the user has chosen', () => {
    const items = [leftOut('q0')];
    const after = play(asked, { kind: 'withheld', answer: 'a1', zone: 'cloud', items });
    assert.deepEqual(findAnswer(after, 'a1')?.state, { kind: 'withheld', zone: 'cloud', items });
  });
});

function play(...events: readonly ChatEvent[]): Conversation {
  return events.reduce(reduce, emptyConversation('c1', 1));
}

function delta(channel: 'text' | 'thinking', text: string, id = 'a1'): ChatEvent {
  return { kind: 'delta', answer: id, channel, text };
}
