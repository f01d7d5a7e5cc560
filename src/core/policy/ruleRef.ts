import type { Reach } from '../label/reach.ts';

/** Names one rule so that a person finds it: which layer, which file and line, and what it says. */
export type RuleRef = {
  readonly layer: PolicyLayer;
  readonly id: string;
  /** The pattern of the rule that matched, as written. */
  readonly pattern: string;
  readonly reach: Reach;
  readonly reason?: string;
  readonly owner?: string;
  /** The file the rule stands in (URI or path) and its line, counted from one; absent for built-in rules. */
  readonly file?: string;
  readonly line?: number;
};

/** By authority, farthest first. A nearer layer can only narrow. */
export type PolicyLayer = 'managed' | 'user' | 'workspace' | 'nested' | 'imported' | 'built-in';
