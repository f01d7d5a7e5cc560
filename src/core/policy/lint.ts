import { fold } from './fold.ts';
import { indexGlobs } from './globIndex.ts';
import { nearest, type Reach } from '../label/reach.ts';
import { ownReach } from './ownReach.ts';
import type { PlacedPattern, PolicyFile } from './policyFile.ts';

/** What is questionable in a valid policy file, at its place. Lines from one, offsets and lengths in UTF-16 units. */
export type LintFinding = {
  readonly kind: 'matches nothing' | 'matches most' | 'written twice' | 'cannot widen' | 'expired' | 'expires soon';
  readonly severity: 'warning' | 'information';
  readonly message: string;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
};

/** How many files a pattern matches, with the first few of them. */
export type PatternUse = {
  readonly pattern: PlacedPattern;
  readonly rule: string;
  readonly count: number;
  readonly samples: readonly string[];
};

export type LintInput = {
  readonly policy: PolicyFile;
  /** Paths of the files below the folder of the policy file, `/` between names; absent where they are not known yet. */
  readonly files?: readonly string[];
  /** In UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** What an absent `reach` means in this file. */
  readonly silentReach: Reach;
};

/** Looks for statements that are valid and still unlikely to be meant. */
export function lintPolicy(input: LintInput): readonly LintFinding[] {
  const uses = input.files ? countUses(input.policy, input.files) : [];
  const total = input.files?.length ?? 0;
  return [...lintUses(uses, total), ...lintRules(input), ...lintExceptions(input)].sort((a, b) => a.offset - b.offset);
}

/** What is questionable in how many of the `total` files the patterns match. */
export function lintUses(uses: readonly PatternUse[], total: number): readonly LintFinding[] {
  return uses.flatMap((use) => lintUse(use, total));
}

/** What each pattern of the rules and exceptions matches, in the order of the file. One pass over the files. */
export function countUses(policy: PolicyFile, files: readonly string[]): readonly PatternUse[] {
  const entries = [...policy.rules, ...policy.exceptions].flatMap(({ id, files: patterns }) =>
    patterns.map((pattern) => ({ pattern, rule: id, count: 0, samples: new Array<string>() })),
  );
  const find = indexGlobs(entries.flatMap((value) => value.pattern.globs.map((glob) => ({ glob, value }))));
  for (const file of files) {
    for (const entry of find(fold(file))) {
      entry.count += 1;
      if (entry.samples.length < maxSamples) entry.samples.push(file);
    }
  }
  return entries;
}

const maxSamples = 5;
const fewFiles = 20;
const soonDays = 14;

function lintUse({ pattern, count }: PatternUse, total: number): readonly LintFinding[] {
  if (count === 0) {
    return [
      finding(
        'matches nothing',
        'warning',
        pattern,
        `${pattern.source} matches no file of this folder. Check its spelling, or keep it for files to come.`,
      ),
    ];
  }
  const everything = pattern.globs.some(
    ({ full }) => full === '**/*' || full === '**/**' || full === '**' || full === '*',
  );
  if (everything || total < fewFiles || count * 2 <= total) return [];
  const share = Math.round((100 * count) / total);
  return [
    finding(
      'matches most',
      'information',
      pattern,
      `${pattern.source} matches ${share} % of the files of this folder (${count} of ${total}).`,
    ),
  ];
}

function lintRules({ policy, silentReach }: LintInput): readonly LintFinding[] {
  const limit = policy.reach?.value ?? silentReach;
  const seen = new Map<string, string>();
  return policy.rules.flatMap(({ id, files, reach }) =>
    files.flatMap((pattern) => {
      const key = `${reach} ${pattern.globs.map(({ full }) => full).join(' ')}`;
      const other = seen.get(key);
      seen.set(key, id);
      const twice =
        other === undefined
          ? []
          : [
              finding(
                'written twice',
                'information',
                pattern,
                `The rule "${other}" already says this of ${pattern.source}.`,
              ),
            ];
      if (nearest(reach, limit) === reach) return twice;
      const message = `This rule cannot let files go to "${reach}": all files of this policy stay within "${limit}". Use an exception of "${ownReach}" instead.`;
      return [...twice, finding('cannot widen', 'warning', pattern, message)];
    }),
  );
}

function lintExceptions({ policy, today }: LintInput): readonly LintFinding[] {
  return policy.exceptions.flatMap(({ id, expires, files }) => {
    const [pattern] = files;
    if (!pattern || expires === 'never') return [];
    if (expires < today)
      return [finding('expired', 'warning', pattern, `The exception "${id}" ended on ${expires}. Renew or remove it.`)];
    const days = (Date.parse(expires) - Date.parse(today)) / 86_400_000;
    return days <= soonDays
      ? [finding('expires soon', 'information', pattern, `The exception "${id}" ends on ${expires}.`)]
      : [];
  });
}

function finding(
  kind: LintFinding['kind'],
  severity: LintFinding['severity'],
  at: PlacedPattern,
  message: string,
): LintFinding {
  return { kind, severity, message, line: at.line, offset: at.offset, length: at.length };
}
