import type { LintFinding } from '../lint.ts';
import type { Place } from '../reporter.ts';

/** Something about a valid policy that its author probably does not mean. It never keeps the policy from holding. */
export type Finding = Place & {
  readonly kind: FindingKind;
  readonly severity: LintFinding['severity'];
  /** One or two sentences. */
  readonly message: string;
};

export type FindingKind = LintFinding['kind'] | 'can never match' | 'costly' | 'shadowed' | 'without effect';

/** Whether what it is about could go without a change of what holds. */
export function isIdle({ kind }: Pick<Finding, 'kind'>): boolean {
  return idle.has(kind);
}

const idle: ReadonlySet<FindingKind> = new Set([
  'written twice',
  'can never match',
  'shadowed',
  'without effect',
  'expired',
]);
