import * as vscode from 'vscode';

/** The first workspace folder on this machine, where the user trusts the workspace: its path. */
export function trustedFolder(): string | undefined {
  if (!vscode.workspace.isTrusted) return undefined;
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
}
