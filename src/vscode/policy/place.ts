import * as vscode from 'vscode';

/** The URI of a policy file as rules and problems name it: a URI or an absolute path. */
export function policyUri(file: string): vscode.Uri {
  return /^[a-z][a-z0-9+.-]+:\//i.test(file) ? vscode.Uri.parse(file) : vscode.Uri.file(file);
}

/** File and line for people: `.ringfence.jsonc:12`. Lines from one. */
export function shortPlace(file: string, line: number | undefined): string {
  return `${vscode.workspace.asRelativePath(policyUri(file))}${line === undefined ? '' : `:${line}`}`;
}

/** Opens a policy file at a line, counted from one. */
export async function showPlace(file: string, line = 1): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(policyUri(file), { selection: new vscode.Range(at, at) });
}
