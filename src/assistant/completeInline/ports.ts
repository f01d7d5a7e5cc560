import type { DocumentSnapshot } from '../../core/completion/documentSnapshot.ts';
import type { EditorFacts } from '../../core/completion/gate.ts';
import type { Spot } from '../../core/completion/spot.ts';
import type { Guard } from '../../core/exchange/guard.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { ContextPiece } from '../../core/prompt/completionPrompt.ts';
import type { FimFamily } from '../../core/prompt/fimFamilies.ts';

/** Everything inline completion needs of the world. */
export type InlineCompletionPorts = {
  readonly guard: Pick<Guard, 'send' | 'describe' | 'load'>;
  readonly clock: Clock;
  readonly settings: () => InlineSettings;
  /**
   * Pieces of other files that help in this one, ready before the key. Called when the typing rests, never per key. `zone` is
   * where prompts went last, so that room is kept for pieces that may go there; what goes is decided at the guard.
   */
  readonly context: (document: DocumentSnapshot, zone: Zone) => readonly ContextPiece[];
  readonly chat: ChatActivity;
  readonly report: (event: CompletionEvent) => void;
};

/** Milliseconds. `delay` resolves when they have passed or the signal aborts, whichever is first. */
export type Clock = { now(): number; delay(ms: number, signal: AbortSignal): Promise<void> };

/** Chat goes first where it needs the same model, or where loading this one could put the chat's own out of memory. */
export type ChatActivity = {
  active(needed: NeededModel): boolean;
  /** Resolves once no chat is in the way, or when the signal aborts. */
  idle(needed: NeededModel, signal: AbortSignal): Promise<void>;
  /** Tells of every chat that begins to use a model or is done with it. Returns the way to stop listening. */
  watch(listener: (event: ChatEvent) => void): () => void;
};

export type NeededModel = { readonly model: ModelRef; readonly loaded: boolean };
export type ChatEvent = { readonly kind: 'began' | 'ended'; readonly model: ModelRef };

export type InlineSettings = {
  /** Nearest to the user's wish first; the first that may serve a file and can fill in code does. */
  readonly models: readonly ModelRef[];
  readonly trigger: 'automatic' | 'manual';
  /** Milliseconds after the last key, or adaptive. */
  readonly delay: 'adaptive' | number;
  readonly lines: 'auto' | 'single' | 'multiple';
  readonly maxLines: number;
  /** Tokens of context for local models. */
  readonly contextLength: number;
  readonly warm: boolean;
  /** The family that the user has set for a model, if any. */
  readonly templateFor: (model: ModelRef) => FimFamily | 'suffix' | undefined;
};

/** One moment at which the editor asks, or at which it is known that it soon will. */
export type Ask = {
  readonly spot: Spot;
  readonly facts: EditorFacts;
  /** The user asked by a command. */
  readonly explicit: boolean;
  /** An item of the editor's own list is selected, and the spot is as if it were accepted. */
  readonly listOpen: boolean;
};

/** What the status bar and the log are told. Never holds text. */
export type CompletionEvent =
  | { readonly kind: 'running'; readonly model: ModelRef }
  | { readonly kind: 'loading'; readonly model: ModelRef }
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting for chat'; readonly model: ModelRef }
  /** The wished model may not have this file; `servedBy` is who serves it instead, if anyone. */
  | { readonly kind: 'refused'; readonly model: ModelRef; readonly refusal: Refusal; readonly servedBy?: ModelRef }
  | { readonly kind: 'unfit'; readonly model: ModelRef; readonly why: string }
  | { readonly kind: 'failed'; readonly model: ModelRef; readonly error: BackendError };
