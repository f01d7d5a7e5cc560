import type { PolicyFile } from './policyFile.ts';
import { readPattern } from './pattern.ts';
import { liftSetting } from './weakenSettings.ts';

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

/** The policy without what was lifted from it. A lift that names nothing of the file changes nothing. */
export function liftFromPolicy(policy: PolicyFile, lifts: readonly Lift[]): PolicyFile {
  return lifts.reduce(liftOne, policy);
}

function liftOne(policy: PolicyFile, lift: Lift): PolicyFile {
  switch (lift.kind) {
    case 'glob':
      return {
        ...policy,
        rules: policy.rules.map((rule) => (rule.id === lift.rule ? withoutGlob(rule, lift.glob) : rule)),
      };
    case 'exception':
      return withException(policy, lift);
    case 'setting':
      return liftSetting(policy, lift.key);
    case 'file':
    case 'line':
      return policy;
  }
}

function withoutGlob<Rule extends PolicyFile['rules'][number]>(rule: Rule, glob: string): Rule {
  return {
    ...rule,
    files: rule.files.map((pattern) => ({ ...pattern, globs: pattern.globs.filter(({ full }) => full !== glob) })),
  };
}

function withException(policy: PolicyFile, lift: Extract<Lift, { kind: 'exception' }>): PolicyFile {
  const read = readPattern(lift.pattern);
  if (read.kind !== 'pattern') return policy;
  const { of, id, reason, expires } = lift;
  const files = [{ ...read.pattern, line: 1, offset: 0, length: 1 }];
  return { ...policy, exceptions: [...policy.exceptions, { id, of, files, reason, expires, line: 1 }] };
}
