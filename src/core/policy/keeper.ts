import type { Provenance } from '../label/provenance.ts';
import type { ResourceName } from '../label/resource.ts';
import { builtInPolicy, type Policy } from './compile.ts';
import { createDecider } from './decider.ts';
import { decideIn } from './decideIn.ts';
import { fingerprintText, sameDocuments, type PolicyDocument } from './document.ts';
import { acknowledgeChosen } from './acknowledge.ts';
import { holdPolicy } from './hold.ts';
import type { PolicyDecision, PolicyPort } from './port.ts';
import type { PolicyState } from './state.ts';
import type { Weakening } from './weakening.ts';

/** Reads the policy and ignore files of the workspace, of the user and of the administrator. Rejects where it cannot. */
export type PolicyReader = {
  /** Everything there is, wherever it lies. */
  readAll(signal: AbortSignal): Promise<readonly PolicyDocument[]>;
  /**
   * The same files once more, with those that have come to the usual places: the roots, and the folders above the files named
   * by `near`. Quick: it runs before requests.
   */
  readAgain(
    known: readonly PolicyDocument[],
    signal: AbortSignal,
    near?: readonly ResourceName[],
  ): Promise<readonly PolicyDocument[]>;
};

/** Keeps what was accepted on this machine, outside the workspace. */
export type AcknowledgedStore = {
  read(): Promise<readonly PolicyDocument[]>;
  write(documents: readonly PolicyDocument[]): Promise<void>;
};

export type KeeperDependencies = {
  readonly reader: PolicyReader;
  readonly acknowledged: AcknowledgedStore;
  readonly folders: () => readonly string[];
  readonly trusted: () => boolean;
  /** In UTC, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly productVersion: string;
  readonly digest: (text: string) => string;
};

/** The policy of a workspace through time. */
export type PolicyKeeper = PolicyPort & {
  /** Reads everything and swaps the new policy in as a whole. Never rejects: what cannot be read makes the policy invalid. */
  reload(signal: AbortSignal): Promise<void>;
  /**
   * Accepts some of what is pending, as the user has seen it: pass the hash of the state that was shown and the changes that
   * were chosen. False if it is another state by now.
   */
  accept(hash: string, chosen: readonly Weakening[]): Promise<boolean>;
  /** Calls back after each change of state. Returns how to stop. */
  onDidChange(listener: () => void): () => void;
};

/** Starts in state `loading`; before the first `reload` has ended no file goes to any model and nothing leaves the device. */
export function createPolicyKeeper(dependencies: KeeperDependencies): PolicyKeeper {
  const { reader, acknowledged, folders, trusted, today, productVersion, digest } = dependencies;
  const listeners = new Set<() => void>();
  let documents: readonly PolicyDocument[] = [];
  let day = today();
  let turn = 0;
  let state: PolicyState = {
    kind: 'loading',
    policy: builtInPolicy(folders()),
    hash: digest(''),
    pending: [],
    limit: 'none',
  };
  let decider = createDecider(state.policy);

  const enter = (next: PolicyState): void => {
    if (next.policy !== state.policy) decider = createDecider(next.policy);
    state = next;
    for (const listener of listeners) listener();
  };

  const hold = async (found: readonly PolicyDocument[], before: readonly PolicyDocument[]): Promise<void> => {
    day = today();
    const held = holdPolicy({
      folders: folders(),
      documents: found,
      acknowledged: before,
      today: day,
      productVersion,
      digest,
    });
    documents = found;
    enter(held.state);
    // A workspace that nobody trusts cannot have anything accepted.
    if (!trusted() || sameDocuments(held.acknowledged, before)) return;
    await acknowledged.write(held.acknowledged);
  };

  const reload = async (signal: AbortSignal): Promise<void> => {
    const mine = ++turn;
    try {
      const [found, before] = await Promise.all([reader.readAll(signal), acknowledged.read()]);
      if (mine === turn) await hold(found, before);
    } catch (error) {
      if (mine === turn) enter(unreadable(state, error));
    }
  };

  return {
    current: () => state,
    decide: (provenance: Provenance): PolicyDecision =>
      decideIn({ state, trusted: trusted(), decide: decider }, provenance),
    reload,
    async fresh(signal, near = []) {
      if (state.kind === 'loading') return false;
      const known = state;
      const same = await isUnchanged({ reader, documents, near, day, today }, signal);
      if (same && known === state) return true;
      if (known === state)
        enter({ kind: 'loading', policy: state.policy, hash: state.hash, pending: state.pending, limit: 'perimeter' });
      void reload(new AbortController().signal);
      return false;
    },
    async accept(hash, chosen) {
      if (hash !== state.hash || !trusted() || state.kind === 'loading') return false;
      turn++;
      const next = acknowledgeChosen({ documents, acknowledged: await acknowledged.read(), chosen, productVersion });
      await acknowledged.write(next);
      await hold(documents, next);
      return true;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Comparison = {
  readonly reader: PolicyReader;
  readonly documents: readonly PolicyDocument[];
  readonly near: readonly ResourceName[];
  readonly day: string;
  readonly today: () => string;
};

async function isUnchanged({ reader, documents, near, day, today }: Comparison, signal: AbortSignal): Promise<boolean> {
  // An exception may have run out at midnight.
  if (day !== today()) return false;
  try {
    return fingerprintText(await reader.readAgain(documents, signal, near)) === fingerprintText(documents);
  } catch {
    return false;
  }
}

function unreadable(
  state: { readonly policy: Policy; readonly hash: string; readonly pending: PolicyState['pending'] },
  error: unknown,
): PolicyState {
  const why = error instanceof Error ? error.message : String(error);
  const message = `The policy files could not be read or remembered (${why}). Check that the workspace folder is there and readable.`;
  const problem = { message, file: '', line: 1, column: 1, offset: 0, length: 1 };
  const { policy, hash, pending } = state;
  return { kind: 'invalid', policy, hash, pending, problems: [problem], limit: 'device' };
}
