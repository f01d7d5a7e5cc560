import * as vscode from 'vscode';
import type { PolicyKeeper } from '../../core/policy/keeper.ts';
import type { PolicyPort } from '../../core/policy/port.ts';
import type { PolicyState } from '../../core/policy/state.ts';
import { clock } from '../clock.ts';
import { policyGlob } from './files.ts';

/** The policy of this window: what holds now, and an event when that changes. */
export type PolicyStore = PolicyPort &
  Pick<PolicyKeeper, 'accept'> &
  vscode.Disposable & {
    readonly onDidChange: vscode.Event<PolicyState>;
    /** Resolves when the files have been read for the first time, or after ten seconds: what is asked then is refused. */
    readonly ready: Promise<void>;
    /** Reads the files again and resolves when what they say holds. */
    readonly reload: () => Promise<void>;
  };

/** Keeps a policy current with what the editor knows: files saved, branches switched, folders added, trust granted. */
export function createPolicyStore(keeper: PolicyKeeper): PolicyStore {
  const changed = new vscode.EventEmitter<PolicyState>();
  const life = new AbortController();
  const reload = (): Promise<void> => keeper.reload(life.signal);
  const again = (): void => void reload();
  const stop = keeper.onDidChange(() => changed.fire(keeper.current()));
  // The first reading may be overtaken by another one; only a new state says that the files were read.
  const known = new Promise<void>((resolve) => void keeper.onDidChange(resolve));
  const files = vscode.workspace.createFileSystemWatcher(policyGlob);
  // A commit, a checkout, a merge: each moves what `HEAD` says.
  const heads = vscode.workspace.createFileSystemWatcher('**/.git/{HEAD,ORIG_HEAD,logs/HEAD}');
  const listeners = vscode.Disposable.from(
    changed,
    files,
    files.onDidChange(again),
    files.onDidCreate(again),
    files.onDidDelete(again),
    heads,
    heads.onDidChange(again),
    heads.onDidCreate(again),
    vscode.workspace.onDidChangeWorkspaceFolders(again),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
  );
  return {
    current: () => keeper.current(),
    decide: (provenance) => keeper.decide(provenance),
    fresh: (signal, near) => keeper.fresh(signal, near),
    accept: (hash, chosen) => keeper.accept(hash, chosen),
    ready: withinPatience(Promise.all([reload(), known])),
    reload,
    onDidChange: changed.event,
    dispose: () => {
      stop();
      life.abort();
      listeners.dispose();
    },
  };
}

/** Milliseconds that anyone waits for the first reading; it usually takes a few. */
const patience = 10_000;

async function withinPatience(reading: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([reading.finally(() => waiting.abort()), clock.delay(patience, waiting.signal)]);
}
