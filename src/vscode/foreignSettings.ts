import * as vscode from 'vscode';
import { parse } from 'jsonc-parser';
import { machineKeys } from '../core/settings/keys.ts';

/**
 * Tells when a repository's `.vscode/settings.json` names a server, a zone or a model. Such a value has no effect; the
 * warning is shown once for a folder and session, because a value that somebody planted should not go unseen.
 */
export function warnOfForeignSettings(log: (line: string) => void): vscode.Disposable {
  const warned = new Set<string>();
  const look = async (folder: vscode.WorkspaceFolder): Promise<void> => {
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const keys = await machineKeysIn(file);
    if (keys.length === 0 || warned.has(file.toString())) return;
    warned.add(file.toString());
    log(`Ignored in ${folder.name}/.vscode/settings.json: ${keys.join(', ')}`);
    const open = 'Open File';
    const choice = await vscode.window.showWarningMessage(
      `Ringfence ignores ${keys.join(', ')} in this workspace's settings. Servers and models come from your own settings only.`,
      open,
    );
    if (choice === open) await vscode.window.showTextDocument(file);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/.vscode/settings.json');
  const lookAll = (): void => {
    for (const folder of vscode.workspace.workspaceFolders ?? []) void look(folder);
  };
  lookAll();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(lookAll),
    watcher.onDidCreate(lookAll),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAll),
  );
}

async function machineKeysIn(file: vscode.Uri): Promise<readonly string[]> {
  try {
    const settings: unknown = parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    if (typeof settings !== 'object' || settings === null) return [];
    return machineKeys.map((key) => `ringfence.${key}`).filter((key) => key in settings);
  } catch {
    return [];
  }
}
