import type { ChainDigest } from '../core/audit/chainDigest.ts';
import type { StoredFile } from '../core/audit/ledgerFiles.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import type { Ledger, LedgerResult } from '../egress/ports.ts';
import type { OpenedLedger } from './ledgerChain.ts';
import type { LedgerDependencies } from './ledgerDependencies.ts';

/** The ledger of this window. */
export type WindowLedger = Ledger & {
  /** Fetches what a record needs of the editor; when its window is closing, the editor gives nothing any more. */
  readonly open: () => void;
  /** All that stands on the disk; segments without a record after `since` (milliseconds since 1970) may be left out. */
  readonly files: (since: number) => Promise<readonly StoredFile[]>;
  /** The digests that records may have been made with: for checking them. */
  readonly digests: () => Promise<readonly ChainDigest[]>;
  /** The key as hexadecimal digits, where there is one. */
  readonly key: () => Promise<string | undefined>;
  /** Writes what is pending and gives the chain back. Resolves even where the disk refuses. */
  readonly close: () => Promise<void>;
};

/** Loads and opens nothing before the first request. Records stand in the order of the requests. */
export function composeLedger(dependencies: LedgerDependencies): WindowLedger {
  let opening: Promise<OpenedLedger> | undefined;
  const open = (): Promise<OpenedLedger> =>
    (opening ??= import('./ledgerChain.ts').then(({ openLedger }) => openLedger(dependencies)));
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other, so that whoever asks for a name does not change places with who needs none. */
  const next = async (work: (ledger: OpenedLedger) => Promise<() => Promise<LedgerResult>>): Promise<LedgerResult> => {
    const prepared = turn.then(async () => work(await open()));
    turn = prepared.catch(() => undefined);
    try {
      const result = await (await prepared)();
      if (result.kind === 'failed') dependencies.trouble(result.why);
      return result;
    } catch (cause) {
      opening = undefined;
      const why = `The request ledger could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
      dependencies.trouble(why);
      return { kind: 'failed', why };
    }
  };
  return {
    open: () => void open().catch(() => undefined),
    append: (receipt: Receipt) => next(async (ledger) => ledger.prepare(receipt)),
    ready: () => next(async (ledger) => ledger.ready),
    files: async (since) => (await import('./ledgerChain.ts')).listLedgerFiles(dependencies.folder, since),
    key: async () => (await import('./ledgerChain.ts')).keyText(dependencies.secrets),
    digests: async () => (await import('./ledgerChain.ts')).knownDigests(dependencies.secrets),
    close: async () => {
      await turn;
      await opening?.then((ledger) => ledger.close()).catch(() => undefined);
    },
  };
}
