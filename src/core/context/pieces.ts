import type { LineRange } from '../label/provenance.ts';
import type { Outline } from './outline.ts';

/** Lines a piece has at most, unless there is no border so soon. */
export const longestPiece = 7;

/** Lines a piece has at most, border or not. */
export const longestWhole = 20;

/**
 * Cuts a file into pieces, lines that make sense together: at the borders of what it defines, then at blank lines, then where
 * a piece has grown long; never within a line, and within a statement only where that is longer than a piece may be. No piece
 * begins or ends with blank lines, and none begins with lone closers.
 */
export function piecesOf(lines: readonly string[], outline: Outline): readonly LineRange[] {
  const { borders } = outline;
  const wanted = wantedCuts(outline);
  const pieces: LineRange[] = [];
  let start = 0;
  let last = 0;
  const close = (end: number): void => {
    const trimmed = trim(lines, start, end);
    if (trimmed.end > trimmed.start) pieces.push(trimmed);
    start = end;
  };
  for (const [at, line] of lines.entries()) {
    if (borders[at] === true) {
      if (at > start && (wanted.has(at) || (at - start >= shortPiece && line.trim() === ''))) close(at);
      last = at;
    }
    if (at - start >= longestPiece && last > start) close(last);
    if (at - start >= longestWhole) close(at);
  }
  close(lines.length);
  return pieces;
}

/** A blank line ends a piece of this many lines. */
const shortPiece = 3;

/** Where what a file defines begins, with what is said above it, and where it ends. */
function wantedCuts({ definitions, borders }: Outline): ReadonlySet<number> {
  const cuts = new Set<number>();
  for (const { start, end } of definitions) {
    if (end - start < shortPiece) continue;
    let first = start;
    while (first > 0 && borders[first] === false) first -= 1;
    cuts.add(first);
    cuts.add(end);
  }
  return cuts;
}

function trim(lines: readonly string[], from: number, to: number): LineRange {
  let start = from;
  let end = to;
  while (start < end && isEmpty(lines[start] ?? '')) start += 1;
  while (end > start && (lines[end - 1] ?? '').trim() === '') end -= 1;
  return { start, end };
}

/** Whether a line says nothing by itself. */
function isEmpty(line: string): boolean {
  return /^[\s{}()[\];,]*$/.test(line);
}
