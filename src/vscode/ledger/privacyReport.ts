import * as vscode from 'vscode';
import type { PrivacyReportPanel, ReportDependencies } from './privacyReportPanel.ts';
import { unlinked } from '../unlinked.ts';

/** Registers the Privacy report and the check of the ledger. What is behind them is loaded when one is first used. */
export function registerPrivacyReport(dependencies: ReportDependencies): vscode.Disposable {
  let loading: Promise<PrivacyReportPanel> | undefined;
  const panel = (): Promise<PrivacyReportPanel> =>
    (loading ??= import('./privacyReportPanel.ts').then(({ createPrivacyReport }) =>
      createPrivacyReport(dependencies),
    ));
  const commands: Readonly<Record<string, (value: unknown) => Promise<void>>> = {
    'ringfence.report.show': async (period) => (await panel()).show(period),
    'ringfence.report.export': async (format) => (await panel()).save(format),
    'ringfence.ledger.verify': async () => (await import('./check.ts')).verifyLedgerNow(dependencies),
    'ringfence.ledger.copyKey': async () => (await import('./check.ts')).copyLedgerKey(dependencies),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(name, (value: unknown) => run(value).catch(tellFailure)),
    ),
    { dispose: () => void loading?.then((view) => view.dispose()) },
  );
}

/** A folder that cannot be read, a key that the editor does not give. */
function tellFailure(cause: unknown): void {
  const why = cause instanceof Error ? cause.message : String(cause);
  void vscode.window.showErrorMessage(unlinked(`Ringfence could not read the request ledger: ${why}`));
}
