import type { Lift } from './lift.ts';
import type { PolicyLayer } from './ruleRef.ts';
import type { FileVersion } from './source.ts';

/** One thing that a change of policy would let go farther than before. */
export type Weakening = {
  /** What gets looser, as a sentence: `Rule "payments" no longer holds for src/payments/.` */
  readonly message: string;
  readonly layer: PolicyLayer;
  /** The file whose change loosens it (URI or path). */
  readonly file: string;
  /** Counted from one, in the text named by `side`. */
  readonly line: number;
  readonly side: 'before' | 'after';
  /** The rule or exception concerned, if it is one. */
  readonly rule?: string;
  /** The version that still holds it: until it is committed (`HEAD`) or accepted on this machine (`acknowledged`). */
  readonly heldBy?: FileVersion;
  /** What accepting it takes out of the version that holds it. */
  readonly lifts: readonly Lift[];
};

/** Tells one change of a policy from another, as people see them. */
export function weakeningKey({ file, message }: Pick<Weakening, 'file' | 'message'>): string {
  return `${file}\n${message}`;
}

/** A weakening within one file, before it is said which file that is. */
export type FileWeakening = Pick<Weakening, 'message' | 'line' | 'side' | 'rule' | 'lifts'>;
