import type { Json } from '../core/audit/canonicalJson.ts';

/** What a command came to. The exit code is 0 where all is well, 1 where something was found, 2 where it could not run. */
export type Outcome =
  | {
      readonly kind: 'done';
      /** Whether something was found that a check should fail for. */
      readonly found: boolean;
      /** For people; without the line feed at its end. */
      readonly text: string;
      /** For programs; the same facts. */
      readonly json: { readonly [key: string]: Json };
      /** What a person should know beside the result, on standard error. */
      readonly notes?: readonly string[];
    }
  | {
      readonly kind: 'failed';
      /** What is wrong, and where. */
      readonly message: string;
      /** What to do about it. */
      readonly action: string;
    };

export function failed(message: string, action: string): Extract<Outcome, { kind: 'failed' }> {
  return { kind: 'failed', message, action };
}
