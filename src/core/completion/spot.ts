import { reveal } from '../label/labelled.ts';
import type { Reach } from '../label/reach.ts';
import type { DocumentSnapshot } from './documentSnapshot.ts';

/** A cursor in a document. */
export type Spot = { readonly document: DocumentSnapshot; readonly offset: number };

/** How far the document itself may go, leaving aside what is read into its text though it is not there yet. */
export function ownReach({ document }: Spot): Reach {
  return document.ownReach ?? document.text.label.reach;
}

/** The text around a cursor. `head` and `rest` are the two halves of its line, without the line end. */
export type Surroundings = {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly head: string;
  readonly rest: string;
};

/** Opens the document at the cursor. Stays in core: what it gives is the user's text. */
export function surroundings({ document, offset }: Spot): Surroundings {
  const text = reveal(document.text);
  const lineStart = startOfLine(text, offset);
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline;
  const lineEnd = end > offset && text[end - 1] === '\r' ? end - 1 : end;
  return { text, lineStart, lineEnd, head: text.slice(lineStart, offset), rest: text.slice(offset, lineEnd) };
}

/** Where the line of an offset begins. */
export function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The lines after the cursor's line that hold anything, nearest first, at most `most` of them, without line ends. */
export function linesBelow({ text, lineEnd }: Surroundings, most: number): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf('\n', lineEnd); at >= 0 && found.length < most;) {
    const next = text.indexOf('\n', at + 1);
    const line = text.slice(at + 1, next < 0 ? text.length : next).replace(/\r$/, '');
    if (line.trim() !== '') found.push(line);
    at = next;
  }
  return found;
}

/** The lines above the cursor's line that hold anything, nearest first, at most `most` of them. */
export function linesAbove({ text, lineStart }: Surroundings, most: number): readonly string[] {
  const found: string[] = [];
  for (let end = lineStart - 1; end > 0 && found.length < most;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).replace(/\r$/, '');
    if (line.trim() !== '') found.push(line);
    end = start - 1;
  }
  return found;
}

/** Whether two spots are the same cursor in the same version of the same document. */
export function sameSpot(a: Spot, b: Spot): boolean {
  return a.offset === b.offset && a.document.version === b.document.version && a.document.uri === b.document.uri;
}
