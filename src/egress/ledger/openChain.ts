import { readAnchor, sealAnchor } from '../../core/audit/anchor.ts';
import type { ChainDigest } from '../../core/audit/chainDigest.ts';
import { recover } from '../../core/audit/recover.ts';
import { joinBytes, splitLines } from '../../core/audit/ledgerFiles.ts';
import type { ClaimedChain } from '../../core/audit/ledgerStore.ts';
import {
  genesisHash,
  readRecord,
  sealRecord,
  type Attributes,
  type ChainHead,
  type LedgerEntry,
} from '../../core/audit/record.ts';
import { retire } from './retire.ts';

/** A chain whose end is known, ready for the next record. */
export type OpenChain = {
  /** Writes all entries or none, then the anchor. Rejects with the system's error; the chain must then be opened anew. */
  write(entries: readonly LedgerEntry[]): Promise<void>;
};

export type OpenDeps = {
  readonly digest: ChainDigest;
  readonly now: () => number;
  /** Which program writes: kept with each opening. */
  readonly writer?: Attributes;
  readonly settings: () => {
    readonly segmentBytes: number;
    readonly retentionDays: number;
    readonly checkpointEvery: number;
  };
};

/**
 * Finds the end of a claimed chain, mends what a crash left there, records what is missing, and deletes what retention
 * lets go. `resume`: this process has opened it before and comes back after a failed write.
 */
export async function openChain(claimed: ClaimedChain, deps: OpenDeps, { resume }: Resume): Promise<OpenChain> {
  const state = await findEnd(claimed, deps.digest);
  const entry = entryAt(deps.now());
  const gaps = state.gaps.map((gap) => entry('gap', gap));
  if (resume) {
    await write(state, deps, gaps);
  } else {
    const opened = { ...deps.writer, 'hash.algorithm': deps.digest.algorithm, heads: await otherHeads(claimed) };
    await write(state, deps, [...gaps, entry('opened', opened)]);
    await retireOld(state, deps);
  }
  return { write: (entries) => write(state, deps, entries) };
}

export type Resume = { readonly resume: boolean };

async function retireOld(state: State, deps: OpenDeps): Promise<void> {
  const retired = await retire(state.claimed, state.head.segment, deps);
  const entry = entryAt(deps.now());
  await write(
    state,
    deps,
    retired.map((found) => entry('retired', found.attributes)),
  );
  // Only once the ledger says that a file is gone, it goes: the other way round a crash would look like a theft.
  for (const { segment } of retired) await state.claimed.remove(segment);
}

type State = {
  readonly claimed: ClaimedChain;
  head: ChainHead;
  /** Bytes of the current file. */
  size: number;
  /** To be written before the next record. */
  mend: Uint8Array;
  readonly gaps: readonly Attributes[];
  /** When the first record of the current file was made, where that was before this process opened it. */
  begun?: string | undefined;
  /** The record that the anchor on the disk vouches for; undefined while that is not known. */
  anchored?: number | undefined;
};

async function findEnd(claimed: ClaimedChain, digest: ChainDigest): Promise<State> {
  const segments = await claimed.segments();
  const segment = segments.at(-1) ?? 1;
  const anchorBytes = await claimed.readAnchor();
  const anchor = anchorBytes === undefined ? undefined : readAnchor(anchorBytes, digest);
  const files: Uint8Array[] = [];
  for (const number of segments.toReversed()) {
    files.unshift(await claimed.read(number));
    const found = recover({ name: claimed.name, segment, files }, anchor, digest);
    if (found.head.hash !== genesisHash) return { claimed, ...found, begun: firstMoment(files.at(-1)) };
  }
  const found = recover({ name: claimed.name, segment, files }, anchor, digest);
  // Written before the first record, so that a chain with records and without an anchor can only be a tampered one.
  if (anchor === undefined) await claimed.writeAnchor(sealAnchor(found.head, digest));
  return { claimed, ...found };
}

async function write(state: State, deps: OpenDeps, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length > 0) {
    // A torn line is ended in the file that it stands in.
    if (isComplete(state, deps) && state.mend.length === 0) {
      state.head = { ...state.head, segment: state.head.segment + 1 };
      [state.size, state.begun] = [0, undefined];
    }
    // One write for all, so that a failure leaves nothing half recorded.
    await append(state, deps.digest, [...entries, ...(await checkpointAfter(state, deps, entries.length))]);
  }
  await anchor(state, deps.digest);
}

/** Retention deletes whole files: one that went on for long would keep its oldest records for as long beyond it. */
function isComplete({ size, begun }: State, { now, settings }: OpenDeps): boolean {
  const { segmentBytes, retentionDays } = settings();
  if (size >= segmentBytes) return true;
  if (begun === undefined || retentionDays <= 0) return false;
  return begun < new Date(now() - (retentionDays / filesInRetention) * dayMs).toISOString();
}

const filesInRetention = 12;
const dayMs = 24 * 60 * 60 * 1000;

function firstMoment(file: Uint8Array | undefined): string | undefined {
  const [line] = file === undefined ? [] : splitLines(file);
  return line && readRecord(line.bytes)?.ts;
}

async function append(state: State, digest: ChainDigest, entries: readonly LedgerEntry[]): Promise<void> {
  let { head } = state;
  const pieces: Uint8Array[] = [state.mend];
  for (const entry of entries) {
    const sealed = sealRecord(head, entry, digest);
    pieces.push(sealed.bytes);
    head = sealed.head;
  }
  const bytes = joinBytes(pieces);
  await state.claimed.append(head.segment, bytes, state.size);
  state.size += bytes.length;
  state.head = head;
  state.mend = new Uint8Array();
}

/** The records stand by now: an anchor that cannot be written is not their failure, and is written with the next ones. */
async function anchor(state: State, digest: ChainDigest): Promise<void> {
  if (state.anchored === state.head.seq) return;
  try {
    await state.claimed.writeAnchor(sealAnchor(state.head, digest));
    state.anchored = state.head.seq;
  } catch {
    state.anchored = undefined;
  }
}

async function checkpointAfter(state: State, deps: OpenDeps, count: number): Promise<readonly LedgerEntry[]> {
  const { checkpointEvery } = deps.settings();
  const next = state.head.seq + 1;
  if (Math.floor((next + count) / checkpointEvery) === Math.floor(next / checkpointEvery)) return [];
  const heads = await otherHeads(state.claimed);
  return [entryAt(deps.now())('checkpoint', { records: next + count, heads })];
}

async function otherHeads(claimed: ClaimedChain): Promise<readonly { chain: string; seq: number; hash: string }[]> {
  const anchors = await claimed.otherAnchors();
  return anchors.flatMap(({ bytes }) => {
    const anchor = readAnchor(bytes, undefined);
    if (anchor.kind === 'unreadable') return [];
    const { chain, seq, hash } = anchor.head;
    return [{ chain, seq, hash }];
  });
}

function entryAt(now: number): (kind: LedgerEntry['kind'], attributes: Attributes) => LedgerEntry {
  const ts = new Date(now).toISOString();
  return (kind, attributes) => ({ kind, ts, attributes });
}
