import * as vscode from 'vscode';
import { exportCsv } from '../../core/audit/exportCsv.ts';
import { exportHtml } from '../../core/audit/exportHtml.ts';
import { exportJson } from '../../core/audit/exportJson.ts';
import type { FullReport } from '../../core/audit/report.ts';
import { inSlices, type Pace } from '../../core/audit/takeFiles.ts';
import { besideOthers } from './pace.ts';
import { unlinked } from '../unlinked.ts';

/** Writes a report where the user says; asks for the format first unless it is given. */
export async function saveReport(report: FullReport, wanted: unknown): Promise<void> {
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
  const write = (pace: Pace) => together(format.write(report), pace);
  const text = await besideOthers('Writing the privacy report', write, new AbortController().signal);
  if (text === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    void vscode.window.showErrorMessage(unlinked(`The report could not be saved. ${why}`));
    return;
  }
  const open = 'Open';
  const message = `Saved ${vscode.workspace.asRelativePath(target)}.`;
  if ((await vscode.window.showInformationMessage(unlinked(message), open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

const formats = [
  {
    label: 'HTML',
    ending: 'html',
    detail: 'A page to read, print and pass on.',
    write: (report: FullReport) => [exportHtml(report)],
  },
  { label: 'CSV', ending: 'csv', detail: 'One line per request, for spreadsheets.', write: exportCsv },
  { label: 'JSON', ending: 'json', detail: 'Everything, for other tools.', write: exportJson },
] as const;

async function together(pieces: Iterable<string>, pace: Pace): Promise<string> {
  const all: string[] = [];
  const gather = function* (): Iterable<void> {
    for (const piece of pieces) yield void all.push(piece);
  };
  await inSlices(gather(), pace);
  return all.join('');
}

async function pickFormat(): Promise<(typeof formats)[number] | undefined> {
  return vscode.window.showQuickPick(formats, { title: 'Save the Privacy Report' });
}
