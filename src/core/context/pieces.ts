import type { Definition } from './definitions.ts';

/** Lines of one file that make sense together; `end` is the first line no longer part of it. */
export type Lines = { readonly start: number; readonly end: number };

/** Lines a piece has at most. */
export const longestPiece = 10;

/**
 * Cuts a file into pieces: at the borders of what it defines, then at blank lines, then where a piece has grown long; never
 * within a line. Blank lines and lone closers stand at the end of no piece.
 */
export function piecesOf(lines: readonly string[], definitions: readonly Definition[]): readonly Lines[] {
  const borders = new Set<number>();
  for (const { start, end } of definitions) {
    if (end - start < 3) continue;
    borders.add(start);
    borders.add(end);
  }
  const pieces: Lines[] = [];
  let start = 0;
  const close = (end: number): void => {
    const trimmed = trim(lines, start, end);
    if (trimmed.end > trimmed.start) pieces.push(trimmed);
    start = end;
  };
  for (const [at, line] of lines.entries()) {
    const length = at - start;
    if (length > 0 && (borders.has(at) || length >= longestPiece || (length >= shortPiece && line.trim() === '')))
      close(at);
  }
  close(lines.length);
  return pieces;
}

/** A blank line ends a piece of this many lines. */
const shortPiece = 3;

function trim(lines: readonly string[], from: number, to: number): Lines {
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
