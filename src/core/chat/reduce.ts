import type { BackendError, FinishReason } from '../exchange/stream.ts';
import type { ModelRef } from '../exchange/model.ts';
import type { Refusal } from '../exchange/verdict.ts';
import { labelled, mapLabelled, unlabelled, type Label } from '../label/labelled.ts';
import type { Zone } from '../label/reach.ts';
import {
  isRunning,
  type Answer,
  type AnswerState,
  type Conversation,
  type LeftOut,
  type Message,
  type Question,
  type ServedNote,
  type StandIn,
} from './conversation.ts';

/** What can happen to a conversation. `answer` is the id of the answer it happens to; times in milliseconds since 1970. */
export type ChatEvent =
  /** A question and the answer it waits for; with `replaces`, the question of that id and all after it goes. */
  | { readonly kind: 'asked'; readonly question: Question; readonly answer: NewAnswer; readonly replaces?: string }
  /** The answer is asked for again; all after it goes. */
  | { readonly kind: 'retried'; readonly answer: string; readonly by: NewAnswer }
  | { readonly kind: 'agreed'; readonly parts: readonly string[] }
  | AnswerEvent;

/** `insteadOf` is the nearer model that did not answer. */
export type NewAnswer = {
  readonly id: string;
  readonly at: number;
  readonly model: ModelRef;
  readonly insteadOf?: ModelRef;
};

export type AnswerEvent =
  | { readonly kind: 'withheld'; readonly answer: string; readonly zone: Zone; readonly items: readonly LeftOut[] }
  | { readonly kind: 'refused'; readonly answer: string; readonly zone: Zone; readonly refusal: Refusal }
  | {
      readonly kind: 'sent';
      readonly answer: string;
      readonly label: Label;
      readonly leftOut: readonly LeftOut[];
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'loading'; readonly answer: string }
  | { readonly kind: 'delta'; readonly answer: string; readonly channel: 'text' | 'thinking'; readonly text: string }
  | { readonly kind: 'finished'; readonly answer: string; readonly reason: FinishReason }
  | { readonly kind: 'failed'; readonly answer: string; readonly error: BackendError }
  /** Another model could answer where this one's server is down. */
  | { readonly kind: 'stand-in'; readonly answer: string; readonly standIn: StandIn }
  | { readonly kind: 'stopped'; readonly answer: string }
  | { readonly kind: 'served'; readonly answer: string; readonly note: ServedNote };

/** The conversation after the event. Events for an answer that is gone change nothing. */
export function reduce(conversation: Conversation, event: ChatEvent): Conversation {
  switch (event.kind) {
    case 'asked': {
      const kept = event.replaces === undefined ? conversation.messages : before(conversation.messages, event.replaces);
      return withMessages(conversation, [...kept, event.question, freshAnswer(event.answer)], event.answer.at);
    }
    case 'retried': {
      const kept = before(conversation.messages, event.answer);
      if (kept.length === conversation.messages.length) return conversation;
      return withMessages(conversation, [...kept, freshAnswer(event.by)], event.by.at);
    }
    case 'agreed':
      return { ...conversation, agreed: [...new Set([...conversation.agreed, ...event.parts])] };
    case 'withheld':
    case 'refused':
    case 'sent':
    case 'loading':
    case 'delta':
    case 'finished':
    case 'failed':
    case 'stand-in':
    case 'stopped':
    case 'served':
      return {
        ...conversation,
        messages: conversation.messages.map((message) =>
          message.kind === 'answer' && message.id === event.answer ? reduceAnswer(message, event) : message,
        ),
      };
  }
}

function reduceAnswer(answer: Answer, event: AnswerEvent): Answer {
  switch (event.kind) {
    case 'withheld':
      return { ...answer, state: { kind: 'withheld', zone: event.zone, items: event.items } };
    case 'refused':
      return { ...answer, state: { kind: 'refused', zone: event.zone, refusal: event.refusal } };
    case 'sent':
      return {
        ...answer,
        text: labelled('', event.label),
        thinking: labelled('', event.label),
        leftOut: event.leftOut,
        warnings: event.warnings,
        state: { kind: 'waiting' },
      };
    case 'loading':
      return running(answer, { kind: 'loading' });
    case 'delta': {
      if (!isRunning(answer.state)) return answer;
      const channel = event.channel === 'text' ? answer.text : answer.thinking;
      const grown = mapLabelled(channel, (text) => text + event.text);
      return { ...answer, state: { kind: 'streaming' }, [event.channel]: grown };
    }
    case 'finished':
      return running(answer, { kind: 'done', reason: event.reason });
    case 'failed':
      return running(answer, { kind: 'failed', error: event.error });
    case 'stand-in':
      return answer.state.kind === 'failed'
        ? { ...answer, state: { ...answer.state, standIn: event.standIn } }
        : answer;
    case 'stopped':
      return running(answer, { kind: 'stopped' });
    case 'served':
      return { ...answer, served: event.note };
  }
}

/** What has ended stays ended: a late frame does not bring a stopped answer back to life. */
function running(answer: Answer, state: AnswerState): Answer {
  return isRunning(answer.state) ? { ...answer, state } : answer;
}

/** Until the guard has said what it is made from, an answer counts as a text that lost its label. */
function freshAnswer({ id, at, model, insteadOf }: NewAnswer): Answer {
  const nothing = labelled('', unlabelled);
  return {
    kind: 'answer',
    id,
    at,
    model,
    ...(insteadOf ? { insteadOf } : {}),
    text: nothing,
    thinking: nothing,
    state: { kind: 'checking' },
    leftOut: [],
    warnings: [],
  };
}

function before(messages: readonly Message[], id: string): readonly Message[] {
  const at = messages.findIndex((message) => message.id === id);
  return at < 0 ? messages : messages.slice(0, at);
}

function withMessages(conversation: Conversation, messages: readonly Message[], at: number): Conversation {
  return { ...conversation, messages, updatedAt: at };
}
