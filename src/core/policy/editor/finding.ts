import type { Place } from '../reporter.ts';
import type { Entry, EntryPattern } from './outline.ts';

/** Something about a valid policy that its author probably does not mean. It never keeps the policy from holding. */
export type Finding = Place & {
  readonly kind: FindingKind;
  /** One or two sentences. */
  readonly message: string;
  readonly weight: 'warning' | 'information';
  /** What it is about; the pattern where it is about one alone. */
  readonly entry: Entry;
  readonly pattern?: EntryPattern;
};

export type FindingKind =
  | 'matches nothing'
  | 'can never match'
  | 'too broad'
  | 'costly'
  | 'shadowed'
  | 'without effect'
  | 'expired'
  | 'expires soon';

/** Whether what a finding is about could go without a change of what holds. */
export function isIdle({ kind }: Finding): boolean {
  return kind === 'can never match' || kind === 'shadowed' || kind === 'without effect' || kind === 'expired';
}
