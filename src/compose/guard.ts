import * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import type { Guard } from '../core/exchange/guard.ts';
import { createGuard } from '../egress/guard.ts';
import { createLedger, defaultLedgerSettings } from '../egress/ledger/ledger.ts';
import type { Scan } from '../egress/ports.ts';
import { createTransport } from '../egress/transport.ts';
import { plainDigest } from '../node/chainDigest.ts';
import { createLedgerStore } from '../node/ledgerFile.ts';
import { clock } from '../vscode/clock.ts';
import type { PolicyStore } from '../vscode/policyStore.ts';
import { createSpending } from '../vscode/spending.ts';

type Dependencies = {
  readonly backends: () => readonly Backend[];
  readonly policy: PolicyStore;
  /** What "this machine" is called. */
  readonly host: string;
  /** The folder of the ledger, outside every workspace. */
  readonly ledgerFolder: string;
  readonly memory: vscode.Memento;
  readonly onReceipt: (receipt: Receipt) => void;
};

/** A cold model may load for many minutes before its first byte; a stream that has begun does not pause for five. */
const patience = { connect: 10_000, firstByte: 0, idle: 300_000 };

/** The guard with its transport, its scan and its ledger. */
export function composeGuard({ backends, policy, host, ledgerFolder, memory, onReceipt }: Dependencies): Guard {
  const spending = createSpending(memory, clock.now);
  return createGuard({
    backends,
    policy,
    clock,
    transport: createTransport(patience),
    scan: scanWhenNeeded(policy),
    ledger: createLedger({
      store: createLedgerStore(ledgerFolder),
      digest: plainDigest,
      now: clock.now,
      settings: () => defaultLedgerSettings,
    }),
    trusted: () => vscode.workspace.isTrusted,
    host: () => host,
    spentUsd: spending.spentUsd,
    onReceipt: (receipt) => {
      spending.add(receipt);
      onReceipt(receipt);
    },
  });
}

/** The scan is loaded with the first request that leaves the device; if it cannot be, the guard refuses that request. */
function scanWhenNeeded(policy: PolicyStore): Scan {
  let loading: Promise<Scan> | undefined;
  return async (body, zone) => {
    loading ??= import('./scan.ts').then(({ composeScan }) => composeScan(policy));
    return (await loading)(body, zone);
  };
}
