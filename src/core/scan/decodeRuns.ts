import { decodeBase64 } from './decodeBase64.ts';
import type { Encoding } from './finding.ts';
import { readable } from './readable.ts';

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
    if (end - start >= shortestUrl) {
      runs.push({ encoding: 'url', text: withoutPercent(text.slice(start, end)), start, end });
    }
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
    return decoder.decode(bytes);
  });
}

/** Folded base64 (a line feed every 64 or 76 characters) counts as one run. */
const base64 = /[A-Za-z0-9+/_-]{24,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}/g;
const hexadecimal = /(?:[0-9a-f]{24,}|[0-9A-F]{24,})/g;
const decoder = new TextDecoder('utf-8');
/** One escape and seven characters: what decodes to less holds nothing. */
const shortestUrl = 10;
const escape = /%[0-9A-Fa-f]{2}/y;
const unfitForUrl = new Set(Array.from('"\'`<>\\^{|}', (character) => character.charCodeAt(0)));
