import type { BackendError, FinishReason, Served, Usage } from '../exchange/stream.ts';
import type { ModelRef } from '../exchange/model.ts';
import type { Refusal } from '../exchange/verdict.ts';
import type { Labelled } from '../label/labelled.ts';
import type { Reach, Zone } from '../label/reach.ts';
import type { RuleRef } from '../policy/ruleRef.ts';

/** A chat. Every text in it keeps the label it got when it was read or answered. */
export type Conversation = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly messages: readonly Message[];
  /** Parts that the user has agreed to leave out wherever they may not go. */
  readonly agreed: readonly string[];
};

export type Message = Question | Answer;

export type Question = {
  readonly kind: 'question';
  readonly id: string;
  readonly at: number;
  readonly text: Labelled;
  readonly attachments: readonly Attachment[];
};

/** A piece of a file that goes along with a question. */
export type Attachment = {
  readonly id: string;
  /** What the user is told it is: `src/a.ts`, `src/a.ts:3-20`. */
  readonly title: string;
  readonly uri: string;
  /** Whether it is all of the file, which is then read again when the question is asked. */
  readonly whole: boolean;
  readonly text: Labelled;
};

export type Answer = {
  readonly kind: 'answer';
  readonly id: string;
  readonly at: number;
  readonly model: ModelRef;
  /** The nearer model that was asked first and did not answer. */
  readonly insteadOf?: ModelRef;
  /** Carries the label of the prompt that it answers, as `thinking` does. */
  readonly text: Labelled;
  readonly thinking: Labelled;
  readonly state: AnswerState;
  readonly served?: ServedNote;
  /** What did not go along: held back by a rule, by the user's choice, or for want of room. */
  readonly leftOut: readonly LeftOut[];
  /** What the scan of the outgoing text was not sure about, and what went beyond its reach by the user's leave. */
  readonly warnings: readonly string[];
};

export type AnswerState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'done'; readonly reason: FinishReason }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'withheld'; readonly zone: Zone; readonly items: readonly LeftOut[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly zone: Zone }
  | { readonly kind: 'failed'; readonly error: BackendError; readonly standIn?: StandIn };

/** A model farther away that could answer where a nearer one did not. */
export type StandIn = { readonly model: ModelRef; readonly zone: Zone };

/** `id` is the part's, in the prompt. */
export type LeftOut = {
  readonly id: string;
  readonly title: string;
  readonly reach: Reach;
  readonly rules: readonly RuleRef[];
  readonly why: string;
  /** Set where the policy lets the user send it after all, after an exact preview. */
  readonly mayDeclassify?: true;
};

/** Who answered, by the receipt. */
export type ServedNote = {
  readonly zone: Zone;
  /** In words: `this machine`, `gpu01.example:8000`, `an upstream via openrouter.ai`. */
  readonly where: string;
  readonly because: readonly string[];
  readonly served: Served;
  readonly usage: Usage;
  readonly durationMs: number;
  readonly firstTokenMs?: number;
  readonly bytesOut: number;
};

export function emptyConversation(id: string, at: number): Conversation {
  return { id, createdAt: at, updatedAt: at, messages: [], agreed: [] };
}

/** Whether work on the answer is under way. */
export function isRunning(state: AnswerState): boolean {
  switch (state.kind) {
    case 'checking':
    case 'waiting':
    case 'loading':
    case 'streaming':
      return true;
    case 'done':
    case 'stopped':
    case 'withheld':
    case 'refused':
    case 'failed':
      return false;
  }
}

/** The answer with that id, if it is there. */
export function findAnswer(conversation: Conversation, id: string): Answer | undefined {
  return conversation.messages.filter((message) => message.kind === 'answer').find((answer) => answer.id === id);
}

/** The question that an answer belongs to: the last one before it. */
export function questionOf(conversation: Conversation, answerId: string): Question | undefined {
  const at = conversation.messages.findIndex((message) => message.id === answerId);
  return conversation.messages
    .slice(0, Math.max(at, 0))
    .filter((message) => message.kind === 'question')
    .at(-1);
}
