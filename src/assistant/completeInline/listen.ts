import { clean } from '../../core/completion/clean/clean.ts';
import { placeOf } from '../../core/completion/clean/place.ts';
import { countLines } from '../../core/completion/offer.ts';
import { originOf } from '../../core/completion/origin.ts';
import type { Spot } from '../../core/completion/spot.ts';
import type { Made, Suggestion } from '../../core/completion/suggestion.ts';
import type { Label } from '../../core/label/labelled.ts';
import type { Clock } from './ports.ts';

/** The suggestion that an answer is to bring. */
export type Expected = {
  readonly id: number;
  readonly spot: Spot;
  /** Names the model. */
  readonly made: Made;
  /** How many lines are shown at once. */
  readonly shownLines: number;
  /** How long the model may speak on once that much is there, in milliseconds: what it says then needs no further request. */
  readonly lookaheadMs: number;
};

/** Puts the pieces of one answer together: after each, the suggestion as it is by now, and whether that is enough. */
export function createListener({ id, spot, made, shownLines, lookaheadMs }: Expected, clock: Pick<Clock, 'now'>) {
  const place = placeOf(spot);
  const origin = originOf(spot);
  const started = clock.now();
  let raw = '';
  let label: Label | undefined;
  let pieces = 0;
  let firstAt: number | undefined;
  /** When as much was there as is shown at once. */
  let shownAt: number | undefined;
  /** Whether the text had its end before the model had: what comes after it is not shown. */
  let closed = false;

  /** `end` is how the model ended, if it has. */
  const suggestion = (end?: 'complete' | 'cut'): Suggestion => {
    const { text, settled, ended } = clean(raw, place, { done: end !== undefined });
    closed = ended;
    if (countLines(text.slice(0, settled)) >= shownLines) shownAt ??= clock.now();
    const how = closed && end !== 'complete' ? 'closed' : end;
    return { id, origin, made, text, settled, ...(how && { end: how }), ...(label && { label }) };
  };
  return {
    /** The guard has decided what goes into the prompt: the answer inherits that label. */
    madeFrom: (known: Label): void => void (label = known),
    hear: (text: string): Suggestion => {
      firstAt ??= clock.now();
      pieces += 1;
      raw += text;
      return suggestion();
    },
    heardAny: (): boolean => pieces > 0,
    /** The text has its end, or what is shown is there and the model has spoken on for as long as it may. */
    heardEnough: (): boolean => closed || (shownAt !== undefined && clock.now() - shownAt > lookaheadMs),
    /** Where the model was cut short in a block, the line that it was in the middle of is left out. */
    finish: (end: 'complete' | 'cut'): Suggestion => {
      const whole = raw.lastIndexOf('\n') + 1;
      if (end === 'cut' && raw.slice(0, whole).trim() !== '') raw = raw.slice(0, whole);
      return suggestion(end);
    },
    /** The model is stopped: the line that it was in the middle of is left out, unless the text had its end there. */
    cutOff: (): Suggestion => {
      if (!closed) raw = raw.slice(0, raw.lastIndexOf('\n') + 1);
      return suggestion('cut');
    },
    /** From the sending to the first piece, from there until now, and how many pieces came. */
    timing: () => {
      const now = clock.now();
      const first = firstAt ?? now;
      return { firstTokenMs: first - started, streamMs: now - first, pieces };
    },
  };
}
