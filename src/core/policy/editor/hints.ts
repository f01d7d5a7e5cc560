import type { Reach } from '../../label/reach.ts';
import { lintPolicy, lintUses, type PatternUse } from '../lint.ts';
import type { PolicyFile } from '../policyFile.ts';
import type { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import { hintCost } from './hintCost.ts';
import { hintShadows } from './hintShadows.ts';
import { hintTargets } from './hintTargets.ts';
import { entryAt, type Outline } from './outline.ts';

export type HintContext = {
  /** The outline and the policy of the same text. */
  readonly outline: Outline;
  readonly policy: PolicyFile;
  /** Absent while the files are still being listed. */
  readonly coverage?: Coverage;
  /** In UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** What an absent `reach` means in this file. */
  readonly silentReach: Reach;
};

/** What is worth a second look in a valid policy, in the order of its text: what neither parser nor schema can say. */
export function hintsFor({ outline, policy, coverage, today, silentReach }: HintContext): readonly Finding[] {
  const plain = [
    ...lintPolicy({ policy, today, silentReach }),
    ...(coverage ? lintUses(usesOf(outline, policy, coverage), coverage.files) : []),
    ...hintCost(outline),
    ...hintTargets(outline),
  ];
  const places = new Set(plain.map(({ offset }) => offset));
  const twice = plain.filter(({ kind }) => kind === 'written twice').map(({ offset }) => entryAt(outline, offset));
  // One place, one remark: what is said twice or leads nowhere needs not be called shadowed as well.
  const shadows = hintShadows(outline, silentReach).filter(
    ({ offset }) => !places.has(offset) && !twice.includes(entryAt(outline, offset)),
  );
  return [...plain, ...shadows].sort((a, b) => a.offset - b.offset);
}

function usesOf(outline: Outline, policy: PolicyFile, coverage: Coverage): readonly PatternUse[] {
  const counted = new Map(
    [...outline.rules, ...outline.exceptions]
      .flatMap(({ patterns }) => patterns)
      .map((pattern) => [pattern.offset, coverage.ofPattern(pattern)]),
  );
  return [...policy.rules, ...policy.exceptions].flatMap(({ id, files }) =>
    files.flatMap((pattern) => {
      const matched = counted.get(pattern.offset);
      if (!matched || (matched.count === 0 && isUnknown(pattern.source, coverage))) return [];
      return [{ pattern, rule: id, count: matched.count, samples: matched.paths }];
    }),
  );
}

/** Whether files that are not listed may match: the list was cut short, or the pattern is about folders left out of it. */
function isUnknown(source: string, { complete }: Coverage): boolean {
  return !complete || /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/i.test(source);
}
