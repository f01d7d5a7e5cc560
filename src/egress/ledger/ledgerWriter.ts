import type { ClaimedChain, LedgerStore } from '../../core/audit/ledgerStore.ts';
import type { LedgerEntry } from '../../core/audit/record.ts';
import { chainPrefix } from '../../core/audit/verifyLedger.ts';
import { openChain, type OpenChain, type OpenDeps } from './openChain.ts';
import { retireIdle } from './retireIdle.ts';

/** Holds entries until they are on the disk. Its calls must follow one another; all reject with the system's error. */
export type LedgerWriter = {
  add(entry: LedgerEntry): void;
  /** Writes what is held. After a failure it is still held, and the next flush tries again. */
  flush(): Promise<void>;
  /** Sees to it that the next records will find room. */
  reserve(): Promise<void>;
  /** Writes what is held, if it can, and gives the chain back. */
  close(): Promise<void>;
};

/** Claims a chain with the first flush. */
export function createLedgerWriter(deps: OpenDeps & { readonly store: LedgerStore }): LedgerWriter {
  const pending: LedgerEntry[] = [];
  let lost = 0;
  let claimed: ClaimedChain | undefined;
  let chain: OpenChain | undefined;
  let opened = false;

  const write = async (): Promise<void> => {
    claimed ??= await deps.store.claim(chainPrefix(deps.digest));
    chain ??= await openChain(claimed, deps, { resume: opened });
    if (!opened) await retireIdle(deps);
    opened = true;
    if (lost > 0) await chain.write([overflowGap(lost, deps.now())]);
    lost = 0;
    // A few at a time: a disk with little room left still takes some.
    while (pending.length > 0) {
      const batch = pending.slice(0, batchSize);
      await chain.write(batch);
      pending.splice(0, batch.length);
    }
  };
  const flush = async (): Promise<void> => {
    try {
      await write();
    } catch (cause) {
      // Where the file stands after a failed write is read afresh from the disk, never assumed.
      chain = undefined;
      throw cause;
    }
  };

  return {
    add(entry) {
      pending.push(entry);
      if (pending.length <= mostPending) return;
      pending.shift();
      lost++;
    },
    flush,
    reserve: async () => claimed?.reserve(),
    async close() {
      if (pending.length > 0 || lost > 0) await flush().catch(() => undefined);
      const held = claimed;
      [claimed, chain, opened] = [undefined, undefined, false];
      await held?.release();
    },
  };
}

function overflowGap(records: number, now: number): LedgerEntry {
  const attributes = { 'gap.reason': 'overflow', 'gap.records': records };
  return { kind: 'gap', ts: new Date(now).toISOString(), attributes };
}

/** Receipts kept while the disk is full; at some 1.5 KB each this stays below 2 MB. */
const mostPending = 1000;
const batchSize = 16;
