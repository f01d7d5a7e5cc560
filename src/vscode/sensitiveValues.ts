import * as vscode from 'vscode';
import type { Indexed, IndexValues } from '../assistant/indexValues.ts';
import type { PolicyStore } from './policy/store.ts';

type Dependencies = {
  readonly values: IndexValues;
  readonly policy: Pick<PolicyStore, 'ready' | 'current' | 'onDidChange'>;
  /** Told how each search through the workspace ended. */
  readonly report: (indexed: Indexed) => void;
};

/** The search for sensitive values, kept up with what changes in the workspace. */
export type SensitiveValues = vscode.Disposable & {
  /** Resolves when the workspace has been looked through for the first time. */
  readonly settled: Promise<void>;
};

/** Starts at once and goes on in the background: a new policy means a new search, a changed file a look at that file. */
export function watchSensitiveValues({ values, policy, report }: Dependencies): SensitiveValues {
  let search = new AbortController();
  let held = '';
  const again = async (): Promise<void> => {
    search.abort();
    search = new AbortController();
    const { signal } = search;
    held = policy.current().hash;
    const indexed = await values.all(signal);
    if (!signal.aborted) report(indexed);
  };
  const pending = createPending((uris) => uris.forEach((uri) => void values.look(uri)));
  const files = vscode.workspace.createFileSystemWatcher('**/*');
  const touched = (uri: vscode.Uri): void => {
    if (uri.scheme === 'file' && !skipped.test(uri.path)) pending.add(uri.toString());
  };
  const listeners = vscode.Disposable.from(
    files,
    files.onDidChange(touched),
    files.onDidCreate(touched),
    files.onDidDelete((uri) => values.forget(uri.toString())),
    policy.onDidChange(({ kind, hash }) => {
      if (kind !== 'loading' && hash !== held) void again();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void again()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void again()),
  );
  return {
    settled: policy.ready.then(again),
    dispose: () => {
      search.abort();
      pending.dispose();
      listeners.dispose();
    },
  };
}

const skipped = /\/(?:\.git|node_modules)\//;

/** Gathers what comes in quick succession, such as the saves of a checkout, and hands it on once. */
function createPending(flush: (uris: readonly string[]) => void): vscode.Disposable & { add(uri: string): void } {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => {
    timer = undefined;
    const uris = [...waiting];
    waiting.clear();
    flush(uris);
  };
  return {
    add(uri) {
      waiting.add(uri);
      timer ??= setTimeout(run, quietMs);
    },
    dispose: () => clearTimeout(timer),
  };
}

const quietMs = 300;
