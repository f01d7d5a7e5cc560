import type { Policy } from './compile.ts';
import type { FileProblem } from './problem.ts';
import type { Weakening } from './weakening.ts';

/**
 * What is known about the policy at this moment. Every state carries the policy that holds for nearer zones and its hash;
 * only `loaded` lets anything go to the cloud.
 */
export type PolicyState =
  /** No policy file speaks for this workspace: nothing goes to the cloud. */
  | { readonly kind: 'none'; readonly policy: Policy; readonly hash: string }
  /** Being read for the first time, or changed on disk and being read again. */
  | { readonly kind: 'loading'; readonly policy: Policy; readonly hash: string; readonly limit: Limit }
  | {
      readonly kind: 'invalid';
      readonly policy: Policy;
      readonly hash: string;
      readonly problems: readonly FileProblem[];
      readonly limit: Limit;
    }
  | {
      readonly kind: 'loaded';
      readonly policy: Policy;
      readonly hash: string;
      /** What the files on disk would loosen, held back until the user has seen and accepted it. */
      readonly pending: readonly Weakening[];
    };

/**
 * How far anything may go meanwhile: `perimeter` where a former, valid version of every file in trouble is known and holds,
 * `device` where rules may exist that nobody has read.
 */
export type Limit = 'device' | 'perimeter';
