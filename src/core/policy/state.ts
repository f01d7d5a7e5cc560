import type { Policy } from './compile.ts';
import type { FileProblem } from './problem.ts';
import type { Weakening } from './weakening.ts';

/** What is known about the policy at this moment. Only `loaded` lets anything go to the cloud. */
export type PolicyState = Known &
  (
    | { readonly kind: 'loaded' }
    /** No policy file says how far anything may go: nothing goes to the cloud. */
    | { readonly kind: 'none' }
    /** Being read for the first time, or found changed on disk and being read again. */
    | { readonly kind: 'loading'; readonly limit: Limit }
    | { readonly kind: 'invalid'; readonly problems: readonly FileProblem[]; readonly limit: Limit }
  );

type Known = {
  /** What holds, within the limit of the state. */
  readonly policy: Policy;
  /** Names exactly this policy, as hex. */
  readonly hash: string;
  /** What the files on disk would loosen, held back until it is committed and the user has accepted it. */
  readonly pending: readonly Weakening[];
};

/**
 * How far anything may go meanwhile: `perimeter` where a former, valid version of every file in trouble is known and holds,
 * `device` where rules may exist that nobody can read, `none` while they have not been looked for at all.
 */
export type Limit = 'none' | 'device' | 'perimeter';

/** Whether the policy has not been read even once, so that no file may go to any model yet. */
export function isUnread(state: { readonly kind: PolicyState['kind']; readonly limit?: Limit }): boolean {
  return state.kind === 'loading' && state.limit === 'none';
}
