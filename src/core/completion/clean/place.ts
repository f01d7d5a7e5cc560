import type { Indent } from '../documentSnapshot.ts';
import { linesAbove, linesBelow, surroundings, type Spot } from '../spot.ts';

/** What the filters know of the place that a text is made for. Lines are without line ends. */
export type Place = {
  readonly head: string;
  readonly rest: string;
  /** Lines that hold anything, nearest first. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly languageId: string;
  readonly indent: Indent;
  readonly fileName: string;
};

/** Gathers what the filters need, once for each request. */
export function placeOf(spot: Spot): Place {
  const around = surroundings(spot);
  return {
    head: around.head,
    rest: around.rest,
    above: linesAbove(around, 8),
    below: linesBelow(around, 8),
    languageId: spot.document.languageId,
    indent: spot.document.indent,
    fileName: spot.document.display.split('/').at(-1) ?? '',
  };
}

/** Whether a line says enough that its coming twice is no accident. */
export function substantive(line: string): boolean {
  return (line.match(/[\p{L}\p{N}_]/gu)?.length ?? 0) >= 4;
}
