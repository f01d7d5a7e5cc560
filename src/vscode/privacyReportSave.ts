import * as vscode from 'vscode';
import { exportCsv } from '../core/audit/exportCsv.ts';
import { exportHtml } from '../core/audit/exportHtml.ts';
import { exportJson } from '../core/audit/exportJson.ts';
import type { PrivacyReport } from '../core/audit/report.ts';

/** Writes a report where the user says; asks for the format first unless it is given. */
export async function saveReport(report: PrivacyReport, wanted: unknown): Promise<void> {
  const format = formats.find(({ ending }) => ending === wanted) ?? (await pickFormat());
  if (!format) return;
  const name = `privacy-report-${new Date(Date.parse(report.to) - 1).toISOString().slice(0, 10)}.${format.ending}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save the Privacy Report',
    filters: { [format.label]: [format.ending] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(format.write(report)));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    void vscode.window.showErrorMessage(`The report could not be saved. ${why}`);
    return;
  }
  const open = 'Open';
  const message = `Saved ${vscode.workspace.asRelativePath(target)}.`;
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

const formats = [
  { label: 'HTML', ending: 'html', detail: 'A page to read, print and pass on.', write: exportHtml },
  { label: 'CSV', ending: 'csv', detail: 'One line per request, for spreadsheets.', write: exportCsv },
  { label: 'JSON', ending: 'json', detail: 'Everything, for other tools.', write: exportJson },
] as const;

async function pickFormat(): Promise<(typeof formats)[number] | undefined> {
  return vscode.window.showQuickPick(formats, { title: 'Save the Privacy Report' });
}
