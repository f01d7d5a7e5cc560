import * as vscode from 'vscode';
import { isPeriod, spanOf, type Period } from '../core/audit/period.ts';
import type { LedgerFile } from '../core/audit/ledgerFiles.ts';
import type { ChainDigest } from '../core/audit/chainDigest.ts';
import { readLedger } from '../core/audit/readLedger.ts';
import type { LedgerRecord } from '../core/audit/record.ts';
import { report, type PrivacyReport } from '../core/audit/report.ts';
import { reportCommands, reportPage } from '../core/audit/reportPage.ts';
import { saveReport } from './privacyReportSave.ts';

export type ReportDependencies = {
  readonly ledger: LedgerSource;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'show'>;
};

/** The ledger of this machine, to be read. */
export type LedgerSource = {
  /** Its files; those without a record after `since` (milliseconds since 1970) may be left out. */
  readonly files: (since: number) => Promise<readonly LedgerFile[]>;
  /** The digests that records may have been made with. */
  readonly digests: () => Promise<readonly ChainDigest[]>;
  /** The key as hexadecimal digits, where there is one. */
  readonly key: () => Promise<string | undefined>;
};

export type PrivacyReportPanel = vscode.Disposable & {
  /** Shows the report of a period; of the one shown last, or the last seven days, if `period` is none. */
  readonly show: (period: unknown) => Promise<void>;
  /** Saves the report of the period at hand; asks for the format if `format` is none. */
  readonly save: (format: unknown) => Promise<void>;
};

/** One panel, made when it is first shown and drawn anew whenever it comes back into view. It runs no script. */
export function createPrivacyReport(dependencies: ReportDependencies): PrivacyReportPanel {
  let panel: vscode.WebviewPanel | undefined;
  let period: Period = 'week';
  const draw = async (): Promise<void> => {
    const found = await readReport(dependencies, period);
    if (panel) panel.webview.html = reportPage({ report: found, period, nonce: freshNonce() });
  };
  const open = (): vscode.WebviewPanel => {
    const made = vscode.window.createWebviewPanel('ringfence.report', 'Privacy Report', vscode.ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: Object.values(reportCommands),
      enableFindWidget: true,
      localResourceRoots: [],
    });
    made.onDidDispose(() => (panel = undefined));
    let seen = true;
    made.onDidChangeViewState(({ webviewPanel: { visible } }) => {
      // Only when it comes back: a click into it changes its state too, and must not take the link away beneath the pointer.
      if (visible && !seen) void draw();
      seen = visible;
    });
    return made;
  };
  return {
    show: async (wanted) => {
      if (isPeriod(wanted)) period = wanted;
      panel ??= open();
      panel.reveal();
      await draw();
    },
    save: async (format) => saveReport(await readReport(dependencies, period), format),
    dispose: () => panel?.dispose(),
  };
}

async function readReport({ ledger, now }: ReportDependencies, period: Period): Promise<PrivacyReport> {
  const span = spanOf(period, now());
  const records: LedgerRecord[] = [];
  for (const file of await ledger.files(Date.parse(span.from))) {
    for (const record of readLedger([file])) if (record.ts >= span.from) records.push(record);
    // A long ledger is read file by file, so that typing goes on meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return report(
    records.sort((a, b) => (a.ts < b.ts ? -1 : 1)),
    span,
  );
}

function freshNonce(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
