import * as vscode from 'vscode';
import type { PrivacyReportPanel, ReportDependencies } from './privacyReportPanel.ts';

/** Registers the Privacy report and the check of the ledger. What is behind them is loaded when one is first used. */
export function registerPrivacyReport(dependencies: ReportDependencies): vscode.Disposable {
  let loading: Promise<PrivacyReportPanel> | undefined;
  const panel = (): Promise<PrivacyReportPanel> =>
    (loading ??= import('./privacyReportPanel.ts').then(({ createPrivacyReport }) =>
      createPrivacyReport(dependencies),
    ));
  return vscode.Disposable.from(
    vscode.commands.registerCommand('ringfence.report.show', async (period: unknown) => (await panel()).show(period)),
    vscode.commands.registerCommand('ringfence.report.export', async (format: unknown) => (await panel()).save(format)),
    vscode.commands.registerCommand('ringfence.ledger.verify', async () => {
      const { verifyLedgerNow } = await import('./ledgerCheck.ts');
      await verifyLedgerNow(dependencies);
    }),
    vscode.commands.registerCommand('ringfence.ledger.copyKey', async () => {
      const { copyLedgerKey } = await import('./ledgerCheck.ts');
      await copyLedgerKey(dependencies);
    }),
    { dispose: () => void loading?.then((view) => view.dispose()) },
  );
}
