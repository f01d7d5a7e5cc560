/** What stands before and behind the cursor on its line, and the next line that is not blank. */
export type CursorLine = { readonly before: string; readonly rest: string; readonly below: string };

/** Reads the line of a cursor. */
export function cursorLine(prefix: string, suffix: string): CursorLine {
  const end = suffix.indexOf('\n');
  const rest = end === -1 ? suffix : suffix.slice(0, end);
  const below = end === -1 ? undefined : /\S.*/.exec(suffix.slice(end, end + 4000))?.[0];
  return { before: prefix.slice(prefix.lastIndexOf('\n') + 1), rest: rest.trim(), below: below?.trimEnd() ?? '' };
}

/**
 * Makes a text fit what stands around it: cut where the closers behind the cursor take over, and nothing at all if a word
 * stands behind the cursor or if the line would become, or begin as, a copy of the one below.
 */
export function fitIn(text: string, { before, rest, below }: CursorLine): string | undefined {
  if (rest !== '' && !/^[)\]}>"'`;,:{\s]+$/.test(rest)) return undefined;
  const fitted = rest === '' ? text : beforeCloser(text, rest.charAt(0));
  const line = (before + fitted + rest).trim();
  if (line === below || (before.trim() === '' && below.startsWith(line))) return undefined;
  return fitted;
}

/** The text up to the first `closer` that closes nothing opened in it. */
function beforeCloser(text: string, closer: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === closer && depth === 0) return text.slice(0, at);
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
  }
  return text;
}
