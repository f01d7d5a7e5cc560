import type { LineMode } from '../../core/completion/lineMode.ts';
import { ownReach, type Spot } from '../../core/completion/spot.ts';
import type { Made, Suggestion } from '../../core/completion/suggestion.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { InlineSettings } from './ports.ts';

/** One thing to ask a model for, before it is known who serves it. Its answer is the suggestion of the same id. */
export type Job = {
  readonly id: number;
  /** The id of the suggestion that may stand in for the answer while a model is loaded or says nothing. */
  readonly standInId: number;
  /** `warm` evaluates the prompt ahead of need. */
  readonly intent: 'completion' | 'warm';
  readonly spot: Spot;
  readonly lines: LineMode;
  readonly explicit: boolean;
  /** 0 for the likeliest answer; more where the user asks for something else. */
  readonly temperature: number;
  readonly abort: AbortController;
  /** Absent while the job waits its turn, or for a chat, or for what is known of a model. */
  asking?: Asking | undefined;
};

/** A model that has been asked and may still speak. */
export type Asking = {
  readonly model: ModelRef;
  readonly zone: Zone;
  /** Milliseconds of the clock. */
  readonly since: number;
  /** The model is being loaded into memory: an abort would undo that. */
  loading: boolean;
};

/** `nobody`: no model could serve it. */
export type JobEnd = 'served' | 'nobody' | 'aborted';

/** A job, and who is told of every change of what comes of it. */
export type Hearing = { readonly job: Job; readonly heard: (suggestion: Suggestion) => void };

/** How the answer to a job comes about if this model gives it. */
export function madeBy(model: ModelRef, { spot, lines, temperature, explicit }: Job): Made {
  return { model, reach: ownReach(spot), lines, temperature, explicit, standIn: false };
}

/** Whether a job evaluates just what the next request for a spot begins with: the prompt of its file. */
export function isWarmingFor({ intent, spot }: Job, { document }: Spot): boolean {
  return intent === 'warm' && spot.document.uri === document.uri;
}

/** How many lines are shown at once. Who asks by a command gets the block to its end, as far as the tokens go. */
export function shownLines({ lines, explicit }: Job, { maxLines }: Pick<InlineSettings, 'maxLines'>): number {
  if (lines === 'single') return 1;
  return explicit ? Infinity : maxLines;
}
