import { parseJson, type Json } from '../audit/canonicalJson.ts';
import { isDistinctive } from './isDistinctive.ts';

/**
 * The values of a sensitive file that are worth looking for in what leaves: from settings (env, ini, properties, TOML,
 * YAML), JSON, key files, tables and connection strings. Long values come in pieces, so that a part of one is found too.
 * Words, paths, hosts, versions and placeholders are left out. At most 20,000 values.
 */
export function extractValues(text: string, name: string): readonly string[] {
  const found = new Set<string>();
  const json = /\.(?:jsonc?|tfstate|har|ipynb)(?:\.|$)/i.test(name) ? parseJson(text) : undefined;
  const candidates = json === undefined ? fromLines(text) : fromJson(json, '');
  for (const candidate of candidates) {
    for (const part of partsOf(candidate)) {
      if (isDistinctive(part.value, part.name)) for (const piece of pieces(part.value)) found.add(piece);
    }
    if (found.size >= mostValues) break;
  }
  return [...found].slice(0, mostValues);
}

/** A value and the name that it goes by in the file, empty where it has none. */
type Candidate = { readonly name: string; readonly value: string };

function* fromJson(value: Json, name: string): Generator<Candidate> {
  if (typeof value === 'string') yield* value.split(/\r?\n/).map((line) => ({ name, value: line }));
  else if (typeof value === 'number') yield { name, value: String(value) };
  else if (Array.isArray(value)) for (const item of value) yield* fromJson(item, name);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      // A map from customers to whatever has its values in the keys.
      yield { name: '', value: key };
      yield* fromJson(member, key);
    }
  }
}

function* fromLines(text: string): Generator<Candidate> {
  for (const line of text.split(/\r?\n/)) {
    if (line.length > 20_000) {
      yield* cells(line);
      continue;
    }
    // What is commented out was a value yesterday.
    const bare = line.replace(/^\s*(?:#|;|\/\/|--)?\s*/, '');
    const pair = /^(?:export\s+|set\s+|-\s+)?["']?([\w./:@-]{1,80}?)["']?\s*(?:=>|[:=])\s*(\S.*)$/.exec(bare);
    if (pair !== null) {
      const [, name = '', value = ''] = pair;
      yield { name, value: unquoted(value) };
      yield* cells(value);
      if (bare.includes('://')) yield { name: '', value: unquoted(bare) };
      continue;
    }
    yield* cells(bare);
  }
}

/** Words and table cells; in `machine host login user password CANARY` the word before names the value. */
function* cells(line: string): Generator<Candidate> {
  let name = '';
  for (const cell of line.split(/[\s,;|]+/)) {
    const value = unquoted(cell);
    if (value !== '') yield { name: name.length <= 40 ? name : '', value };
    const [, key, member] = /^([\w.-]{1,60})=(.+)$/.exec(value) ?? [];
    if (key !== undefined && member !== undefined) yield { name: key, value: unquoted(member) };
    name = value;
  }
}

function unquoted(value: string): string {
  const quoted = /^(["'`])(.*)\1\s*[,;]?\s*(?:#.*)?$/.exec(value);
  if (quoted?.[2] !== undefined) return quoted[2].replaceAll(/\\(["'\\])/g, '$1');
  return value
    .replace(/\s+#.*$/, '')
    .replace(/[,;]\s*$/, '')
    .replaceAll(/^["'`]|["'`]$/g, '')
    .trim();
}

/** The value itself and what is secret within it: passwords of addresses and of `Key=Value;` connection strings. */
function partsOf(whole: Candidate): readonly Candidate[] {
  const { value } = whole;
  if (value.length > 20_000) return [];
  const passwords: string[] = [];
  const password = /:\/\/[^\s:/@]{0,80}:([^\s/@]{3,200})@/.exec(value)?.[1];
  if (password !== undefined) passwords.push(password, withoutPercent(password));
  for (const [, member] of value.matchAll(
    /(?:^|;)\s{0,4}(?:password|pwd|accountkey|sharedaccesskey)\s?=\s?([^;]{3,300})/gi,
  )) {
    if (member !== undefined) passwords.push(member);
  }
  // `user:password` as in .htpasswd and .pgpass.
  const last = /^[^\s:]{1,80}(?::[^\s:]{0,80}){0,3}:([^\s:]{8,200})$/.exec(value)?.[1];
  const parts = passwords.map((part) => ({ name: 'password', value: part }));
  return last === undefined ? [whole, ...parts] : [whole, ...parts, { name: '', value: last }];
}

function withoutPercent(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function pieces(value: string): readonly string[] {
  if (value.length <= longest) return [value];
  const parts: string[] = [];
  for (let at = 0; at + pieceLength <= value.length; at += pieceLength) parts.push(value.slice(at, at + pieceLength));
  parts.push(value.slice(-pieceLength));
  return parts;
}

const longest = 80;
const pieceLength = 40;
const mostValues = 20_000;
