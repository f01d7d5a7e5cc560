/**
 * What one accepted change takes out of the version of a file that was accepted before, so that only the rest of it goes on
 * holding. The newer text beside it says what holds instead.
 */
export type Lift =
  | { readonly kind: 'file' }
  /** One glob (fully folded) of a rule. */
  | { readonly kind: 'glob'; readonly rule: string; readonly glob: string }
  | {
      readonly kind: 'exception';
      readonly of: string;
      readonly id: string;
      readonly pattern: string;
      readonly reason: string;
      readonly expires: string;
    }
  /** By its path: `cloud.retention`. */
  | { readonly kind: 'setting'; readonly key: string }
  /** A line of an ignore file; a negation is added to what was accepted, any other taken away. */
  | { readonly kind: 'line'; readonly pattern: string };
