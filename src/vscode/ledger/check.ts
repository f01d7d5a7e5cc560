import * as vscode from 'vscode';
import { describeVerification } from '../../core/audit/describeVerification.ts';
import type { Pace } from '../../core/audit/takeFiles.ts';
import { verifyStored } from '../../core/audit/verifyLedger.ts';
import { besideOthers } from './pace.ts';
import type { ReportDependencies } from './privacyReportPanel.ts';

/** Checks every record of the ledger and tells the outcome; the log has the details and the heads worth keeping elsewhere. */
export async function verifyLedgerNow({ ledger, log }: ReportDependencies): Promise<void> {
  const [files, digests] = [await ledger.files(0), await ledger.digests()];
  const check = (pace: Pace) => verifyStored(files, { digests }, pace);
  const found = await besideOthers('Checking the request ledger', check, new AbortController().signal);
  if (!found) return;
  const [verdict = '', ...details] = describeVerification(found);
  for (const line of [verdict, ...details]) log.info(line);
  const more = 'Details';
  const tell =
    found.kind === 'broken' || found.kind === 'unproved'
      ? vscode.window.showWarningMessage
      : vscode.window.showInformationMessage;
  if ((await tell(verdict, ...(details.length > 0 ? [more] : []))) === more) log.show();
}

/** Puts the ledger's key on the clipboard, so that the ledger can be checked from the command line. */
export async function copyLedgerKey({ ledger }: ReportDependencies): Promise<void> {
  const text = await ledger.key();
  if (text === undefined) {
    void vscode.window.showInformationMessage('There is no ledger key yet; it is made with the first request.');
    return;
  }
  await vscode.env.clipboard.writeText(text);
  void vscode.window.showInformationMessage(
    'Copied. Save it in a file for "ringfence audit verify --key-file", readable by you alone: whoever has it could rewrite the ledger unseen.',
  );
}
