import { reaches, zones } from '../label/reach.ts';
import { isAmount, isFlag, isText, listOf, literal, oneOf, optional, recordOf } from './shape.ts';
import {
  actionIds,
  type ActionView,
  type AnswerStateView,
  type AnswerView,
  type AttachmentView,
  type ChatView,
  type FoundFileView,
  type LeftOutView,
  type MessageView,
  type ModelGroupView,
  type ModelView,
  type OfferView,
  type PanelView,
  type ProblemView,
  type PullView,
  type QuestionView,
  type ServedView,
  type SessionView,
} from './view.ts';

const isReachWord = literal(...reaches);
const isZoneWord = literal(...zones);

const isAttachment = recordOf<AttachmentView>({ id: isText, title: isText, reach: isReachWord, why: isText });

const isLeftOut = recordOf<LeftOutView>({
  id: isText,
  title: isText,
  reach: isReachWord,
  why: isText,
  mayDeclassify: optional(isFlag),
});

const isOffer = recordOf<OfferView>({
  id: isText,
  title: isText,
  text: isText,
  rules: listOf(isText),
  why: isText,
  host: isText,
  model: isText,
  zone: isZoneWord,
});

const isAction = recordOf<ActionView>({ id: literal(...actionIds), label: isText });

const isProblem = recordOf<ProblemView>({
  message: isText,
  detail: optional(isText),
  action: optional(isAction),
  other: optional(isAction),
});

const isModel = recordOf<ModelView>({
  ref: isText,
  name: isText,
  zone: optional(isZoneWord),
  because: isText,
  detail: optional(isText),
});

/** The state of the panel around the conversation. */
export const isPanelView = recordOf<PanelView>({
  session: isText,
  title: isText,
  busy: isFlag,
  model: optional(isModel),
  groups: listOf(
    recordOf<ModelGroupView>({
      backend: isText,
      loading: isFlag,
      models: listOf(isModel),
      problem: optional(isText),
      mend: optional(isAction),
      relay: optional(isText),
    }),
  ),
  attachments: listOf(isAttachment),
  setup: optional(isProblem),
  pull: optional(
    recordOf<PullView>({ model: isText, status: isText, completed: optional(isAmount), total: optional(isAmount) }),
  ),
  notice: optional(isText),
  pasted: optional(listOf(isAttachment)),
});

const isAnswerState = oneOf<AnswerStateView>(
  recordOf<Extract<AnswerStateView, { kind: 'working' }>>({ kind: literal('working'), note: isText }),
  recordOf<Extract<AnswerStateView, { kind: 'streaming' }>>({ kind: literal('streaming') }),
  recordOf<Extract<AnswerStateView, { kind: 'done' }>>({ kind: literal('done'), note: optional(isText) }),
  recordOf<Extract<AnswerStateView, { kind: 'stopped' }>>({ kind: literal('stopped') }),
  recordOf<Extract<AnswerStateView, { kind: 'withheld' }>>({
    kind: literal('withheld'),
    zone: isZoneWord,
    items: listOf(isLeftOut),
    local: optional(isText),
    whole: optional(isFlag),
    offer: optional(isOffer),
    granted: optional(listOf(isText)),
  }),
  recordOf<Extract<AnswerStateView, { kind: 'problem' }>>({ kind: literal('problem'), problem: isProblem }),
);

const isServed = recordOf<ServedView>({
  zone: isZoneWord,
  model: isText,
  where: isText,
  because: listOf(isText),
  durationMs: isAmount,
  firstTokenMs: optional(isAmount),
  promptTokens: optional(isAmount),
  outputTokens: optional(isAmount),
  costUsd: optional(isAmount),
  bytesOut: isAmount,
});

/** One message of the conversation. */
export const isMessageView = oneOf<MessageView>(
  recordOf<QuestionView>({
    kind: literal('question'),
    id: isText,
    text: isText,
    reach: isReachWord,
    attachments: listOf(isAttachment),
    pasted: optional(listOf(isAttachment)),
  }),
  recordOf<AnswerView>({
    kind: literal('answer'),
    id: isText,
    model: isText,
    text: isText,
    thinking: isText,
    reach: isReachWord,
    why: isText,
    state: isAnswerState,
    served: optional(isServed),
    instead: optional(isText),
    leftOut: listOf(isLeftOut),
    warnings: listOf(isText),
  }),
);

/** The whole panel. */
export const isChatView = recordOf<ChatView>({ panel: isPanelView, messages: listOf(isMessageView) });

export const isSessionView = recordOf<SessionView>({ id: isText, title: isText, updatedAt: isAmount });

export const isFoundFileView = recordOf<FoundFileView>({
  uri: isText,
  name: isText,
  folder: isText,
  reach: isReachWord,
  why: isText,
});
