import type { Reach, Zone } from '../label/reach.ts';

export type { Reach, Zone };

/** All that the chat panel draws: plain data, opened and worded by the host. */
export type ChatView = { readonly panel: PanelView; readonly messages: readonly MessageView[] };

/** Everything around the conversation. */
export type PanelView = {
  readonly session: string;
  readonly title: string;
  /** An answer is on its way. */
  readonly busy: boolean;
  readonly model?: ModelView;
  readonly groups: readonly ModelGroupView[];
  readonly attachments: readonly AttachmentView[];
  /** What to do first, or what stands in the way; shown while the chat is empty. */
  readonly setup?: ProblemView;
  readonly pull?: PullView;
  /** One sentence on something that could not be done, until the next act. */
  readonly notice?: string;
  /** Where copies in what is being written come from. */
  readonly pasted?: readonly AttachmentView[];
};

/** A model to choose. `name` is without its backend; `because` proves the zone in sentences. */
export type ModelView = {
  readonly ref: string;
  readonly name: string;
  /** Absent while no server has told of the model: where it runs is then found out when it is asked. */
  readonly zone?: Zone;
  readonly because: string;
  readonly detail?: string;
};

export type ModelGroupView = {
  readonly backend: string;
  readonly loading: boolean;
  readonly models: readonly ModelView[];
  readonly problem?: string;
  /** What helps against the problem. */
  readonly mend?: ActionView;
  /** Why the server counts as the cloud although it is reached on this machine, and what the user can say about it. */
  readonly relay?: string;
};

/** `why` says which rule holds the file back, and where it stands. */
export type AttachmentView = {
  readonly id: string;
  readonly title: string;
  readonly reach: Reach;
  readonly why: string;
};

/** A download under way. Bytes; `total` is absent until the server knows it. */
export type PullView = {
  readonly model: string;
  readonly status: string;
  readonly completed?: number;
  readonly total?: number;
};

export type MessageView = QuestionView | AnswerView;

export type QuestionView = {
  readonly kind: 'question';
  readonly id: string;
  readonly text: string;
  readonly reach: Reach;
  readonly attachments: readonly AttachmentView[];
  /** Where copies in the text come from. */
  readonly pasted?: readonly AttachmentView[];
};

export type AnswerView = {
  readonly kind: 'answer';
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly thinking: string;
  readonly reach: Reach;
  /** Why the answer may not go everywhere; empty where it may. */
  readonly why: string;
  readonly state: AnswerStateView;
  readonly served?: ServedView;
  /** Says that another model answers than the one that was asked. */
  readonly instead?: string;
  readonly leftOut: readonly LeftOutView[];
  /** What the scan of the outgoing text was not sure about. */
  readonly warnings: readonly string[];
};

export type AnswerStateView =
  | { readonly kind: 'working'; readonly note: string }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'done'; readonly note?: string }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'withheld';
      readonly zone: Zone;
      readonly items: readonly LeftOutView[];
      /** The model on this machine that could answer instead, if there is one. */
      readonly local?: string;
      /** The question itself is among the parts: there is no going on without them. */
      readonly whole?: boolean;
      /** A part shown exactly as it would be sent. */
      readonly offer?: OfferView;
      /** What the user has agreed to send after all. */
      readonly granted?: readonly string[];
    }
  | { readonly kind: 'problem'; readonly problem: ProblemView };

/** Who answered, from the wire. Milliseconds, tokens, bytes. */
export type ServedView = {
  readonly zone: Zone;
  readonly model: string;
  /** In words: the machine, or the host and who stands behind it. */
  readonly where: string;
  readonly because: readonly string[];
  readonly durationMs: number;
  readonly firstTokenMs?: number;
  readonly promptTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
  readonly bytesOut: number;
};

/** A part that did not go along, and why. */
export type LeftOutView = {
  readonly id: string;
  readonly title: string;
  readonly reach: Reach;
  readonly why: string;
  /** Whether the user may send it after all. */
  readonly mayDeclassify?: boolean;
};

/** The very text of a part, the rules that hold it back and the one place it would go to. */
export type OfferView = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly rules: readonly string[];
  readonly why: string;
  readonly host: string;
  readonly model: string;
  readonly zone: Zone;
};

/** One sentence, and the one thing to do about it. */
export type ProblemView = {
  readonly message: string;
  readonly detail?: string;
  readonly action?: ActionView;
  /** What would help too. */
  readonly other?: ActionView;
};

export type ActionView = { readonly id: ActionId; readonly label: string };

export const actionIds = [
  'retry',
  'use-local',
  'use-installed',
  'ask-farther',
  'new-chat',
  'pull',
  'start-ollama',
  'refresh',
  'set-key',
  'choose-model',
  'open-settings',
  'create-policy',
  'open-policy',
  'manage-trust',
] as const;

export type ActionId = (typeof actionIds)[number];

/** A stored conversation, as listed. Milliseconds since 1970. */
export type SessionView = { readonly id: string; readonly title: string; readonly updatedAt: number };

/** A file that could be attached. */
export type FoundFileView = {
  readonly uri: string;
  readonly name: string;
  readonly folder: string;
  readonly reach: Reach;
  readonly why: string;
};
