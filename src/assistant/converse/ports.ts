import type { Guard } from '../../core/exchange/guard.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { Label, Labelled } from '../../core/label/labelled.ts';
import type { Reach } from '../../core/label/reach.ts';
import type { OutageRule } from '../../core/policy/settings.ts';
import type { Settings } from '../../core/settings/settings.ts';

/** What a chat needs of the world. */
export type ConversePorts = {
  readonly guard: Guard;
  readonly store: ChatStore;
  readonly files: AttachmentSource;
  readonly clock: ConverseClock;
  /** A new id, unique on this machine. */
  readonly newId: () => string;
  readonly settings: () => ConverseSettings;
  /** Makes a model the one that new chats start with. */
  readonly rememberModel: (model: ModelRef) => void;
  /** The label of what the user typed or pasted into the chat. */
  readonly labelTyped: (text: string) => Label;
  /** Whether a farther model may stand in where a nearer one's server is down; without it none may. */
  readonly onOutage?: () => OutageRule;
  /** Models that the user has chosen on this machine, newest first. */
  readonly recentModels?: () => readonly ModelRef[];
  /** Starts the user's own Ollama, where the editor can. */
  readonly startOllama: () => void;
  /** Writes to the extension's log: what failed and where, never content. */
  readonly log: (message: string) => void;
};

export type ConverseSettings = Pick<Settings, 'backends' | 'contextLength' | 'chat'>;

/** Milliseconds since 1970; `delay` resolves early when the signal aborts. */
export type ConverseClock = { now(): number; delay(ms: number, signal: AbortSignal): Promise<void> };

/** Conversations on this machine, as text whose meaning only core knows. Rejects where the disk does. */
export type ChatStore = {
  list(): Promise<readonly { readonly id: string; readonly modifiedAt: number }[]>;
  readonly read: (id: string) => Promise<string | undefined>;
  readonly write: (id: string, text: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** The conversation that the panel showed last. */
  readonly lastOpen: () => string | undefined;
  readonly setLastOpen: (id: string) => void;
};

/** Where attachments come from. Everything it reads carries the label of what it was read from. */
export type AttachmentSource = {
  /** The file in the active editor, all of it. */
  readonly activeFile: () => Promise<ReadResult>;
  /** The selected lines of the active editor. */
  readonly selection: () => Promise<ReadResult>;
  readonly file: (uri: string) => Promise<ReadResult>;
  /** Files of the workspace whose name or path has the query in it, best first. */
  readonly find: (query: string, signal: AbortSignal) => Promise<readonly FoundFile[]>;
};

/** `nothing` says why in one sentence: no file is open, nothing is selected, the file is gone or too large. */
export type ReadResult =
  | { readonly kind: 'read'; readonly document: LabelledDocument }
  | { readonly kind: 'nothing'; readonly message: string };

/** A piece of a document. `title` is what the user is told it is; `whole` where it is all of it. */
export type LabelledDocument = {
  readonly uri: string;
  readonly title: string;
  readonly whole: boolean;
  readonly text: Labelled;
};

/** `name` is the file's, `folder` where it lies; `why` names the rule that holds it back, if any. */
export type FoundFile = {
  readonly uri: string;
  readonly name: string;
  readonly folder: string;
  readonly reach: Reach;
  readonly why: string;
};
