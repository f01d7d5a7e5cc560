import * as vscode from 'vscode';
import type { Resource } from '../core/label/resource.ts';
import type { ResourceSource } from './reader.ts';

/** Finds every name of a resource, given the workspace folders (their URIs) it may lie in. Never rejects. */
export type Identify = (uri: string, folders: readonly string[]) => Promise<Resource>;

/** Milliseconds after which a name that is still used is looked up again, in case a link was swapped behind our back. */
const staleMs = 5_000;
const remembered = 2_000;
const burstMs = 20;

/**
 * Remembers what resources are called, so that a key press need not wait for the disk. Forgets everything when files are
 * created, renamed or deleted or when folders come and go: any of these can give an old name a new meaning.
 */
export function createResources(
  identify: Identify,
  now: () => number,
): ResourceSource & vscode.Disposable & { readonly onDidForget: vscode.Event<void> } {
  const forgotten = new vscode.EventEmitter<void>();
  const known = new Map<string, { readonly resource: Resource; readonly at: number }>();
  const running = new Map<string, Promise<Resource>>();
  let generation = 0;
  const forget = (): void => {
    generation += 1;
    known.clear();
    running.clear();
    forgotten.fire();
    ahead();
  };
  const lookUp = async (uri: string): Promise<Resource> => {
    const started = generation;
    const resource = await identify(uri, folderUris());
    if (started === generation) {
      if (known.size >= remembered) known.clear();
      known.set(uri, { resource, at: now() });
    }
    running.delete(uri);
    return resource;
  };
  const refresh = (uri: string): Promise<Resource> => {
    const under = running.get(uri) ?? lookUp(uri);
    running.set(uri, under);
    return under;
  };
  // Ahead of the first key: what is shown will soon be typed in. Once for a burst, as when a build writes its files.
  let burst: ReturnType<typeof setTimeout> | undefined;
  const ahead = (): void => {
    burst ??= setTimeout(() => {
      burst = undefined;
      for (const { document } of vscode.window.visibleTextEditors) void refresh(document.uri.toString());
    }, burstMs);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
  const listeners = vscode.Disposable.from(
    forgotten,
    watcher,
    watcher.onDidCreate(forget),
    watcher.onDidDelete(forget),
    vscode.workspace.onDidRenameFiles(forget),
    vscode.workspace.onDidChangeWorkspaceFolders(forget),
    vscode.window.onDidChangeVisibleTextEditors(ahead),
  );
  ahead();
  return {
    known: (uri) => {
      const entry = known.get(uri);
      if (entry && now() - entry.at > staleMs) void refresh(uri);
      return entry?.resource;
    },
    resolve: lookUp,
    onDidForget: forgotten.event,
    dispose: () => {
      clearTimeout(burst);
      listeners.dispose();
    },
  };
}

function folderUris(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString().replace(/\/$/, ''));
}
