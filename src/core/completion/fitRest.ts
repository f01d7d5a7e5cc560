import { endsString, strayClosers } from './brackets.ts';

/** A text to insert and how many characters right of the cursor it replaces. */
export type Fitted = { readonly text: string; readonly covers: number };

/**
 * Fits a suggestion to what stands right of the cursor on its line. Closers that an editor has put there are replaced when
 * the suggestion brings its own, so that the editor shows it (the replaced text must be a subsequence of the new one); an
 * end that already stands there is not said twice. Undefined where nothing new is left.
 */
export function fitRest(text: string, rest: string): Fitted | undefined {
  if (rest.trim() === '') return some({ text, covers: 0 });
  const covers = coveredClosers(text, rest);
  if (covers > 0) return some({ text, covers: extend(text, rest, covers) });
  return some({ text: withoutEnd(text, rest), covers: 0 });
}

/** How many characters of `rest` are closers that the suggestion's own stray closers stand for. */
function coveredClosers(text: string, rest: string): number {
  const quote = rest.charAt(0);
  if (/["'`]/.test(quote)) {
    if (!endsString(text, quote)) return 0;
    const after = text.slice(text.lastIndexOf(quote) + 1);
    return 1 + (/^[)\]}]/.test(rest.slice(1)) ? coveredClosers(after, rest.slice(1)) : 0);
  }
  const stray = strayClosers(text);
  let count = 0;
  while (count < stray.length && rest.charAt(count) === stray.charAt(count)) count++;
  return count;
}

/** What follows the covered closers is covered too while the suggestion ends with the very same. */
function extend(text: string, rest: string, covers: number): number {
  const tail = rest.slice(covers).trimEnd();
  return tail !== '' && text.trimEnd().endsWith(rest.slice(0, covers) + tail) ? covers + tail.length : covers;
}

/** Takes away the longest end of the suggestion with which the rest of the line begins, unless it is a closer of its own. */
function withoutEnd(text: string, rest: string): string {
  for (let length = Math.min(text.length, rest.length); length > 0; length--) {
    const end = text.slice(-length);
    if (!rest.startsWith(end)) continue;
    const balanced = /^[\s)\]}]+$/.test(end) && strayClosers(text) === '';
    return balanced ? text : text.slice(0, -length);
  }
  return text;
}

function some(fitted: Fitted): Fitted | undefined {
  return fitted.text.trim() === '' ? undefined : fitted;
}
