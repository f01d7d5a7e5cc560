import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { mayReach } from '../core/label/reach.ts';
import type { Resource } from '../core/label/resource.ts';
import { createRenames } from '../node/gitRenames.ts';
import { createHardLinks } from '../node/hardLinks.ts';
import { createIdentify } from '../node/identify.ts';
import { clock } from '../vscode/clock.ts';
import { createElsewhere } from '../vscode/elsewhere.ts';
import { folderKey } from '../vscode/policy/files.ts';
import type { PolicyStore } from '../vscode/policy/store.ts';
import type { ResourceSource } from '../vscode/reader.ts';
import { createResources } from '../vscode/resources.ts';

export type Resources = ResourceSource &
  vscode.Disposable & {
    /** Every name of a file, looked up and not remembered: for searches through the whole workspace. */
    readonly identify: (uri: string) => Promise<Resource>;
  };

/** The names of files: looked up on this machine's disk and in git where they lie here, else taken from their URIs. */
export function composeResources(policy: PolicyStore, globalStorage: vscode.Uri): Resources {
  let lookUp = identifier(policy, globalStorage);
  const resources = createResources((uri, folders) => lookUp.identify(uri, folders), clock.now);
  const anew = (): void => {
    lookUp = identifier(policy, globalStorage);
  };
  const registered = vscode.Disposable.from(
    resources,
    vscode.workspace.onDidChangeWorkspaceFolders(anew),
    vscode.workspace.onDidGrantWorkspaceTrust(anew),
    policy.onDidChange(() => lookUp.forget()),
    resources.onDidForget(() => lookUp.forget()),
  );
  const folders = (): readonly string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => folderKey(uri));
  return {
    known: resources.known,
    resolve: resources.resolve,
    identify: (uri) => lookUp.identify(uri, folders()),
    dispose: () => void registered.dispose(),
  };
}

function identifier(policy: PolicyStore, globalStorage: vscode.Uri) {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const paths = folders.map(({ uri }) => uri.fsPath);
  const hardLinks = createHardLinks({ folders: paths, now: clock.now, isHeld: (file) => isHeld(policy, file) });
  // Git reads the repository's own configuration: it is not run in a folder that nobody trusts.
  const renames = createRenames({ folders: vscode.workspace.isTrusted ? paths : [], now: clock.now });
  return {
    identify: createIdentify({
      editorFolders: editorFolders(globalStorage),
      hardLinks,
      renames,
      elsewhere: createElsewhere(clock.now),
    }),
    forget: () => {
      hardLinks.forget();
      renames.forget();
    },
  };
}

/** Whether any rule holds a file back, judged by its plain path: enough to know whose inode is worth remembering. */
function isHeld(policy: PolicyStore, file: string): boolean {
  const uri = vscode.Uri.file(file);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  const below = path.relative(folder.uri.fsPath, file).split(path.sep).join('/');
  const names = [{ kind: 'path' as const, path: below, folder: folder.uri.toString().replace(/\/$/, '') }];
  const { reach } = policy.decide({ kind: 'file', resource: { uri: uri.toString(), display: below, names } });
  return !mayReach(reach, 'cloud');
}

/** Where the editor keeps the user's data, local history included: two folders above our own storage, and its usual homes. */
function editorFolders(globalStorage: vscode.Uri): readonly string[] {
  const user = path.resolve(globalStorage.fsPath, '..', '..');
  return [user, path.join(homedir(), '.vscode'), path.join(homedir(), '.vscode-server')];
}
