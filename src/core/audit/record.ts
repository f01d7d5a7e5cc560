import { canonicalJson, isJsonObject, parseJson, type Json } from './canonicalJson.ts';
import type { ChainDigest } from './chainDigest.ts';

/**
 * One line of the ledger. `hash` covers every other field, `prev_hash` among them, in canonical JSON: a line cannot change,
 * go or move without its own hash or its neighbour's link failing.
 */
export type LedgerRecord = {
  readonly schema_version: 1;
  /** The chain that the line belongs to; each process writes its own. */
  readonly chain: string;
  /** The file of that chain, counted from one. */
  readonly segment: number;
  /** Counts the chain's records from zero, across its files. */
  readonly monotonic_seq: number;
  /** Wall clock, ISO 8601 in UTC. */
  readonly ts: string;
  readonly kind: RecordKind;
  readonly attributes: Attributes;
  readonly prev_hash: string;
  readonly hash: string;
};

/**
 * `request`: one receipt. `opened`: a process began to write. `checkpoint`: the size and the head of the chain, to be kept
 * elsewhere. `gap`: what is missing here and why. `retired`: an old file was deleted by retention.
 */
export type RecordKind = (typeof recordKinds)[number];
export const recordKinds = ['request', 'opened', 'checkpoint', 'gap', 'retired'] as const;

export type Attributes = { readonly [name: string]: Json };

/** What a writer adds to a chain, before it is sealed. */
export type LedgerEntry = { readonly kind: RecordKind; readonly ts: string; readonly attributes: Attributes };

/** The last record of a chain; `seq` is -1 while there is none. */
export type ChainHead = {
  readonly chain: string;
  readonly segment: number;
  readonly seq: number;
  readonly hash: string;
};

/** What the first record of a chain links to. */
export const genesisHash = '0'.repeat(64);

/** Links an entry to the head of its chain. Gives the line with its line feed, in bytes, and the new head. */
export function sealRecord(
  head: ChainHead,
  entry: LedgerEntry,
  digest: ChainDigest,
): { readonly bytes: Uint8Array; readonly head: ChainHead } {
  const seq = head.seq + 1;
  const open = {
    schema_version: 1,
    chain: head.chain,
    segment: head.segment,
    monotonic_seq: seq,
    ts: entry.ts,
    kind: entry.kind,
    attributes: entry.attributes,
    prev_hash: head.hash,
  } as const;
  const hash = digest.hex(encoder.encode(canonicalJson(open)));
  return {
    bytes: encoder.encode(`${canonicalJson({ ...open, hash })}\n`),
    head: { chain: head.chain, segment: head.segment, seq, hash },
  };
}

/** Reads one line without its line feed; undefined unless it is a record in exactly the spelling that was hashed. */
export function readRecord(line: Uint8Array): LedgerRecord | undefined {
  const text = decode(line);
  const value = text === undefined ? undefined : parseJson(text);
  const record = isJsonObject(value) ? narrow(value) : undefined;
  return record !== undefined && canonicalJson(record) === text ? record : undefined;
}

/** Whether the record's hash is the one its content has under this digest. */
export function hasItsHash(record: LedgerRecord, digest: ChainDigest): boolean {
  const { hash, ...open } = record;
  return digest.hex(encoder.encode(canonicalJson(open))) === hash;
}

function narrow(value: { readonly [key: string]: Json }): LedgerRecord | undefined {
  const { schema_version, chain, segment, monotonic_seq, ts, kind, attributes, prev_hash, hash, ...rest } = value;
  const known = recordKinds.find((name) => name === kind);
  if (schema_version !== 1 || known === undefined || !isJsonObject(attributes)) return undefined;
  if (typeof chain !== 'string' || typeof ts !== 'string' || Object.keys(rest).length > 0) return undefined;
  if (typeof segment !== 'number' || typeof monotonic_seq !== 'number') return undefined;
  if (typeof prev_hash !== 'string' || typeof hash !== 'string') return undefined;
  return { schema_version, chain, segment, monotonic_seq, ts, kind: known, attributes, prev_hash, hash };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const encoder = new TextEncoder();
