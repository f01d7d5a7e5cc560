import * as vscode from 'vscode';
import { parse } from 'jsonc-parser';
import { isRecord } from '../core/protocol/shape.ts';
import { machineKeys } from '../core/settings/keys.ts';

/**
 * Tells when a repository's `.vscode/settings.json` or workspace file names a server, a zone or a model. Such a value has no
 * effect; the warning is shown once for a file and session, because a value that somebody planted should not go unseen.
 */
export function warnOfForeignSettings(log: (line: string) => void): vscode.Disposable {
  const warned = new Set<string>();
  const look = async (file: vscode.Uri, key?: 'settings'): Promise<void> => {
    const keys = await machineKeysIn(file, key);
    if (keys.length === 0 || warned.has(file.toString())) return;
    warned.add(file.toString());
    log(`Ignored in ${vscode.workspace.asRelativePath(file)}: ${keys.join(', ')}`);
    const open = 'Open File';
    const choice = await vscode.window.showWarningMessage(
      `Ringfence ignores ${keys.join(', ')} in this workspace's settings. Servers and models come from your own settings only.`,
      open,
    );
    if (choice === open) await vscode.window.showTextDocument(file);
  };
  const lookAll = (): void => {
    const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
    if (workspaceFile && workspaceFile.scheme !== 'untitled') void look(workspaceFile, 'settings');
    for (const { uri } of workspaceFolders) void look(vscode.Uri.joinPath(uri, '.vscode', 'settings.json'));
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/{.vscode/settings.json,*.code-workspace}');
  lookAll();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(lookAll),
    watcher.onDidCreate(lookAll),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAll),
  );
}

/** `key` names the part of the file that holds the settings, where it is not all of it. */
async function machineKeysIn(file: vscode.Uri, key: 'settings' | undefined): Promise<readonly string[]> {
  try {
    const whole: unknown = parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    const settings = key === undefined ? whole : isRecord(whole) ? whole[key] : undefined;
    if (!isRecord(settings)) return [];
    return machineKeys.map((name) => `ringfence.${name}`).filter((name) => name in settings);
  } catch {
    return [];
  }
}
