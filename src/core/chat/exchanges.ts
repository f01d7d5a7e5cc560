import type { Labelled } from '../label/labelled.ts';
import { isRunning, type Answer, type Attachment, type Conversation, type Question } from './conversation.ts';

/** A question with what it brought along and the answer it got, as far as there is one that a model may read again. */
export type Exchange = { readonly question: Question; readonly answer?: Answer };

/** The exchanges before the answer with that id, oldest first, and the question that it is to answer. */
export function exchangesUpTo(
  conversation: Conversation,
  answerId: string,
): { readonly earlier: readonly Exchange[]; readonly current: Question | undefined } {
  const at = conversation.messages.findIndex((message) => message.id === answerId);
  const exchanges: Exchange[] = [];
  for (const message of conversation.messages.slice(0, Math.max(at, 0))) {
    const last = exchanges.at(-1);
    if (message.kind === 'question') exchanges.push({ question: message });
    else if (last && isReadable(message)) exchanges[exchanges.length - 1] = { ...last, answer: message };
  }
  const current = exchanges.pop()?.question;
  // A question that never got an answer is not asked again by the way.
  return { earlier: exchanges.filter((exchange) => exchange.answer), current };
}

/** One text of an exchange as it would stand in a prompt. The id of an attachment's part names its question too. */
export type ExchangePart = { readonly id: string; readonly title: string; readonly text: Labelled };

export function questionPart(question: Question): ExchangePart {
  return { id: question.id, title: 'your message', text: question.text };
}

export function attachmentPart(question: Question, attachment: Attachment): ExchangePart {
  return { id: `${question.id}/${attachment.id}`, title: attachment.title, text: attachment.text };
}

/** Thinking is never sent again: models are not meant to read their own. */
export function answerPart(answer: Answer): ExchangePart {
  return { id: answer.id, title: 'an answer', text: answer.text };
}

function isReadable(answer: Answer): boolean {
  return !isRunning(answer.state) && answer.text.length > 0;
}
