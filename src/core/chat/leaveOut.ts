import type { PartDecision } from '../exchange/verdict.ts';
import { findAnswer, type Conversation, type LeftOut, type Question } from './conversation.ts';
import { attachmentPart, exchangesUpTo, type Exchange } from './exchanges.ts';
import { whyHeld, whyMade } from './whyHeld.ts';

/**
 * All that stays out when the guard keeps these parts of a prompt back. An exchange whose question or answer must stay
 * goes as a whole: a model that sees half of it would answer the wrong half again. An attachment goes alone.
 */
export function leaveOut(
  conversation: Conversation,
  answer: string,
  decisions: readonly PartDecision[],
): readonly LeftOut[] {
  const { earlier, current } = exchangesUpTo(conversation, answer);
  const reasons = reasonsOf([...earlier, ...(current ? [{ question: current }] : [])]);
  const dropped = new Map(
    decisions
      .filter(({ decision }) => decision === 'drop')
      .map(({ id, title, reach, rules, why, mayDeclassify }): [string, LeftOut] => [
        id,
        {
          id,
          title,
          reach,
          rules,
          // What held it back when it was read, or what the policy says since.
          why: reasons.get(id) || (why ?? 'may not go there'),
          ...(mayDeclassify ? { mayDeclassify } : {}),
        },
      ]),
  );
  for (const exchange of earlier) {
    const cause = dropped.get(exchange.answer?.id ?? '') ?? dropped.get(exchange.question.id);
    if (!cause) continue;
    const why = cause.id === exchange.question.id ? 'its question stays here' : 'its answer stays here';
    for (const { id, title } of partsOf(exchange))
      if (!dropped.has(id)) dropped.set(id, { id, title, reach: cause.reach, rules: [], why });
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

/** Part id → why it is held back by its own label, empty where it is not. */
function reasonsOf(exchanges: readonly Exchange[]): ReadonlyMap<string, string> {
  return new Map(
    exchanges.flatMap(({ question, answer }): [string, string][] => [
      [question.id, whyHeld(question.text.label)],
      ...attachmentsOf(question).map(({ id, title, text }): [string, string] => [
        id,
        without(title, whyHeld(text.label)),
      ]),
      ...(answer ? [[answer.id, whyMade(answer.text.label)] satisfies [string, string]] : []),
    ]),
  );
}

function partsOf({ question, answer }: Exchange): readonly { readonly id: string; readonly title: string }[] {
  return [
    ...attachmentsOf(question),
    { id: question.id, title: 'your message' },
    ...(answer ? [{ id: answer.id, title: 'an answer' }] : []),
  ];
}

function attachmentsOf(question: Question) {
  return question.attachments.map((attachment) => attachmentPart(question, attachment));
}

/** The reason stands behind the title; it need not begin with it once more. */
function without(title: string, why: string): string {
  return why.startsWith(`${title} `) ? why.slice(title.length + 1) : why;
}

/** As the conversation tells them, so that the user finds them; an attachment before its question. */
function inOrder(conversation: Conversation, items: readonly LeftOut[]): readonly LeftOut[] {
  const places = conversation.messages.flatMap((message) => [
    ...(message.kind === 'question' ? attachmentsOf(message).map(({ id }) => id) : []),
    message.id,
  ]);
  return items.toSorted((a, b) => places.indexOf(a.id) - places.indexOf(b.id));
}
