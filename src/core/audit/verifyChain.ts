import { isJsonObject } from './canonicalJson.ts';
import type { ChainDigest } from './chainDigest.ts';
import { joinBytes, splitLines, type Line } from './ledgerFiles.ts';
import { genesisHash, hasItsHash, readRecord, type Attributes, type ChainHead, type LedgerRecord } from './record.ts';
import type { Fault, FaultKind, GapNote } from './verification.ts';

/** A file of the chain with its number. */
export type Segment = { readonly name: string; readonly segment: number; readonly bytes: Uint8Array };

/** What the walk along one chain found. `tail` is what stands unfinished at the very end. */
export type ChainWalk = {
  readonly records: number;
  /** The numbers of the first record and the last; `hash` is the last one's. Absent where there is none. */
  readonly ends?: { readonly firstSeq: number; readonly lastSeq: number; readonly hash: string };
  /** The hash of the record with that number, if it was met. */
  readonly hashOf: (seq: number) => string | undefined;
  /** What its records say of the heads of other chains. */
  readonly heads: readonly KnownHead[];
  readonly faults: readonly Fault[];
  readonly gaps: readonly GapNote[];
  readonly tail?: { readonly file: string; readonly line: number; readonly whole: boolean };
};

/** How far a chain had come, as somebody else saw it. */
export type KnownHead = Omit<ChainHead, 'segment'>;

export type ChainWalker = {
  /** Walks along the next file of the chain. A step is one line; whoever takes the steps may rest between any two. */
  readonly add: (segment: Segment) => Iterable<void>;
  /** Once the last file was added. */
  readonly end: () => ChainWalk;
};

/**
 * Walks along the files of one chain in order and checks of every line that it is a record in canonical spelling, has its
 * hash, stands in its place and links to the line before. Without a digest, hashes are taken as they are. Of a record no more
 * is kept than its number and hash: a ledger may be larger than the memory.
 */
export function walkChain(chain: string, digest: ChainDigest | undefined): ChainWalker {
  const walk: Walk = {
    chain,
    digest,
    hashes: new Map(),
    count: 0,
    heads: [],
    retired: [],
    faults: [],
    gaps: [],
    junk: [],
  };
  return {
    *add(segment) {
      walk.firstFile ??= segment.name;
      for (const [index, line] of splitLines(segment.bytes).entries()) {
        step(walk, segment, { ...line, number: index + 1 });
        yield;
      }
    },
    end: () => {
      checkStart(walk);
      return found(walk);
    },
  };
}

function found({ count, first, last, hashes, heads, faults, gaps, junk, unended }: Walk): ChainWalk {
  const tail = junk[0] ?? unended;
  return {
    records: count,
    hashOf: (seq) => hashes.get(seq),
    heads,
    faults,
    gaps,
    ...(first && last && { ends: { firstSeq: first.monotonic_seq, lastSeq: last.seq, hash: last.hash } }),
    ...(tail && { tail: { file: tail.file, line: tail.line, whole: junk.length === 0 } }),
  };
}

type Walk = {
  readonly chain: string;
  readonly digest: ChainDigest | undefined;
  readonly hashes: Map<number, string>;
  readonly heads: KnownHead[];
  /** What retention says it has deleted. */
  readonly retired: Attributes[];
  readonly faults: Fault[];
  readonly gaps: GapNote[];
  count: number;
  firstFile?: string;
  first?: LedgerRecord;
  last?: { readonly seq: number; readonly hash: string };
  /** Unreadable bytes since the last record; a gap record has to vouch for them. */
  junk: { readonly file: string; readonly line: number; readonly bytes: Uint8Array }[];
  /** A whole record without its line feed. */
  unended?: Place | undefined;
};

type Place = { readonly file: string; readonly line: number };
type NumberedLine = Line & { readonly number: number };

function step(walk: Walk, segment: Segment, line: NumberedLine): void {
  const record = readRecord(line.bytes);
  const place = { file: segment.name, line: line.number };
  if (walk.unended !== undefined) {
    // A writer ends a line before it goes on, so only the very last line may lack its line feed.
    walk.faults.push({ what: 'edited', ...walk.unended, message: 'The line feed at the end of the line is gone.' });
    walk.unended = undefined;
  }
  if (record === undefined) {
    walk.junk.push({ ...place, bytes: segment.bytes.subarray(line.start, line.ended ? line.end + 1 : line.end) });
    return;
  }
  const fault = (what: FaultKind, message: string): void => void walk.faults.push({ what, ...place, message });
  settleJunk(walk, record, place);
  if (record.chain !== walk.chain || record.segment !== segment.segment) {
    fault('moved', `The record belongs to file ${record.segment} of the chain ${record.chain}.`);
  }
  if (walk.digest !== undefined && !hasItsHash(record, walk.digest)) {
    fault('edited', `The content of record ${record.monotonic_seq} is not what was written.`);
  }
  checkPlace(walk, record, fault);
  if (record.kind === 'gap') noteGap(walk, record, place);
  if (!line.ended) walk.unended = place;
  note(walk, record);
}

