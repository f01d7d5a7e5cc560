import type { PolicyFile } from './policyFile.ts';
import { readPattern } from './pattern.ts';
import type { Lift } from './lift.ts';
import { liftSetting } from './weakenSettings.ts';

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
