import { describeReceipt, type Identity } from '../../core/audit/describeReceipt.ts';
import type { ChainDigest } from '../../core/audit/chainDigest.ts';
import type { LedgerStore } from '../../core/audit/ledgerStore.ts';
import type { Receipt } from '../../core/audit/receipt.ts';
import type { LedgerEntry } from '../../core/audit/record.ts';
import { openChain, type OpenChain } from './openChain.ts';
import { systemReason } from './systemReason.ts';

/** The record of everything that was sent or refused. Kept outside the workspace, hash-chained, never with content. */
export type Ledger = {
  /**
   * Records a receipt. `failed`: it is kept in memory and written before the next one, as soon as the disk allows. Never
   * rejects. Calls are written in the order they were made.
   */
  append(receipt: Receipt): Promise<LedgerResult>;
  /** Whether a record could be written now; to be asked before a request that may not go without one. */
  ready(): Promise<LedgerResult>;
  /** Writes what is pending and gives the chain back. */
  close(): Promise<void>;
};

/** `why` is one sentence for the user. */
export type LedgerResult = { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly why: string };

export type LedgerDeps = {
  readonly store: LedgerStore;
  readonly digest: ChainDigest;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly settings: () => LedgerSettings;
};

export type LedgerSettings = {
  /** Bytes after which a new file is begun. */
  readonly segmentBytes: number;
  /** Days after which a whole file of older records is deleted; 0 keeps everything. */
  readonly retentionDays: number;
  /** Records between two checkpoints. */
  readonly checkpointEvery: number;
  /** `keyed` spells paths as keyed hashes: they can be compared, not read. */
  readonly paths: 'plain' | 'keyed';
  readonly identity?: Identity;
};

/** What holds until the user or the policy says otherwise: a year of records, paths not readable. */
export const defaultLedgerSettings: LedgerSettings = {
  segmentBytes: 4 << 20,
  retentionDays: 365,
  checkpointEvery: 256,
  paths: 'keyed',
};

/** Opens nothing until the first call: without a request there is no file. */
export function createLedger(deps: LedgerDeps): Ledger {
  const pending: LedgerEntry[] = [];
  let lost = 0;
  let chain: OpenChain | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const flush = async (): Promise<LedgerResult> => {
    try {
      chain ??= await openChain(deps);
      const gap = lost > 0 ? [overflowGap(lost, deps.now())] : [];
      const batch = [...gap, ...pending];
      await chain.write(batch);
      pending.splice(0, batch.length - gap.length);
      lost = 0;
      return { kind: 'ok' };
    } catch (cause) {
      // Where the file stands after a failed write is read afresh from the disk, never assumed.
      const broken = chain;
      chain = undefined;
      await broken?.release().catch(() => undefined);
      return { kind: 'failed', why: systemReason(cause) };
    }
  };
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work);
    queue = next.catch(() => undefined);
    return next;
  };

  return {
    append(receipt) {
      try {
        pending.push(entryOf(receipt, deps));
      } catch (cause) {
        return Promise.resolve({ kind: 'failed', why: `The request could not be recorded: ${String(cause)}` });
      }
      if (pending.length > mostPending) {
        pending.shift();
        lost++;
      }
      return enqueue(flush);
    },
    ready: () =>
      enqueue(async () => {
        const result = await flush();
        if (result.kind === 'failed') return result;
        try {
          await chain?.reserve();
          return result;
        } catch (cause) {
          return { kind: 'failed', why: systemReason(cause) };
        }
      }),
    close: () =>
      enqueue(async () => {
        if (pending.length > 0 || lost > 0) await flush();
        await chain?.release().catch(() => undefined);
        chain = undefined;
      }),
  };
}

function entryOf(receipt: Receipt, { now, digest, settings }: LedgerDeps): LedgerEntry {
  const { paths, identity } = settings();
  const spellTitle = (title: string): string =>
    paths === 'plain' ? title : `${digest.algorithm}:${digest.hex(encoder.encode(`title ${title}`)).slice(0, 32)}`;
  const options = identity === undefined ? { spellTitle } : { spellTitle, identity };
  return { kind: 'request', ts: new Date(now()).toISOString(), attributes: describeReceipt(receipt, options) };
}

function overflowGap(records: number, now: number): LedgerEntry {
  const attributes = { 'gap.reason': 'overflow', 'gap.records': records };
  return { kind: 'gap', ts: new Date(now).toISOString(), attributes };
}

/** Receipts kept while the disk is full; at some 1.5 KB each this stays below 2 MB. */
const mostPending = 1000;
const encoder = new TextEncoder();