function note(walk: Walk, record: LedgerRecord): void {
  const { monotonic_seq: seq, hash } = record;
  walk.count += 1;
  walk.first ??= record;
  walk.last = { seq, hash };
  // Of two with the same number the first one counts; the second is a fault anyway.
  if (!walk.hashes.has(seq)) walk.hashes.set(seq, hash);
  walk.heads.push(...headsIn(record));
  if (record.kind === 'retired') walk.retired.push(record.attributes);
}

/** The heads of other chains, as a writer saw them when it opened or made a checkpoint. */
function headsIn({ attributes }: LedgerRecord): readonly KnownHead[] {
  const { heads } = attributes;
  if (!Array.isArray(heads)) return [];
  return heads.flatMap((head) => {
    if (!isJsonObject(head)) return [];
    const { chain, seq, hash } = head;
    return typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string'
      ? [{ chain, seq, hash }]
      : [];
  });
}

/** Torn bytes are no fault if the very next record vouches for exactly these bytes; and such a record needs them. */
function settleJunk(walk: Walk, record: LedgerRecord, place: Place): void {
  const first = walk.junk[0];
  const bytes = joinBytes(walk.junk.map((piece) => piece.bytes));
  walk.junk = [];
  const vouches = record.kind === 'gap' && record.attributes['gap.reason'] === 'torn';
  const vouched =
    record.attributes['gap.bytes'] === bytes.length &&
    (walk.digest === undefined || record.attributes['gap.hash'] === walk.digest.hex(bytes));
  if (vouches ? vouched : first === undefined) return;
  walk.faults.push(
    first === undefined
      ? { what: 'removed', ...place, message: 'The torn line that this gap record vouches for is missing.' }
      : {
          what: 'unreadable',
          file: first.file,
          line: first.line,
          message: 'The line is not a record of the ledger, and no gap record vouches for it.',
        },
  );
}

function checkPlace(walk: Walk, record: LedgerRecord, fault: (what: FaultKind, message: string) => void): void {
  const before = walk.last;
  if (before === undefined) return;
  const expected = before.seq + 1;
  const seq = record.monotonic_seq;
  // After a cut the writer goes on behind the numbers that are gone; the gap record itself is reported as the fault.
  const afterCut = record.kind === 'gap' && record.attributes['gap.reason'] === 'cut';
  if (seq < expected) {
    fault(seq === before.seq ? 'repeated' : 'moved', `Record ${seq} stands after record ${expected - 1}.`);
  } else if (seq > expected && !afterCut) {
    fault('removed', `Before record ${seq}, ${range(expected, seq - 1)} missing.`);
  } else if (record.prev_hash !== before.hash) {
    fault('unlinked', `Record ${seq} does not link to the record before it.`);
  }
}

function noteGap(walk: Walk, record: LedgerRecord, place: Place): void {
  const { attributes } = record;
  const reason = attributes['gap.reason'];
  if (reason === 'cut') {
    const [first, last] = [Number(attributes['gap.first_seq']), Number(attributes['gap.last_seq'])];
    const message = `When the writer came back, the chain had lost its end: ${range(first, last)} missing.`;
    walk.faults.push({ what: 'cut', ...place, message });
  } else if (reason === 'anchor-lost') {
    walk.faults.push({ what: 'anchor-lost', ...place, message: 'When the writer came back, the anchor was gone.' });
  } else if (reason === 'overflow') {
    const lost = Number(attributes['gap.records']);
    walk.gaps.push({ ...place, message: `${lost} records were lost while the ledger could not be written.` });
  } else {
    walk.gaps.push({ ...place, message: 'A crash tore a write here; the ledger went on after it.' });
  }
}

/** A chain begins at record 0, or where retention says that it has cut it. */
function checkStart({ first: record, firstFile, retired, faults }: Walk): void {
  if (record === undefined || firstFile === undefined) return;
  if (record.monotonic_seq === 0 && record.prev_hash === genesisHash) return;
  const isRetired = retired.some(
    (attributes) =>
      attributes['retired.last_seq'] === record.monotonic_seq - 1 &&
      attributes['retired.last_hash'] === record.prev_hash,
  );
  // A chain that was cut down to nothing goes on with the gap record, which is reported by itself.
  const cut = record.kind === 'gap' && record.attributes['gap.reason'] === 'cut';
  if (isRetired || cut) return;
  const message = `The chain begins with record ${record.monotonic_seq}; the ones before it were not deleted by retention.`;
  faults.push({ what: 'removed', file: firstFile, line: 1, message });
}

function range(first: number, last: number): string {
  return first >= last ? `record ${last} is` : `records ${first} to ${last} are`;
}
