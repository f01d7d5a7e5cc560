/** A JSON string within a body: what it says, and where it stands, quotes included, in UTF-16 units of the body. */
export type BodyString = { readonly text: string; readonly start: number; readonly end: number };

/**
 * All strings of a JSON text, keys and values, also those that a parser would drop because a later key has the same name.
 * Undefined where the text is not JSON.
 */
export function bodyStrings(json: string): readonly BodyString[] | undefined {
  try {
    JSON.parse(json);
  } catch {
    return undefined;
  }
  const strings: BodyString[] = [];
  for (let start = json.indexOf('"'); start !== -1;) {
    const end = endOfString(json, start);
    const raw = json.slice(start + 1, end - 1);
    const text = raw.includes('\\') ? unescaped(json.slice(start, end)) : raw;
    strings.push({ text, start, end });
    start = json.indexOf('"', end);
  }
  return strings;
}

/** What stands between the strings: numbers and punctuation. */
export function betweenStrings(json: string, strings: readonly BodyString[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of strings) {
    pieces.push(json.slice(at, start));
    at = end;
  }
  pieces.push(json.slice(at));
  return pieces.join('"');
}

function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json.charAt(quote - 1 - slashes) === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return json.length;
}

function unescaped(token: string): string {
  const value: unknown = JSON.parse(token);
  return typeof value === 'string' ? value : token;
}
