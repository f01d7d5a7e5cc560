import type { BackendError, ErrorReason, FinishReason, Served, Usage } from '../exchange/stream.ts';
import type { ModelRef } from '../exchange/model.ts';
import type { Refusal, RefusalReason } from '../exchange/verdict.ts';
import { reaches, zones } from '../label/reach.ts';
import { isAmount, isFlag, isText, listOf, literal, oneOf, optional, recordOf } from '../protocol/shape.ts';
import type {
  Answer,
  AnswerState,
  Attachment,
  Conversation,
  LeftOut,
  Question,
  ServedNote,
  StandIn,
} from './conversation.ts';
import { isRuleRef } from './restoreLabel.ts';
import { storedVersion } from './serialise.ts';

/** A conversation as it stands in the store: texts in the open, labels as written, not yet believed. */
export type StoredConversation = Omit<Conversation, 'messages'> & {
  readonly version: number;
  readonly messages: readonly (StoredQuestion | StoredAnswer)[];
};

export type StoredQuestion = Omit<Question, 'text' | 'attachments'> & {
  readonly text: StoredText;
  readonly attachments: readonly StoredAttachment[];
};

export type StoredAnswer = Omit<Answer, 'text' | 'thinking'> & {
  readonly text: StoredText;
  readonly thinking: StoredText;
};

export type StoredText = { readonly text: string; readonly label?: unknown };

/** Whether a foreign value is a conversation of this version, whatever its labels say. */
export function isStoredConversation(value: unknown): value is StoredConversation {
  return isConversation(value) && value.version === storedVersion;
}

type StoredAttachment = Omit<Attachment, 'text'> & { readonly text: StoredText };

const isStoredText = recordOf<StoredText>({
  text: isText,
  label: { optional: (value): value is unknown => value !== null },
});

const isModelRef = recordOf<ModelRef>({ backend: isText, model: isText });

const isLeftOut = recordOf<LeftOut>({
  id: isText,
  title: isText,
  reach: literal(...reaches),
  rules: listOf(isRuleRef),
  why: isText,
  mayDeclassify: optional((value): value is true => value === true),
});

const isServedNote = recordOf<ServedNote>({
  zone: literal(...zones),
  where: isText,
  because: listOf(isText),
  served: recordOf<Served>({ model: isText, upstream: optional(isText) }),
  usage: recordOf<Usage>({
    promptTokens: optional(isAmount),
    outputTokens: optional(isAmount),
    cachedTokens: optional(isAmount),
    loadMs: optional(isAmount),
    promptMs: optional(isAmount),
    outputMs: optional(isAmount),
    costUsd: optional(isAmount),
  }),
  durationMs: isAmount,
  firstTokenMs: optional(isAmount),
  bytesOut: isAmount,
});

// Written as tables, so that a reason added to the union must be added here too.
const errorReasons = {
  'not-running': true,
  'model-missing': true,
  'no-insert': true,
  forbidden: true,
  unauthorized: true,
  payment: true,
  busy: true,
  'rate-limited': true,
  'too-long': true,
  'load-failed': true,
  'upstream-failed': true,
  'privacy-restricted': true,
  'broken-stream': true,
  timeout: true,
  redirected: true,
  'became-remote': true,
  'not-permitted': true,
  'bad-request': true,
  unexpected: true,
} satisfies Record<ErrorReason, true>;

const refusalReasons = {
  'required-part': true,
  'no-policy': true,
  'policy-invalid': true,
  'policy-loading': true,
  'policy-changed': true,
  untrusted: true,
  'backend-not-allowed': true,
  'model-not-allowed': true,
  'not-proved': true,
  'secret-found': true,
  'ledger-unavailable': true,
  budget: true,
  off: true,
} satisfies Record<RefusalReason, true>;

const isErrorReason = (value: unknown): value is ErrorReason => isText(value) && Object.hasOwn(errorReasons, value);
const isRefusalReason = (value: unknown): value is RefusalReason =>
  isText(value) && Object.hasOwn(refusalReasons, value);

type State<Kind> = Extract<AnswerState, { readonly kind: Kind }>;

const isState = oneOf<AnswerState>(
  recordOf<State<'done'>>({
    kind: literal('done'),
    reason: literal<FinishReason>('stop', 'length', 'incomplete'),
  }),
  recordOf<State<'stopped'>>({ kind: literal('stopped') }),
  recordOf<State<'withheld'>>({ kind: literal('withheld'), zone: literal(...zones), items: listOf(isLeftOut) }),
  recordOf<State<'refused'>>({
    kind: literal('refused'),
    zone: literal(...zones),
    refusal: recordOf<Refusal>({ reason: isRefusalReason, message: isText, action: optional(isText) }),
  }),
  recordOf<State<'failed'>>({
    kind: literal('failed'),
    error: recordOf<BackendError>({
      reason: isErrorReason,
      message: isText,
      action: optional(isText),
      retryAfterMs: optional(isAmount),
      asked: optional(isText),
      refusal: optional(isRefusalReason),
      cause: { optional: (value): value is unknown => value === undefined },
    }),
    standIn: optional(recordOf<StandIn>({ model: isModelRef, zone: literal(...zones) })),
  }),
);

const isConversation = recordOf<StoredConversation>({
  version: isAmount,
  id: isText,
  createdAt: isAmount,
  updatedAt: isAmount,
  agreed: listOf(isText),
  messages: listOf(
    oneOf<StoredQuestion | StoredAnswer>(
      recordOf<StoredQuestion>({
        kind: literal('question'),
        id: isText,
        at: isAmount,
        text: isStoredText,
        attachments: listOf(
          recordOf<StoredAttachment>({ id: isText, title: isText, uri: isText, whole: isFlag, text: isStoredText }),
        ),
      }),
      recordOf<StoredAnswer>({
        kind: literal('answer'),
        id: isText,
        at: isAmount,
        model: isModelRef,
        insteadOf: optional(isModelRef),
        text: isStoredText,
        thinking: isStoredText,
        state: isState,
        served: optional(isServedNote),
        leftOut: listOf(isLeftOut),
        warnings: listOf(isText),
      }),
    ),
  ),
});
