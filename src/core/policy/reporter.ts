import type { PolicyProblem } from './problem.ts';

/** Collects the problems of one text, in the order of their places, at most `limit` of them. */
export type Reporter = {
  report(place: Place, message: string): void;
  lineOf(offset: number): number;
  problems(): readonly PolicyProblem[];
};

/** UTF-16 units from the start of the text. */
export type Place = { readonly offset: number; readonly length: number };

/** Starts a collection for a text; line ends are `\n`, `\r\n` and `\r`. */
export function createReporter(text: string): Reporter {
  const found: PolicyProblem[] = [];
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => lineAt(starts, offset);
  return {
    lineOf,
    report(place, message) {
      if (found.length >= limit) return;
      const line = lineOf(place.offset);
      const column = place.offset - (starts[line - 1] ?? 0) + 1;
      found.push({ message, line, column, offset: place.offset, length: Math.max(1, place.length) });
    },
    problems: () => [...found].sort((a, b) => a.offset - b.offset),
  };
}

const limit = 100;

function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (found) => found.index + found[0].length)];
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
