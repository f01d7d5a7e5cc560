import * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import type { Guard } from '../core/exchange/guard.ts';
import { createValueIndex } from '../core/scan/valueIndex.ts';
import { createGuard } from '../egress/guard.ts';
import { createLedger, defaultLedgerSettings } from '../egress/ledger/ledger.ts';
import { createScan } from '../egress/scan/scan.ts';
import { createTransport } from '../egress/transport.ts';
import { plainDigest } from '../node/chainDigest.ts';
import { createLedgerStore } from '../node/ledgerFile.ts';
import { createValueHash } from '../node/valueHash.ts';
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
    scan: createScan({
      settings: () => policy.current().policy.settings.scan,
      values: createValueIndex(createValueHash()),
    }),
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
