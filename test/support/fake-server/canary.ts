/**
 * True when the canary occurs in the bytes, however a client may have written it: as it is, percent-encoded, escaped as
 * JSON (also JSON within JSON), in base64 or base64url at any alignment, in hexadecimal, as UTF-16, in any letter case.
 * Throws a RangeError for canaries under eight bytes, which would be found by chance.
 */
export function containsCanary(bytes: Buffer, canary: string): boolean {
  const needle = Buffer.from(canary, 'utf8');
  if (needle.length < 8) throw new RangeError(`The canary "${canary}" is too short: use at least eight bytes.`);
  const spelled = spellings(needle, canary);
  const encoded = [...base64Forms(needle), ...base64Forms(Buffer.from(canary, 'utf16le'))];
  return readings(bytes).some(
    (reading) =>
      spelled.some((form) => reading.folded.includes(form)) || encoded.some((form) => reading.dense.includes(form)),
  );
}

interface Reading {
  /** Lower case, for a search that ignores letter case. */
  readonly folded: string;
  /** Without white space, so that folded base64 lines join up. */
  readonly dense: string;
}

const known = new WeakMap<Buffer, readonly Reading[]>();

function readings(bytes: Buffer): readonly Reading[] {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const texts = new Set([bytes.toString('latin1')]);
  // The set grows while it is walked: encodings within encodings are undone until nothing changes any more.
  for (const text of texts) {
    if (text.includes('%')) texts.add(withoutPercent(text));
    if (text.includes('+')) texts.add(withoutPercent(text.replaceAll('+', ' ')));
    if (text.includes('\\')) texts.add(withoutBackslash(text));
  }
  const found = [...texts].map((text) => ({ folded: text.toLowerCase(), dense: text.replaceAll(/\s+/g, '') }));
  known.set(bytes, found);
  return found;
}

function spellings(needle: Buffer, canary: string): readonly string[] {
  return [needle.toString('latin1'), needle.toString('hex'), Buffer.from(canary, 'utf16le').toString('latin1')].map(
    (form) => form.toLowerCase(),
  );
}

function base64Forms(needle: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), needle]).toString('base64');
    // Only characters whose six bits all come from the needle are the same in every surrounding.
    const stable = padded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + needle.length) * 8) / 6));
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function withoutPercent(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function withoutBackslash(text: string): string {
  return text.replaceAll(/(?:\\u[0-9a-f]{4})+|\\([^u])/gi, (whole, simple: string | undefined) => {
    if (simple !== undefined) return escapes[simple] ?? simple;
    const units = whole
      .split('\\u')
      .slice(1)
      .map((hex) => parseInt(hex, 16));
    // A run of escapes is decoded together, so that surrogate pairs become one character before they become bytes.
    return Buffer.from(String.fromCharCode(...units), 'utf8').toString('latin1');
  });
}
