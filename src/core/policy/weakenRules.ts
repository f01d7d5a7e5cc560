import { nearest, type Reach } from '../label/reach.ts';
import type { Declassify } from './declassify.ts';
import type { Lift } from './lift.ts';
import { ownReach } from './ownReach.ts';
import type { Glob } from './pattern.ts';
import type { FileException, PolicyFile } from './policyFile.ts';
import type { FileWeakening } from './weakening.ts';

/**
 * What the rules of the new text hold less than those of the old one, pattern by pattern: a rule that was split, joined,
 * renamed or moved but says the same is no weakening.
 */
export function weakenedRules(before: PolicyFile, after: PolicyFile): readonly FileWeakening[] {
  const now = holdings(after);
  const lost = holdings(before).flatMap((holding) => {
    const same = now.filter((candidate) => candidate.glob === holding.glob);
    return same.some((candidate) => covers(candidate, holding)) ? [] : describeLoss(holding, same);
  });
  return once([...lost, ...addedExceptions(before, after)]);
}

/** What one glob of one rule holds: how near, how strictly, and with which exceptions. */
type Holding = {
  readonly glob: string;
  readonly pattern: string;
  readonly rule: string;
  readonly line: number;
  readonly reach: Reach;
  readonly declassify: Declassify;
  readonly exceptions: readonly Excepted[];
};

type Excepted = { readonly key: string; readonly pattern: string; readonly exception: FileException };

function holdings(file: PolicyFile): readonly Holding[] {
  return file.rules.flatMap((rule) => {
    const exceptions = exceptedFrom(file, rule.id);
    const { id, reach, declassify } = rule;
    return rule.files.flatMap((pattern) =>
      pattern.globs.map((glob) => ({
        glob: glob.full,
        pattern: pattern.source,
        rule: id,
        line: pattern.line,
        reach,
        declassify,
        exceptions,
      })),
    );
  });
}

function exceptedFrom(file: PolicyFile, of: string): readonly Excepted[] {
  return file.exceptions
    .filter((exception) => exception.of === of)
    .flatMap((exception) =>
      exception.files.flatMap((pattern) =>
        pattern.globs.map((glob) => ({ key: exceptionKey(glob), pattern: pattern.source, exception })),
      ),
    );
}

function exceptionKey(glob: Glob): string {
  return `${glob.full}${glob.folder ? '/' : ''}`;
}

function covers(candidate: Holding, held: Holding): boolean {
  return (
    nearest(candidate.reach, held.reach) === candidate.reach &&
    (candidate.declassify === 'never' || held.declassify === 'confirm') &&
    added(candidate.exceptions, held.exceptions).length === 0
  );
}

/** The exceptions of `now` that `then` does not have, or not for as long. */
function added(now: readonly Excepted[], then: readonly Excepted[]): readonly Excepted[] {
  return now.filter(
    ({ key, exception }) => !then.some((other) => other.key === key && lastsAsLong(other.exception, exception)),
  );
}

function lastsAsLong(a: FileException, b: FileException): boolean {
  return a.expires === 'never' || (b.expires !== 'never' && a.expires >= b.expires);
}

function describeLoss(held: Holding, same: readonly Holding[]): readonly FileWeakening[] {
  const [candidate] = same;
  const lifts: readonly Lift[] = [{ kind: 'glob', rule: held.rule, glob: held.glob }];
  if (!candidate) {
    const message = `Rule "${held.rule}" no longer holds for ${held.pattern}.`;
    return [{ message, line: held.line, side: 'before', rule: held.rule, lifts }];
  }
  const excepted = added(candidate.exceptions, held.exceptions).map(({ exception, pattern }) =>
    describeException(exception, { pattern, of: held.rule }),
  );
  const farther = describeFarther(held, candidate);
  if (farther.length === 0) return excepted;
  // Accepted together, because all of it is about one pattern and what is accepted of that is taken out as a whole.
  const message = [...farther, ...excepted.map((one) => one.message)].join(' ');
  return [{ message, line: candidate.line, side: 'after', rule: candidate.rule, lifts }];
}

function describeFarther(held: Holding, candidate: Holding): readonly string[] {
  const { rule, reach, declassify } = candidate;
  const { pattern } = held;
  const far = `Rule "${rule}" lets ${pattern} go to "${reach}" instead of "${held.reach}".`;
  const open = `Rule "${rule}" now lets a person send ${pattern} after all (declassify).`;
  return [
    ...(nearest(reach, held.reach) === reach ? [] : [far]),
    ...(declassify === 'never' || held.declassify === 'confirm' ? [] : [open]),
  ];
}

/** `of` is the rule of the former text that the exception takes the pattern out of. */
function describeException(
  { id, of: named, reason, expires, line }: FileException,
  { pattern, of }: { readonly pattern: string; readonly of: string },
): FileWeakening {
  const until = expires === 'never' ? 'for good' : `until ${expires}`;
  return {
    message: `Exception "${id}" takes ${pattern} out of "${named}" ${until}.`,
    line,
    side: 'after',
    rule: id,
    lifts: [{ kind: 'exception', of, id, pattern, reason, expires }],
  };
}

/** Exceptions from what is no rule of the file: its own reach, and the built-in rules. */
function addedExceptions(before: PolicyFile, after: PolicyFile): readonly FileWeakening[] {
  const own = new Set(after.rules.map(({ id }) => id));
  const targets = [...new Set(after.exceptions.map(({ of }) => of))].filter((of) => of === ownReach || !own.has(of));
  return targets.flatMap((of) =>
    added(exceptedFrom(after, of), exceptedFrom(before, of)).map(({ exception, pattern }) =>
      describeException(exception, { pattern, of }),
    ),
  );
}

/** One message is one change, whatever number of statements it is about. */
function once(weakenings: readonly FileWeakening[]): readonly FileWeakening[] {
  const byMessage = new Map<string, FileWeakening>();
  for (const weakening of weakenings) {
    const before = byMessage.get(weakening.message);
    byMessage.set(weakening.message, {
      ...weakening,
      ...before,
      lifts: [...(before?.lifts ?? []), ...weakening.lifts],
    });
  }
  return [...byMessage.values()];
}
