import type { Declassification } from '../declassify/declassification.ts';
import type { Labelled } from '../label/labelled.ts';
import type { Zone } from '../label/reach.ts';

/** A prompt before the guard: parts in the order they will stand, each under its own label. */
export type LabelledPrompt = {
  readonly intent: Intent;
  readonly parts: readonly Part[];
  readonly options: PromptOptions;
};

/** `warm` evaluates the parts ahead of need and asks for one token. */
export type Intent = 'completion' | 'chat' | 'warm';

export type Part = {
  /** Unique within the prompt. */
  readonly id: string;
  readonly role: PartRole;
  /** What the user is told the part is, for example `src/a.ts:1-20`. */
  readonly title: string;
  readonly text: Labelled;
  /** A required part that may not go refuses the whole request; any other is dropped alone. */
  readonly required: boolean;
  /** The user's leave to send this very text once beyond its reach; the guard checks it. */
  readonly declassified?: Declassification;
};

/** Completion: `context`, `prefix`, `suffix`. Chat: `system`, then turns; an `attachment` belongs to the next `user` part. */
export type PartRole = 'system' | 'user' | 'assistant' | 'attachment' | 'context' | 'prefix' | 'suffix';

export type PromptOptions = {
  /** Most tokens the answer may have. */
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly stop?: readonly string[];
  /** URI of the document that is completed; for the engine in this process, never sent. */
  readonly document?: string;
  /** Language id of the document, for completion. */
  readonly language?: string;
  /**
   * The zone that the model was found in when it was decided that this is to be asked at all. One that turns out to lie farther
   * away is refused, whatever the text's reach: what steps in for another, or is warmed up, moves no code outward unasked.
   */
  readonly within?: Zone;
  /** Whether a thinking model may think; never for completion. */
  readonly think?: boolean;
};

/** A part that the guard let pass, opened. Only the guard makes these. */
export type OpenPart = { readonly id: string; readonly role: PartRole; readonly title: string; readonly text: string };
