import type { Provenance } from '../label/provenance.ts';
import type { Reach } from '../label/reach.ts';
import type { ResourceName } from '../label/resource.ts';
import type { Declassify } from './declassify.ts';
import type { RuleRef } from './ruleRef.ts';
import type { PolicyState } from './state.ts';

/** The policy as the guard and the readers of text see it. */
export type PolicyPort = {
  /** What holds now. Never throws. */
  current(): PolicyState;
  /** How far a text from there may go under what holds now. Never throws; any doubt means `device`. */
  decide(provenance: Provenance): PolicyDecision;
  /**
   * Compares the policy files on disk with what holds, before a request beyond the device. Resolves to false when they
   * differ or cannot be read; a reload is then under way. In the folders of the files named by `near`, it also finds policy
   * files that have come since.
   */
  fresh(signal: AbortSignal, near?: readonly ResourceName[]): Promise<boolean>;
};

export type PolicyDecision = {
  readonly reach: Reach;
  /** Every rule that holds for the text, nearest reach first. */
  readonly rules: readonly RuleRef[];
  /** Why the reach is nearer than the rules say, in words for the user. */
  readonly doubt?: string;
  /** Whether the user may widen this text's reach by a deliberate act. */
  readonly declassify: Declassify;
};
