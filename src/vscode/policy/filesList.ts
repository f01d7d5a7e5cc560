import * as vscode from 'vscode';
import type { FilesOfEntry } from './lenses.ts';

/** Lists the files of a rule and opens the one that is picked. */
export async function showFiles({ subject, folder, count, paths }: FilesOfEntry): Promise<void> {
  const placeHolder = paths.length < count ? `The first ${paths.length} of ${count} files` : `${count} files`;
  const picked = await vscode.window.showQuickPick([...paths], { title: subject, placeHolder });
  if (picked !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder, picked));
}
