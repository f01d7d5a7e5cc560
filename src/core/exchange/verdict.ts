import type { Reach, Zone } from '../label/reach.ts';
import type { RuleRef } from '../policy/ruleRef.ts';

/** What the guard decided about one request before a byte of it left. */
export type Verdict =
  | {
      readonly kind: 'allow';
      readonly zone: Zone;
      readonly parts: readonly PartDecision[];
      /** What the scan of the final text was not sure about, as titles for the user. */
      readonly warnings?: readonly string[];
    }
  | { readonly kind: 'refuse'; readonly zone: Zone; readonly parts: readonly PartDecision[]; readonly cause: Refusal };

/** `drop` keeps the part back and lets the rest go. */
export type PartDecision = {
  readonly id: string;
  readonly title: string;
  readonly bytes: number;
  readonly decision: 'keep' | 'drop';
  readonly reach: Reach;
  readonly rules: readonly RuleRef[];
  /** Why it is kept back, in words for the user; absent when kept. */
  readonly why?: string;
  /** Set on a part kept back where the policy lets the user send it after all, after an exact preview. */
  readonly mayDeclassify?: true;
  /** Set on a part that goes beyond its reach because the user agreed. */
  readonly declassified?: DeclassifiedPart;
};

/** Which agreement let a part go: its id, when, and the keyed hash of the text that was shown. */
export type DeclassifiedPart = { readonly id: string; readonly at: number; readonly preview: string };

/** Why nothing of a request may go. */
export type Refusal = {
  readonly reason: RefusalReason;
  /** One sentence for the user. */
  readonly message: string;
  readonly action?: string;
};

export type RefusalReason =
  | 'required-part'
  | 'no-policy'
  | 'policy-invalid'
  | 'policy-loading'
  | 'policy-changed'
  | 'untrusted'
  | 'backend-not-allowed'
  | 'model-not-allowed'
  | 'not-proved'
  | 'secret-found'
  | 'ledger-unavailable'
  | 'budget'
  | 'off';
