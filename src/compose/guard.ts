import * as vscode from 'vscode';
import type { Backend } from '../backend/backend.ts';
import type { Receipt } from '../core/audit/receipt.ts';
import type { Guard } from '../core/exchange/guard.ts';
import { createGuard } from '../egress/guard.ts';
import type { Scan } from '../egress/ports.ts';
import { createTransport } from '../egress/transport.ts';
import { createListenerLookup } from '../node/listener.ts';
import { clock } from '../vscode/clock.ts';
import { createLedgerNotice } from '../vscode/ledger/notice.ts';
import type { PolicyStore } from '../vscode/policy/store.ts';
import type { SettingsSource } from '../vscode/settings/settings.ts';
import { createSpending } from '../vscode/spending.ts';
import { trustedFolder } from '../vscode/trustedFolder.ts';
import { createEndableGuard } from './guardEnd.ts';
import { composeLedger, type WindowLedger } from './ledger.ts';
import { ledgerAuthor } from './ledgerAuthor.ts';
import type { Resources } from './resources.ts';
import { composeValues, type Values } from './values.ts';

type Dependencies = {
  readonly backends: () => readonly Backend[];
  readonly policy: PolicyStore;
  readonly resources: Resources;
  readonly settings: SettingsSource;
  /** What "this machine" is called. */
  readonly host: string;
  /** The folder of the ledger, outside every workspace. */
  readonly ledgerFolder: string;
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'extension'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'debug'>;
  readonly onReceipt: (receipt: Receipt) => void;
};

/** The door, with what lies behind it. */
export type Door = vscode.Disposable & {
  readonly guard: Guard;
  /** Closing it gives up what is under way, so that it is recorded. */
  readonly ledger: WindowLedger;
};

/** A cold model may load for many minutes before its first byte; a stream that has begun does not pause for five. */
const patience = { connect: 10_000, firstByte: 0, idle: 300_000 };

/** The guard with its transport, its scan and its ledger. */
export function composeGuard(dependencies: Dependencies): Door {
  const { backends, policy, resources, settings, host, ledgerFolder, context, log, onReceipt } = dependencies;
  const spending = createSpending(context.globalState, clock.now);
  const values = composeValues({ policy, identify: resources.identify, settings, log: (line) => log.debug(line) });
  const ledger = composeLedger({
    folder: ledgerFolder,
    writer: ledgerAuthor(context),
    secrets: context.secrets,
    policy,
    trustedFolder,
    trouble: createLedgerNotice((line) => log.warn(line)),
  });
  const { guard, end } = createEndableGuard(
    createGuard({
      backends,
      policy,
      clock,
      transport: createTransport(patience),
      scan: scanWhenNeeded(policy, values),
      ledger,
      trusted: () => vscode.workspace.isTrusted,
      host: () => host,
      listener: createListenerLookup(),
      spentUsd: spending.spentUsd,
      fingerprint: async (text) => (await import('./fingerprint.ts')).fingerprint(context.secrets, text),
      onReceipt: (receipt) => {
        spending.add(receipt);
        onReceipt(receipt);
      },
    }),
    ledger.open,
  );
  const close = async (): Promise<void> => {
    await end();
    await ledger.close();
  };
  return { guard, ledger: { ...ledger, close }, dispose: () => void values.dispose() };
}

/** The scan is loaded with the first request that leaves the device; if it cannot be, the guard refuses that request. */
function scanWhenNeeded(policy: PolicyStore, values: Values): Scan {
  let loading: Promise<Scan> | undefined;
  return async (body, zone) => {
    loading ??= import('./scan.ts').then(({ composeScan }) => composeScan(policy, values));
    return (await loading)(body, zone);
  };
}
