import type { Encoding } from './finding.ts';

/** A piece of a text that was written in another alphabet, and what it says. */
export type DecodedRun = {
  readonly encoding: Encoding;
  readonly text: string;
  /** UTF-16 offsets of the encoded run. */
  readonly start: number;
  readonly end: number;
};

/**
 * The readable texts that stand in base64, base64url, hexadecimal or percent escapes: one layer, as a secret that is copied
 * out of a manifest or an address has it. What does not decode to text is left out.
 */
export function decodeRuns(text: string): readonly DecodedRun[] {
  return [...base64Runs(text), ...hexRuns(text), ...urlRuns(text)];
}

/** The text that base64 or base64url stands for; undefined where it is not readable. */
export function decodeBase64(encoded: string): string | undefined {
  const bytes = new Uint8Array(Math.floor((encoded.length * 3) / 4));
  let length = 0;
  let buffer = 0;
  let bits = 0;
  for (let at = 0; at < encoded.length; at++) {
    const value = base64Values[encoded.charCodeAt(at)] ?? 255;
    if (value === 255) continue;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (buffer >> bits) & 0xff;
  }
  return readable(bytes.subarray(0, length));
}

function base64Runs(text: string): readonly DecodedRun[] {
  const runs: DecodedRun[] = [];
  for (const { index: start, 0: folded } of text.matchAll(base64)) {
    if (!isLikelyBase64(folded)) continue;
    const run = folded.includes('\n') ? folded.replaceAll(/\r?\n/g, '') : folded;
    // A run that something stands before may begin at any of four places within its groups; its middle tells which.
    const middle = run.length < 96 ? 0 : (run.length >> 3) * 4;
    for (let skip = 0; skip < 4; skip++) {
      if (decodeBase64(run.slice(middle + skip, middle + skip + 96)) === undefined) continue;
      const decoded = decodeBase64(run.slice(skip));
      if (decoded !== undefined) runs.push({ encoding: 'base64', text: decoded, start, end: start + folded.length });
      break;
    }
  }
  return runs;
}

/** Long names have few digits and their capitals at the beginnings of words; base64 of text mixes all three. */
function isLikelyBase64(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && (/\d/.test(run) || run.length >= 40);
}

function hexRuns(text: string): readonly DecodedRun[] {
  const runs: DecodedRun[] = [];
  for (const { index: start, 0: run } of text.matchAll(hexadecimal)) {
    for (let skip = 0; skip < 2; skip++) {
      const decoded = readable(fromHex(run.slice(skip)));
      if (decoded === undefined) continue;
      runs.push({ encoding: 'hex', text: decoded, start, end: start + run.length });
      break;
    }
  }
  return runs;
}

function fromHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length >> 1);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = (hexValue(digits.charCodeAt(at * 2)) << 4) | hexValue(digits.charCodeAt(at * 2 + 1));
  }
  return bytes;
}

/** Of a character that is known to be a hexadecimal digit. */
function hexValue(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87;
}

function urlRuns(text: string): readonly DecodedRun[] {
  const runs: DecodedRun[] = [];
  for (let at = text.indexOf('%'); at !== -1;) {
    escape.lastIndex = at;
    if (!escape.test(text)) {
      at = text.indexOf('%', at + 1);
      continue;
    }
    let start = at;
    const floor = Math.max(runs.at(-1)?.end ?? 0, at - 512);
    while (start > floor && isUrlUnit(text, start - 1)) start--;
    let end = at;
    while (end < text.length && isUrlUnit(text, end)) end++;
    runs.push({ encoding: 'url', text: withoutPercent(text.slice(start, end)), start, end });
    at = text.indexOf('%', end);
  }
  return runs;
}

function isUrlUnit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code > 32 && code < 127 && !unfitForUrl.has(code);
}

function withoutPercent(run: string): string {
  return run.replaceAll(/(?:%[0-9A-Fa-f]{2}){1,64}/g, (escapes) => {
    const bytes = Uint8Array.from(escapes.split('%').slice(1), (digits) => parseInt(digits, 16));
    return new TextDecoder('utf-8').decode(bytes);
  });
}

/** Text and not any bytes: hardly a control character, and either mostly ASCII (some bytes around it may not fit) or UTF-8. */
function readable(bytes: Uint8Array): string | undefined {
  if (bytes.length < 8) return undefined;
  let odd = 0;
  let ascii = 0;
  for (const byte of bytes) {
    if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) odd++;
    else if (byte < 127) ascii++;
  }
  if (odd * 12 > bytes.length) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: ascii * 4 < bytes.length * 3 }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Folded base64 (a line feed every 64 or 76 characters) counts as one run. */
const base64 = /[A-Za-z0-9+/_-]{24,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}/g;
const hexadecimal = /(?:[0-9a-f]{24,}|[0-9A-F]{24,})/g;
const escape = /%[0-9A-Fa-f]{2}/y;
const unfitForUrl = new Set(Array.from('"\'`<>\\^{|}', (character) => character.charCodeAt(0)));

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64Values = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const value = alphabet.indexOf(character === '-' ? '+' : character === '_' ? '/' : character);
  return value === -1 ? 255 : value;
});
