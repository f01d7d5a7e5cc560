import type { ActionId, ChatView, FoundFileView, MessageView, PanelView, SessionView } from './view.ts';

/**
 * Host → panel. Every message carries the next number of its sequence; a panel that misses one asks for a snapshot, which
 * may start anywhere.
 */
export type ToPanel =
  | { readonly kind: 'snapshot'; readonly seq: number; readonly view: ChatView }
  | { readonly kind: 'panel'; readonly seq: number; readonly panel: PanelView }
  | { readonly kind: 'message'; readonly seq: number; readonly message: MessageView }
  | {
      readonly kind: 'delta';
      readonly seq: number;
      readonly id: string;
      readonly channel: DeltaChannel;
      readonly text: string;
    }
  | {
      readonly kind: 'found';
      readonly seq: number;
      readonly request: number;
      readonly files: readonly FoundFileView[];
    }
  | { readonly kind: 'sessions'; readonly seq: number; readonly sessions: readonly SessionView[] }
  | { readonly kind: 'focus'; readonly seq: number };

export type DeltaChannel = 'text' | 'thinking';

/** A message before the host has numbered it. */
export type Unnumbered = ToPanel extends infer Message
  ? Message extends ToPanel
    ? Omit<Message, 'seq'>
    : never
  : never;

/** Panel → host. */
export type ToHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ask'; readonly text: string; readonly replaces?: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'retry'; readonly answer: string; readonly model?: string }
  | { readonly kind: 'resolve'; readonly answer: string; readonly choice: WithheldChoice }
  /** Shows a part that was held back exactly as it would be sent. */
  | { readonly kind: 'preview-part'; readonly answer: string; readonly part: string }
  /** Agrees to send what that preview shows. */
  | { readonly kind: 'send-part'; readonly offer: string }
  | { readonly kind: 'close-part' }
  /** What is being written, where something was pasted into it. */
  | { readonly kind: 'draft'; readonly text: string }
  | { readonly kind: 'act'; readonly action: ActionId; readonly answer?: string }
  | { readonly kind: 'new-chat' }
  | { readonly kind: 'list-sessions' }
  | { readonly kind: 'open-session'; readonly id: string }
  | { readonly kind: 'remove-session'; readonly id: string }
  | { readonly kind: 'choose-model'; readonly model: string }
  | { readonly kind: 'refresh-models' }
  | { readonly kind: 'cancel-pull' }
  | { readonly kind: 'attach-file' }
  | { readonly kind: 'attach-selection' }
  | { readonly kind: 'attach-uri'; readonly uri: string }
  | { readonly kind: 'detach'; readonly id: string }
  | { readonly kind: 'find-files'; readonly request: number; readonly query: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'insert'; readonly text: string }
  | { readonly kind: 'open-link'; readonly url: string };

export const withheldChoices = ['without', 'local', 'afresh'] as const;

/** What to do when parts of a conversation may not go where the question would: send the rest, stay here, or start anew. */
export type WithheldChoice = (typeof withheldChoices)[number];
