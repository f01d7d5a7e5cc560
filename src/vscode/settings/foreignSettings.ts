import * as vscode from 'vscode';
import { parse } from 'jsonc-parser';
import { isRecord } from '../../core/protocol/shape.ts';
import { userKeys } from '../../core/settings/keys.ts';
import { unlinked } from '../unlinked.ts';

/**
 * Tells when a repository names a server, a zone or a model: in `.vscode/settings.json`, in a workspace file, or in the
 * description of a container, whose settings the editor copies into it. Such a value has no effect; the warning is shown once
 * for a file and session, because a value that somebody planted should not go unseen.
 */
export function warnOfForeignSettings(log: (line: string) => void): vscode.Disposable {
  const warned = new Set<string>();
  const look = async ({ file, within }: Place): Promise<void> => {
    const keys = await userKeysIn(file, within);
    if (keys.length === 0 || warned.has(file.toString())) return;
    warned.add(file.toString());
    const name = vscode.workspace.asRelativePath(file);
    log(`Ignored in ${name}: ${keys.join(', ')}`);
    const open = 'Open File';
    const choice = await vscode.window.showWarningMessage(
      `Ringfence ignores ${keys.join(', ')} in ${unlinked(name)}. Servers and models come from your own settings only.`,
      open,
    );
    if (choice === open) await vscode.window.showTextDocument(file);
  };
  const lookAll = async (): Promise<void> => {
    const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
    if (workspaceFile && workspaceFile.scheme !== 'untitled')
      void look({ file: workspaceFile, within: [['settings']] });
    for (const { uri } of workspaceFolders) for (const place of await placesIn(uri)) void look(place);
  };
  const watcher = vscode.workspace.createFileSystemWatcher(
    '**/{.vscode/settings.json,*.code-workspace,.devcontainer.json,devcontainer.json}',
  );
  void lookAll();
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(lookAll),
    watcher.onDidCreate(lookAll),
    vscode.workspace.onDidChangeWorkspaceFolders(lookAll),
  );
}

/** A file that may hold settings, and under which keys it holds them; the file itself where that is no key. */
type Place = { readonly file: vscode.Uri; readonly within: readonly (readonly string[])[] };

async function placesIn(folder: vscode.Uri): Promise<readonly Place[]> {
  const at = (...names: readonly string[]) => vscode.Uri.joinPath(folder, ...names);
  const containers = [at('.devcontainer.json'), at('.devcontainer', 'devcontainer.json')];
  for (const name of await foldersIn(at('.devcontainer')))
    containers.push(at('.devcontainer', name, 'devcontainer.json'));
  return [
    { file: at('.vscode', 'settings.json'), within: [[]] },
    ...containers.map((file) => ({ file, within: [['customizations', 'vscode', 'settings'], ['settings']] })),
  ];
}

async function foldersIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => (type & vscode.FileType.Directory) !== 0).map(([name]) => name);
  } catch {
    return [];
  }
}

async function userKeysIn(file: vscode.Uri, within: Place['within']): Promise<readonly string[]> {
  try {
    const whole: unknown = parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    const settings = within.map((path) => path.reduce(entryOf, whole)).filter(isRecord);
    return userKeys.map((name) => `ringfence.${name}`).filter((name) => settings.some((each) => name in each));
  } catch {
    return [];
  }
}

function entryOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}
