import type { ReadAnchor } from './anchor.ts';
import type { ChainDigest } from './chainDigest.ts';
import { splitLines } from './ledgerFiles.ts';
import { genesisHash, hasItsHash, readRecord, type Attributes, type ChainHead, type LedgerRecord } from './record.ts';

/** Where a chain goes on after its writer ended, however it ended. */
export type Recovery = {
  readonly head: ChainHead;
  /** Bytes of the newest file. */
  readonly size: number;
  /** Bytes to write before the next record: a missing line feed. */
  readonly mend: Uint8Array;
  /** What must be recorded as missing, one `gap` record each. */
  readonly gaps: readonly Attributes[];
};

/**
 * Finds the end of a chain: the newest record that is whole. What stands after it was torn by a crash; it is kept, ended
 * by a line feed and vouched for by a gap record with its length and hash. An anchor that lies beyond the end proves that
 * records which once were on the disk are gone, and that is recorded too.
 * `files` are the newest file and, while those hold no whole record, the ones before it.
 */
export function recover(
  chain: { readonly name: string; readonly segment: number; readonly files: readonly Uint8Array[] },
  anchor: ReadAnchor | undefined,
  digest: ChainDigest,
): Recovery {
  const newest = chain.files.at(-1) ?? new Uint8Array();
  const last = chain.files.map((file) => lastWhole(file, chain.name, digest)).findLast((found) => found !== undefined);
  const inNewest = lastWhole(newest, chain.name, digest);
  const end = inNewest === undefined ? 0 : inNewest.end;
  const missingFeed = newest.length > 0 && newest.at(-1) !== lineFeed;
  const torn = newest.subarray(end);
  const tornWithFeed = missingFeed ? withFeed(torn) : torn;
  const wholeButUnended = inNewest !== undefined && torn.length === 0 && missingFeed;
  const seq = last?.record.monotonic_seq ?? -1;
  const cut = cutGap(seq, anchor);
  return {
    head: {
      chain: chain.name,
      segment: chain.segment,
      seq: Math.max(seq, cut?.lastSeq ?? -1),
      hash: last?.record.hash ?? genesisHash,
    },
    size: newest.length,
    mend: missingFeed ? Uint8Array.of(lineFeed) : new Uint8Array(),
    gaps: [
      ...(tornWithFeed.length > 0 && !wholeButUnended ? [tornGap(tornWithFeed, digest)] : []),
      ...(cut === undefined ? [] : [cut.attributes]),
    ],
  };
}

/** The attributes of a gap record that vouches for torn bytes before it. */
export function tornGap(bytes: Uint8Array, digest: ChainDigest): Attributes {
  return { 'gap.reason': 'torn', 'gap.bytes': bytes.length, 'gap.hash': digest.hex(bytes) };
}

function withFeed(bytes: Uint8Array): Uint8Array {
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  ended[bytes.length] = lineFeed;
  return ended;
}

function lastWhole(
  file: Uint8Array,
  chain: string,
  digest: ChainDigest,
): { readonly record: LedgerRecord; readonly end: number } | undefined {
  for (const line of splitLines(file).toReversed()) {
    const record = readRecord(line.bytes);
    if (record === undefined || record.chain !== chain || !hasItsHash(record, digest)) continue;
    return { record, end: line.ended ? line.end + 1 : line.end };
  }
  return undefined;
}

function cutGap(
  seq: number,
  anchor: ReadAnchor | undefined,
): { readonly lastSeq: number; readonly attributes: Attributes } | undefined {
  if (anchor?.kind === 'anchor' && anchor.head.seq > seq) {
    const range = { 'gap.first_seq': seq + 1, 'gap.last_seq': anchor.head.seq };
    return { lastSeq: anchor.head.seq, attributes: { 'gap.reason': 'cut', ...range, 'gap.hash': anchor.head.hash } };
  }
  // The anchor is written before a chain's first record: a chain with records and without one has been tampered with.
  if (anchor?.kind !== 'anchor' && seq >= 0) return { lastSeq: seq, attributes: { 'gap.reason': 'anchor-lost' } };
  return undefined;
}

const lineFeed = 0x0a;
