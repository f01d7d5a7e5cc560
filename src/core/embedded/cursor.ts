import { breakFor, indentOf, isWordCode, scan } from './scan.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What stands before the cursor, as tokens of the vocabulary. */
export type Cursor = {
  /** The tokens before the cursor, oldest first, without the word the cursor stands in. */
  readonly context: readonly number[];
  /** The part of a word that stands right before the cursor; empty if none does. */
  readonly partial: string;
  /** Whether the character before the cursor is a blank or there is none on the line. */
  readonly afterBlank: boolean;
  /** Tokens of the cursor's own line in `context`. */
  readonly onLine: number;
};

/** How many tokens before the cursor are looked at. */
export const contextLimit = 32;

/** Reads the tokens before the cursor from the last lines of `prefix`. */
export function readCursor(prefix: string, vocabulary: Vocabulary): Cursor {
  const lineStart = prefix.lastIndexOf('\n') + 1;
  const partial = wordBefore(prefix, lineStart);
  const end = prefix.length - partial.length;
  const context: number[] = [];
  const read = (from: number, to: number): void =>
    scan(prefix, from, to, (start, stop) => {
      context.push(vocabulary.find(prefix.slice(start, stop)));
    });
  let width: number | undefined;
  for (const [from, to] of lastLines(prefix, lineStart)) {
    const indent = indentOf(prefix, from, to);
    if (indent.end === to) continue;
    context.push(breakFor(width ?? indent.width, indent.width));
    read(indent.end, to);
    width = indent.width;
  }
  const indent = indentOf(prefix, lineStart, end);
  const before = context.length;
  context.push(breakFor(width ?? indent.width, indent.width));
  read(indent.end, end);
  return {
    context: context.slice(-contextLimit),
    partial,
    afterBlank: partial === '' && (end === lineStart || prefix.charCodeAt(end - 1) <= 32),
    onLine: context.length - before - 1,
  };
}

/** The word, or the part of one, that ends at the cursor. */
function wordBefore(prefix: string, lineStart: number): string {
  let from = prefix.length;
  while (from > lineStart && isWordCode(prefix.charCodeAt(from - 1))) from -= 1;
  return prefix.slice(from);
}

/** The lines before the cursor's that can matter, first to last: enough of them to fill the context. */
function lastLines(prefix: string, lineStart: number): readonly (readonly [number, number])[] {
  const lines: (readonly [number, number])[] = [];
  let to = lineStart - 1;
  while (to >= 0 && lines.length < linesLookedAt) {
    const from = to === 0 ? 0 : prefix.lastIndexOf('\n', to - 1) + 1;
    lines.unshift([from, to]);
    to = from - 1;
  }
  return lines;
}

const linesLookedAt = 16;
