import { reveal, type Labelled } from '../label/labelled.ts';
import { extractValues } from './extractValues.ts';
import type { Finding } from './finding.ts';

/** The values of sensitive files, by which a copy of one is recognised wherever it stands. */
export type ValueIndex = {
  /** Takes in a file's values, in place of those that it had. `name` is its path as the user reads it. */
  put(id: string, name: string, text: Labelled): void;
  remove(id: string): void;
  /** Every value that occurs in the text, not overlapping. Linear in the length of the text. */
  find(text: string): readonly Finding[];
  /** How many values there are. */
  size(): number;
};

export type ValueIndexDeps = {
  /** A keyed hash under a key of this process alone. */
  readonly hash: (text: string) => string;
  /** Random, 32 bits: makes the fast hashes differ from one process to the next. */
  readonly seed: number;
};

/**
 * Keeps hashes, never values: a keyed hash of each, and two fast ones by which nearly every place of a text is passed over
 * without computing it. The first covers eight characters and rolls; the second covers the whole value.
 */
export function createValueIndex({ hash, seed }: ValueIndexDeps): ValueIndex {
  const files = new Map<string, { readonly name: string; readonly entries: readonly Entry[] }>();
  let table: Table | undefined;
  const factor = (seed | 1) >>> 0;
  return {
    put(id, name, text) {
      const values = extractValues(reveal(text), name);
      files.set(id, { name, entries: values.map((value) => entryOf(value, factor, hash)) });
      table = undefined;
    },
    remove(id) {
      if (files.delete(id)) table = undefined;
    },
    find(text) {
      table ??= tableOf(files.values());
      return table.names.size === 0 ? [] : search(text, table, { factor, hash });
    },
    size: () => [...files.values()].reduce((sum, { entries }) => sum + entries.length, 0),
  };
}

type Entry = { readonly first: number; readonly whole: number; readonly length: number; readonly keyed: string };

type Table = {
  /** One bit for each first hash, by its upper bits. */
  readonly bits: Uint8Array;
  readonly lengths: ReadonlyMap<number, readonly number[]>;
  readonly wholes: ReadonlySet<number>;
  /** The file that a keyed hash is from. */
  readonly names: ReadonlyMap<string, string>;
};

type Hashing = { readonly factor: number; readonly hash: (text: string) => string };

function entryOf(value: string, factor: number, hash: (text: string) => string): Entry {
  const whole = wholeHash(value, { start: 0, length: value.length }, factor);
  return { first: firstHash(value, factor), whole, length: value.length, keyed: hash(value) };
}

function tableOf(files: Iterable<{ readonly name: string; readonly entries: readonly Entry[] }>): Table {
  const bits = new Uint8Array(1 << (tableBits - 3));
  const lengths = new Map<number, number[]>();
  const wholes = new Set<number>();
  const names = new Map<string, string>();
  for (const { name, entries } of files) {
    for (const { first, whole, length, keyed } of entries) {
      const slot = first >>> (32 - tableBits);
      bits[slot >> 3] = (bits[slot >> 3] ?? 0) | (1 << (slot & 7));
      const known = lengths.get(first) ?? [];
      if (!known.includes(length))
        lengths.set(
          first,
          [...known, length].sort((a, b) => b - a),
        );
      wholes.add(whole);
      names.set(keyed, name);
    }
  }
  return { bits, lengths, wholes, names };
}

function search(text: string, table: Table, hashing: Hashing): readonly Finding[] {
  const { factor } = hashing;
  let leaving = 1;
  for (let at = 0; at < window; at++) leaving = Math.imul(leaving, factor);
  const found: Finding[] = [];
  let free = 0;
  let rolling = 0;
  for (let end = 0; end < text.length; end++) {
    rolling = (Math.imul(rolling, factor) + text.charCodeAt(end) + 1) | 0;
    const start = end - window + 1;
    if (start < 0) continue;
    if (start > 0) rolling = (rolling - Math.imul(text.charCodeAt(start - 1) + 1, leaving)) | 0;
    const slot = rolling >>> (32 - tableBits);
    if (start < free || ((table.bits[slot >> 3] ?? 0) & (1 << (slot & 7))) === 0) continue;
    const finding = findingAt(text, { start, first: rolling >>> 0 }, { table, hashing });
    if (finding === undefined) continue;
    found.push(finding);
    free = finding.end;
    if (found.length >= mostFindings) break;
  }
  return found;
}

function findingAt(
  text: string,
  { start, first }: { readonly start: number; readonly first: number },
  { table, hashing }: { readonly table: Table; readonly hashing: Hashing },
): Finding | undefined {
  for (const length of table.lengths.get(first) ?? []) {
    const end = start + length;
    if (end > text.length || !standsAlone(text, start, end)) continue;
    if (!table.wholes.has(wholeHash(text, { start, length }, hashing.factor))) continue;
    const name = table.names.get(hashing.hash(text.slice(start, end)));
    if (name === undefined) continue;
    return { rule: 'sensitive-value', kind: 'value', title: `value from ${name}`, confidence: 'high', start, end };
  }
  return undefined;
}

/** A short value counts only by itself, not as a part of a longer word. */
function standsAlone(text: string, start: number, end: number): boolean {
  if (end - start >= 16) return true;
  return !(isWordAt(text, start - 1) && isWordAt(text, start)) && !(isWordAt(text, end - 1) && isWordAt(text, end));
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code > 47 && code < 58) || (code > 64 && code < 91) || (code > 96 && code < 123) || code === 95;
}

function firstHash(value: string, factor: number): number {
  let hash = 0;
  for (let at = 0; at < window; at++) hash = (Math.imul(hash, factor) + value.charCodeAt(at) + 1) | 0;
  return hash >>> 0;
}

function wholeHash(text: string, { start, length }: { start: number; length: number }, seed: number): number {
  let hash = seed ^ length;
  for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** No value is shorter. */
const window = 8;
const tableBits = 20;
const mostFindings = 100;
