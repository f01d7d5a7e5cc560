import * as vscode from 'vscode';
import type { ChainDigest } from '../../core/audit/chainDigest.ts';
import type { StoredFile } from '../../core/audit/ledgerFiles.ts';
import { isPeriod, spanOf, type Period } from '../../core/audit/period.ts';
import { readFullReport, readReport } from '../../core/audit/readReport.ts';
import type { Span } from '../../core/audit/report.ts';
import { reportCommands, reportPage } from '../../core/audit/reportPage.ts';
import type { Pace } from '../../core/audit/takeFiles.ts';
import { besideOthers } from './pace.ts';
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
  readonly files: (since: number) => Promise<readonly StoredFile[]>;
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
  let drawing = new AbortController();
  /** A newer drawing ends an older one. */
  const draw = async (): Promise<void> => {
    drawing.abort();
    const { signal } = (drawing = new AbortController());
    const found = await read(dependencies, { period, how: readReport, signal });
    if (!panel || signal.aborted) return;
    if (found) panel.webview.html = reportPage({ report: found, period, nonce: freshNonce() });
    // The user did not want to wait for it.
    else if (panel.webview.html === '') panel.dispose();
  };
  const open = (): vscode.WebviewPanel => {
    const made = vscode.window.createWebviewPanel('ringfence.report', 'Privacy Report', vscode.ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: Object.values(reportCommands),
      enableFindWidget: true,
      localResourceRoots: [],
    });
    made.onDidDispose(() => {
      drawing.abort();
      panel = undefined;
    });
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
    save: async (format) => {
      const { signal } = new AbortController();
      const found = await read(dependencies, { period, how: readFullReport, signal });
      if (found) await saveReport(found, format);
    },
    dispose: () => panel?.dispose(),
  };
}

type Wanted<Found> = {
  readonly period: Period;
  readonly how: (files: readonly StoredFile[], span: Span, pace: Pace) => Promise<Found>;
  readonly signal: AbortSignal;
};

/** Undefined where the user or the signal ended it. */
async function read<Found>(
  { ledger, now }: ReportDependencies,
  { period, how, signal }: Wanted<Found>,
): Promise<Found | undefined> {
  const span = spanOf(period, now());
  const files = await ledger.files(Date.parse(span.from));
  return besideOthers('Reading the request ledger', (pace) => how(files, span, pace), signal);
}

function freshNonce(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
