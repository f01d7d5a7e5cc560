import * as vscode from 'vscode';
import { createDecider } from '../core/policy/decider.ts';
import { decideIn } from '../core/policy/decideIn.ts';
import { loadState, type PolicyText } from '../core/policy/loadState.ts';
import type { PolicyPort } from '../core/policy/port.ts';
import type { PolicyState } from '../core/policy/state.ts';
import { policyGlob, readAgain, readPolicyFiles, type FoundPolicyFile } from './policyFiles.ts';

/** The policy of this window: what holds now, and an event when that changes. */
export type PolicyStore = PolicyPort &
  vscode.Disposable & {
    readonly onDidChange: vscode.Event<PolicyState>;
    /** Resolves when the files have been read for the first time. */
    readonly ready: Promise<void>;
    /** Reads the files again and resolves when what they say holds. */
    reload(): Promise<void>;
  };

/** `digest` is a collision-resistant hash as hex; `now` is milliseconds since 1970. */
type Dependencies = { readonly digest: (text: string) => string; readonly now: () => number };

/**
 * Keeps the policy current. A new state is built whole and then takes the place of the old one; from the first sign of a
 * change until then, the old one holds and nothing goes to the cloud.
 */
export function createPolicyStore({ digest, now }: Dependencies): PolicyStore {
  const changed = new vscode.EventEmitter<PolicyState>();
  const today = (): string => new Date(now()).toISOString().slice(0, 10);
  const build = (files: readonly FoundPolicyFile[]): PolicyState =>
    loadState({ folders: folderUris(), texts: textsOf(files), today: today(), hash: digest(fingerprint(files)) });

  const empty = build([]);
  let state: PolicyState = { kind: 'loading', policy: empty.policy, hash: empty.hash, pending: [], limit: 'device' };
  let decider = createDecider(state.policy);
  const swap = (next: PolicyState): void => {
    if (next.policy !== state.policy) decider = createDecider(next.policy);
    state = next;
    changed.fire(state);
  };

  let known: readonly FoundPolicyFile[] = [];
  let latest = 0;
  const reload = async (): Promise<void> => {
    const turn = ++latest;
    if (state.kind === 'loaded')
      swap({ kind: 'loading', policy: state.policy, hash: state.hash, pending: state.pending, limit: 'device' });
    const files = await readPolicyFiles();
    // A later change has started a later reading; its result is the one that counts.
    if (turn !== latest) return;
    known = files;
    swap(build(files));
  };

  const ready = reload();
  const watcher = vscode.workspace.createFileSystemWatcher(policyGlob);
  const again = (): void => void reload();
  const listeners = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidChange(again),
    watcher.onDidCreate(again),
    watcher.onDidDelete(again),
    vscode.workspace.onDidChangeWorkspaceFolders(again),
  );
  return {
    current: () => state,
    decide: (provenance) => decideIn({ state, trusted: vscode.workspace.isTrusted, decide: decider }, provenance),
    fresh: async () => {
      if (state.kind === 'loaded' && state.policy.holdsThrough !== undefined && today() > state.policy.holdsThrough) {
        await reload();
        return false;
      }
      const turn = latest;
      // The files that are known, and the roots, where one may have appeared; a new one deeper down is the watcher's to see.
      const unchanged = digest(fingerprint(await readAgain(known))) === state.hash;
      if (!unchanged && turn === latest) again();
      return unchanged && turn === latest;
    },
    ready,
    reload,
    onDidChange: changed.event,
    dispose: () => void listeners.dispose(),
  };
}

function folderUris(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString().replace(/\/$/, ''));
}

function textsOf(files: readonly FoundPolicyFile[]): readonly PolicyText[] {
  return files.flatMap(({ uri, folder, base, name, content }) =>
    content.kind === 'absent'
      ? []
      : [
          {
            file: uri.toString(),
            folder: folder.uri.toString().replace(/\/$/, ''),
            ...(base !== undefined && { base }),
            name,
            version: 'working tree' as const,
            content,
          },
        ],
  );
}

/** Everything that a decision depends on and that lies on disk. */
function fingerprint(files: readonly FoundPolicyFile[]): string {
  return JSON.stringify(files.map(({ uri, content }) => [uri.toString(), content]).toSorted());
}
