import { breakIn, breakOut, breakSame, marginOut, marginSame } from './vocabulary.ts';

/** One token of a line: where it stands and how many blanks stand before it. */
export type Visit = (start: number, end: number, gap: number) => void;

/**
 * Walks over the tokens of `text` between two offsets that enclose no line break: words (letters, digits, `_`, `$`, and
 * everything beyond ASCII) whole, every other visible character alone. The same for all languages, so that no grammar is
 * needed and an unfinished line reads like a finished one.
 */
export function scan(text: string, from: number, to: number, visit: Visit): void {
  let at = from;
  while (at < to) {
    const blanksFrom = at;
    while (at < to && isBlank(text.charCodeAt(at))) at += 1;
    if (at >= to) return;
    const start = at;
    at += 1;
    if (isWordCode(text.charCodeAt(start))) while (at < to && isWordCode(text.charCodeAt(at))) at += 1;
    visit(start, at, Math.min(start - blanksFrom, 255));
  }
}

/** Whether a UTF-16 unit belongs to a word. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code >= 128
  );
}

/** Blanks within a line; a carriage return before the line feed counts as one. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 12;
}

/** Width of the white space that a line begins with, a tab as four columns; `to` if the line is blank. */
export function indentOf(text: string, from: number, to: number): { readonly width: number; readonly end: number } {
  let width = 0;
  let end = from;
  while (end < to && isBlank(text.charCodeAt(end))) {
    width += text.charCodeAt(end) === 9 ? 4 : 1;
    end += 1;
  }
  return { width, end };
}

/** The break token between a line and the next one that is not blank, by the columns both begin at. */
export function breakFor(widthBefore: number, width: number): number {
  if (width === 0) return widthBefore === 0 ? marginSame : marginOut;
  if (width > widthBefore) return breakIn;
  return width < widthBefore ? breakOut : breakSame;
}
