import type { Label } from '../label/labelled.ts';
import type { Reach } from '../label/reach.ts';
import type { ModelRef } from '../exchange/model.ts';
import { originOf, type Origin } from './origin.ts';
import type { Spot } from './spot.ts';
import type { LineMode } from './lineMode.ts';

/** What a model has said for one place, so far. */
export type Suggestion = {
  readonly id: number;
  readonly origin: Origin;
  readonly made: Made;
  /** Cleaned text with `\n` line ends. */
  readonly text: string;
  /** How much of the text is final: whole lines while the model still speaks, all of it at the end. */
  readonly settled: number;
  /** Absent while the model may still add to it. */
  readonly end?: SuggestionEnd;
  /** The label of all that it was made from, as the guard decided. Absent where that is unknown: it stays on the device. */
  readonly label?: Label;
};

/**
 * `complete`: the model ended it itself. `closed`: what it said went on beyond the end of the block, or into the text below,
 * and was cut there. `cut`: it was stopped before its end.
 */
export type SuggestionEnd = 'complete' | 'closed' | 'cut';

/** How a suggestion came about; what differs here never answers for the other. */
export type Made = {
  readonly model: ModelRef;
  /** How far the document's own text could go when it was asked for. */
  readonly reach: Reach;
  readonly lines: LineMode;
  /** 0 for the likeliest answer; one that was asked for as something else never takes its place. */
  readonly temperature: number;
  /** The user asked for it by a command, and is shown all of it. */
  readonly explicit: boolean;
  /** Said while the model that was asked is being loaded: it gives way to whatever that one says. */
  readonly standIn: boolean;
};

/** A suggestion of which nothing is there yet, so that typing on can wait for it. */
export function beginning({ id, spot, made }: { id: number; spot: Spot; made: Made }): Suggestion {
  return { id, origin: originOf(spot), made, text: '', settled: 0 };
}
