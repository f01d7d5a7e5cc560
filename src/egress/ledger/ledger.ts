import { describeReceipt, type Identity } from '../../core/audit/describeReceipt.ts';
import type { ChainDigest } from '../../core/audit/chainDigest.ts';
import type { LedgerStore } from '../../core/audit/ledgerStore.ts';
import type { Receipt } from '../../core/audit/receipt.ts';
import type { Attributes, LedgerEntry } from '../../core/audit/record.ts';
import { createLedgerWriter } from './ledgerWriter.ts';
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
  /** Which program writes, for the record of each opening. */
  readonly writer?: Attributes;
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
  const writer = createLedgerWriter(deps);
  // What came in while a write was under way goes out with the next one, together.
  const inbox: LedgerEntry[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const enqueue = (work: () => Promise<void>): Promise<LedgerResult> => {
    const next = queue.then(work).then(
      (): LedgerResult => ({ kind: 'ok' }),
      (cause: unknown): LedgerResult => ({ kind: 'failed', why: systemReason(cause) }),
    );
    queue = next;
    return next;
  };
  return {
    append(receipt) {
      try {
        inbox.push(entryOf(receipt, deps));
      } catch (cause) {
        return Promise.resolve({ kind: 'failed', why: `The request could not be recorded: ${String(cause)}` });
      }
      return enqueue(() => {
        for (const entry of inbox.splice(0)) writer.add(entry);
        return writer.flush();
      });
    },
    ready: () =>
      enqueue(async () => {
        await writer.flush();
        await writer.reserve();
      }),
    close: async () => void (await enqueue(() => writer.close())),
  };
}

function entryOf(receipt: Receipt, { now, digest, settings }: LedgerDeps): LedgerEntry {
  const { paths, identity } = settings();
  const spellTitle = (title: string): string =>
    paths === 'plain' ? title : `${digest.algorithm}:${digest.hex(encoder.encode(`title ${title}`)).slice(0, 32)}`;
  const options = identity === undefined ? { spellTitle } : { spellTitle, identity };
  return { kind: 'request', ts: new Date(now()).toISOString(), attributes: describeReceipt(receipt, options) };
}

const encoder = new TextEncoder();
