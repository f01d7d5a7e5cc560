import type * as vscode from 'vscode';
import type { ChainDigest } from '../core/audit/chainDigest.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import { createLedger, defaultLedgerSettings, type LedgerSettings } from '../egress/ledger/ledger.ts';
import type { LedgerResult } from '../egress/ports.ts';
import { keyedDigest, plainDigest } from '../node/chainDigest.ts';
import { createLedgerStore } from '../node/ledgerFile.ts';
import type { LedgerDependencies } from './ledgerDependencies.ts';
import { createIdentitySource } from './ledgerIdentity.ts';
import { findLedgerKey, ledgerKey } from './ledgerKey.ts';

export { listLedgerFiles } from '../node/ledgerFile.ts';

export type OpenedLedger = {
  /** Finds out whom the record names. What it gives writes the record; to be called at once. */
  readonly prepare: (receipt: Receipt) => Promise<() => Promise<LedgerResult>>;
  readonly ready: () => Promise<LedgerResult>;
  readonly close: () => Promise<void>;
};

/** Opens the ledger under the key of this machine's user, or under none where the editor cannot keep one. */
export async function openLedger(dependencies: LedgerDependencies): Promise<OpenedLedger> {
  const { folder, policy, trustedFolder, writer } = dependencies;
  const digest = await digestFor(dependencies);
  const identity = createIdentitySource({ trustedFolder, now: Date.now });
  let settings: LedgerSettings = defaultLedgerSettings;
  const ledger = createLedger({
    store: createLedgerStore(folder),
    digest,
    now: Date.now,
    writer,
    settings: () => settings,
  });
  return {
    prepare: async (receipt) => {
      const named = policy.current().policy.settings.ledger.identity === 'user';
      const who = named ? { identity: await identity() } : {};
      return () => {
        settings = { ...defaultLedgerSettings, ...who };
        return ledger.append(receipt);
      };
    },
    ready: () => ledger.ready(),
    close: () => ledger.close(),
  };
}

/** The digests that records on this machine can be checked with. Makes no key. */
export async function knownDigests(secrets: vscode.SecretStorage): Promise<readonly ChainDigest[]> {
  const key = await findLedgerKey(secrets);
  return key ? [keyedDigest(key), plainDigest] : [plainDigest];
}

/** The key as hexadecimal digits; undefined while there is none. */
export async function keyText(secrets: vscode.SecretStorage): Promise<string | undefined> {
  const key = await findLedgerKey(secrets);
  return key && Buffer.from(key).toString('hex');
}

async function digestFor({ secrets, trouble }: LedgerDependencies): Promise<ChainDigest> {
  try {
    return keyedDigest(await ledgerKey(secrets));
  } catch (cause) {
    // A record that anyone could forge is better than none, and its file's name says what it is.
    const why = cause instanceof Error ? cause.message : String(cause);
    trouble(`The key of the request ledger could not be kept (${why}), so its records are chained without one.`);
    return plainDigest;
  }
}
