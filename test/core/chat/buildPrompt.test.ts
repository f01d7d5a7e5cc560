import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildPrompt } from '../../../src/core/chat/buildPrompt.ts';
import { emptyConversation, type Conversation } from '../../../src/core/chat/conversation.ts';
import { reduce } from '../../../src/core/chat/reduce.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import { answer, attachment, conversation, fileLabel, model, question } from './conversations.ts';

const two = conversation(
  question('q1', 'first', attachment('x', 'src/a.ts', 'cloud')),
  answer('a1', 'one'),
  question('q2', 'second', attachment('y', 'secrets/k.ts', 'device')),
  answer('a2', ''),
);

describe('buildPrompt', () => {
  it('tells the conversation in order, attachments before their question', () => {
    const { prompt } = build(two, 'a2');
    assert.deepEqual(
      prompt.parts.map(({ id, role }) => `${role} ${id}`),
      ['system instructions', 'attachment q1/x', 'user q1', 'assistant a1', 'attachment q2/y', 'user q2'],
    );
  });

  it('keeps each text under its own label', () => {
    const { prompt } = build(two, 'a2');
    assert.deepEqual(
      prompt.parts.map(({ text }) => text.label.reach),
      ['cloud', 'cloud', 'cloud', 'cloud', 'device', 'cloud'],
    );
  });

  it('asks only for the instructions and the question itself', () => {
    const { prompt } = build(two, 'a2');
    assert.deepEqual(
      prompt.parts.filter(({ required }) => required).map(({ id }) => id),
      ['instructions', 'q2'],
    );
  });

  it('leaves out what it is told to leave out', () => {
    const { prompt } = build(two, 'a2', { without: ['q1', 'q1/x', 'a1'] });
    assert.deepEqual(
      prompt.parts.map(({ id }) => id),
      ['instructions', 'q2/y', 'q2'],
    );
  });

  it('answers an earlier question without what came later', () => {
    assert.deepEqual(
      build(two, 'a1').prompt.parts.map(({ id }) => id),
      ['instructions', 'q1/x', 'q1'],
    );
  });

  it('never sends a model its own thinking', () => {
    const thought = { ...answer('a1', 'one'), thinking: answer('', 'CANARY_THOUGHT').text };
    const { prompt } = build(
      conversation(question('q1', 'first'), thought, question('q2', 'b'), answer('a2', '')),
      'a2',
    );
    assert.ok(!prompt.parts.some(({ text }) => reveal(text).includes('CANARY_THOUGHT')));
  });

  it('does not ask an unanswered question again by the way', () => {
    const asked = conversation(question('q1', 'first'), answer('a1', ''), question('q2', 'b'), answer('a2', ''));
    assert.deepEqual(
      build(asked, 'a2').prompt.parts.map(({ id }) => id),
      ['instructions', 'q2'],
    );
  });

  it('counts an edited question only', () => {
    const edited = reduce(two, {
      kind: 'asked',
      question: question('q3', 'second, without the key'),
      answer: { id: 'a3', at: 1, model },
      replaces: 'q2',
    });
    assert.ok(build(edited, 'a3').prompt.parts.every(({ text }) => text.label.reach === 'cloud'));
  });

  it('leaves out the oldest exchanges when there is no room, and says which', () => {
    const long = exchanges(20, 'word '.repeat(300));
    const { prompt, tooOld } = build(long, 'a20', { contextTokens: 8192 });
    const kept = prompt.parts.filter(({ role }) => role === 'user').map(({ id }) => id);
    assert.equal(kept.at(-1), 'q20');
    assert.ok(kept.length > 2 && kept.length < 5, `${kept.length} kept`);
    assert.deepEqual(
      tooOld.filter((id) => id.startsWith('q')),
      ids(20).slice(0, 21 - kept.length),
    );
  });

  it('keeps the beginning of the prompt over several questions, so that the server can reuse it', () => {
    const starts = [40, 41, 42, 43].map(
      (count) => build(exchanges(count, 'word '.repeat(60)), `a${count}`).prompt.parts[1]?.id,
    );
    assert.ok(new Set(starts).size <= 2, starts.join(' '));
  });

  it('sends the question even where it alone is too long, for the server to judge', () => {
    const { prompt } = build(conversation(question('q1', 'x'.repeat(100_000)), answer('a1', '')), 'a1');
    assert.equal(prompt.parts.at(-1)?.id, 'q1');
  });

  it('has an empty history for an answer that is not there', () => {
    assert.deepEqual(
      build(emptyConversation('c', 1), 'a1').prompt.parts.map(({ id }) => id),
      ['instructions'],
    );
  });

  it('gives an answer made from a file the label of that file in the next prompt', () => {
    const tainted = answer('a1', 'the key is …', fileLabel('secrets/k.ts', 'device'));
    const { prompt } = build(conversation(question('q1', 'a'), tainted, question('q2', 'b'), answer('a2', '')), 'a2');
    assert.equal(prompt.parts.find(({ id }) => id === 'a1')?.text.label.reach, 'device');
  });
});

function build(
  of: Conversation,
  id: string,
  {
    without = [],
    contextTokens = 8192,
  }: { readonly without?: readonly string[]; readonly contextTokens?: number } = {},
) {
  return buildPrompt({ conversation: of, answer: id, without: new Set(without), contextTokens });
}

function exchanges(count: number, text: string): Conversation {
  return conversation(
    ...Array.from({ length: count + 1 }, (_, at) => [
      question(`q${at}`, text),
      answer(`a${at}`, at === count ? '' : text),
    ]).flat(),
  );
}

function ids(count: number): readonly string[] {
  return Array.from({ length: count + 1 }, (_, at) => `q${at}`);
}
