import type { PolicyLayer } from './ruleRef.ts';

/** One thing that a change of policy would let go farther than before. */
export type Weakening = {
  /** What gets looser, as a sentence: `Rule "payments" no longer holds for src/payments/.` */
  readonly message: string;
  readonly layer: PolicyLayer;
  /** The file whose change loosens it (URI or path). */
  readonly file: string;
  /** In the new text if the statement is still there, else in the old one; counted from one. */
  readonly line: number;
  /** Which of the two texts `line` counts in. */
  readonly side: 'before' | 'after';
  /** The rule or exception concerned, if it is one. */
  readonly rule?: string;
};
