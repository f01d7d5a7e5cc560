import type { LineMode } from '../../core/completion/lineMode.ts';
import type { Spot } from '../../core/completion/spot.ts';
import type { Suggestion } from '../../core/completion/suggestion.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { Zone } from '../../core/label/reach.ts';
import type { GenerationPlan } from './generate.ts';
import type { InlineSettings } from './ports.ts';

/** One thing to ask a model for, before it is known who serves it. */
export type Job = {
  readonly id: number;
  /** The number of what may stand in for its answer while a model is loaded or silent. */
  readonly standIn: number;
  /** `warm` evaluates the prompt ahead of need. */
  readonly intent: 'completion' | 'warm';
  readonly spot: Spot;
  readonly lines: LineMode;
  readonly explicit: boolean;
  /** 0 for the likeliest answer; more where the user asks for something else. */
  readonly temperature: number;
  readonly abort: AbortController;
  /** Set while a model is being loaded: an abort would undo the load. */
  loading: boolean;
  /** The model that has been asked and may still speak, and since when, in milliseconds of the clock. */
  asking?: { readonly model: ModelRef; readonly zone: Zone; readonly since: number } | undefined;
};

/** A job, and who is told of every change of what comes of it. */
export type Hearing = { readonly job: Job; readonly heard: (suggestion: Suggestion) => void };

/** Who asks by hand gets the block to its end, as far as the tokens go. */
export function shownOf(
  { lines, explicit: byHand }: Job,
  { maxLines }: Pick<InlineSettings, 'maxLines'>,
): Pick<GenerationPlan, 'shownLines' | 'byHand'> {
  if (lines === 'single') return { shownLines: 1, byHand };
  return { shownLines: byHand ? Infinity : maxLines, byHand };
}
