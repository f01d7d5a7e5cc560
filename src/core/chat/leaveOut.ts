import type { PartDecision } from '../exchange/verdict.ts';
import { findAnswer, type Conversation, type LeftOut } from './conversation.ts';
import { exchangesUpTo } from './exchanges.ts';

/**
 * All that stays out when the guard keeps these parts of a prompt back. An exchange whose question or answer must stay
 * goes as a whole: a model that sees half of it would answer the wrong half again. An attachment goes alone.
 */
export function leaveOut(
  conversation: Conversation,
  answer: string,
  decisions: readonly PartDecision[],
): readonly LeftOut[] {
  const dropped = new Map(
    decisions.filter(({ decision }) => decision === 'drop').map((decision) => [decision.id, fromDecision(decision)]),
  );
  const { earlier } = exchangesUpTo(conversation, answer);
  for (const { question, answer: said } of earlier) {
    if (!said) continue;
    const cause = dropped.get(said.id) ?? dropped.get(question.id);
    if (!cause) continue;
    const along = dropped.has(said.id) ? 'its answer stays here' : 'its question stays here';
    const rest = [
      { id: question.id, title: 'your message' },
      ...question.attachments.map(({ id, title }) => ({ id: `${question.id}/${id}`, title })),
      { id: said.id, title: 'an answer' },
    ];
    for (const { id, title } of rest)
      if (!dropped.has(id)) dropped.set(id, { id, title, reach: cause.reach, rules: cause.rules, why: along });
  }
  return inOrder(conversation, [...dropped.values()]);
}

/** What had to stay out for want of room. */
export function leftForRoom(conversation: Conversation, ids: readonly string[]): readonly LeftOut[] {
  return ids
    .filter((id) => !id.includes('/'))
    .map((id) => ({
      id,
      title: findAnswer(conversation, id) ? 'an answer' : 'your message',
      reach: 'cloud' as const,
      rules: [],
      why: 'older than what the model can read at once',
    }));
}

function fromDecision({ id, title, reach, rules, why }: PartDecision): LeftOut {
  return { id, title, reach, rules, why: why ?? 'may not go there' };
}

/** As the conversation tells them, so that the user finds them. */
function inOrder(conversation: Conversation, items: readonly LeftOut[]): readonly LeftOut[] {
  const place = new Map(conversation.messages.map((message, index) => [message.id, index]));
  const at = ({ id }: LeftOut) => place.get(id.split('/')[0] ?? id) ?? conversation.messages.length;
  return [...items].sort((a, b) => at(a) - at(b));
}
