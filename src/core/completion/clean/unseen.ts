import type { Place } from './place.ts';

/** `ended`: a broken character ended the text. */
export type Seen = { readonly text: string; readonly ended: boolean };

/**
 * Takes away what nobody types into code and nobody sees in it: terminal sequences, control characters, and marks that reverse
 * the direction of writing, so that code reads other than it runs. Every line end becomes `\n`. All is cut from the line of a
 * broken character on, unless the text around the cursor has such, too; half a character at the end may yet become a whole one.
 */
export function dropUnseen(raw: string, { head, above, below }: Place): Seen {
  const text = raw.replaceAll(lineEnd, '\n').replaceAll(terminal, '').replaceAll(unseen, '').replaceAll(hidden, '');
  const at = [head, ...above, ...below].some((line) => broken.test(line)) ? -1 : text.search(broken);
  return at < 0 ? { text: text.replace(half, ''), ended: false } : { text: wholeLines(text.slice(0, at)), ended: true };
}

/** A text up to its last line end. */
export function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** Editors ask the user what to do about the two separators. */
const lineEnd = /\r\n?|[\u2028\u2029]/g;
const terminal = /\u001b(?:\[[\d;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
/** Tab, line end and form feed are left: people write them. */
const unseen = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g;
/**
 * Letters for nobody's eyes: tags, selectors of variants that no font of code has, fillers, operators without a form. Any text
 * can be written in them and accepted unseen, that of a sensitive file too.
 */
const hidden =
  /[\u{fe00}-\u{fe0d}\u{e0000}-\u{e0fff}\u{1d173}-\u{1d17a}\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164\uffa0\ufff0-\ufffb]/gu;
/** What a decoder puts for bytes that make no character, and half a character with no other half. */
const broken = /\ufffd|[\ud800-\udbff](?![\udc00-\udfff]|$)|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const half = /[\ud800-\udbff]$/;
