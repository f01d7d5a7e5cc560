import type { Declassify } from './declassify.ts';
import { fold, type Folded } from './fold.ts';
import type { GlobEntry } from './globIndex.ts';
import { exactMatch } from './globMatch.ts';
import { ownReach } from './ownReach.ts';
import type { Glob, Pattern } from './pattern.ts';
import type { FileException } from './policyFile.ts';
import type { RuleRef } from './ruleRef.ts';
import type { PolicySource } from './source.ts';

/** A rule under one of its patterns, or the reach that a file states for whatever no rule matches. */
export type CompiledRule = {
  readonly ref: RuleRef;
  readonly declassify: Declassify;
  /** The exception that takes this very name out of the rule, if one does. */
  readonly exceptedBy: (path: Folded) => FileException | undefined;
  /** Every exception of the rule, dead or alive, for the explanation. */
  readonly exceptions: readonly PlacedException[];
};

export type PlacedException = { readonly exception: FileException; readonly file: string; readonly expired: boolean };

/** The rules of one file, one entry for each of their globs. */
export function compileRules(source: PolicySource, today: string): readonly GlobEntry<CompiledRule>[] {
  return source.policy.rules.flatMap((rule) => {
    const excepting = compileExceptions(source, rule.id, today);
    return rule.files.flatMap((pattern) => {
      const ref: RuleRef = Object.freeze({
        layer: source.layer,
        id: rule.id,
        pattern: pattern.source,
        reach: rule.reach,
        ...(rule.reason === undefined ? {} : { reason: rule.reason }),
        ...(rule.owner === undefined ? {} : { owner: rule.owner }),
        file: source.file,
        line: pattern.line,
      });
      const value: CompiledRule = { ref, declassify: rule.declassify, ...excepting };
      return globsIn(pattern, source.base).map((glob) => ({ glob, value }));
    });
  });
}

/** The reach that a file states for every file below it, as a rule that matches them all. */
export function compileStated(source: PolicySource, today: string): CompiledRule | undefined {
  // Private by default: the policy of a workspace folder that does not say how far its files may go keeps them here.
  const implied = source.layer === 'workspace' ? { value: 'device' as const, line: 1 } : undefined;
  const stated = source.policy.reach ?? implied;
  if (!stated) return undefined;
  const { value: reach, line } = stated;
  const ref: RuleRef = Object.freeze({
    layer: source.layer,
    id: ownReach,
    pattern: '*',
    reach,
    file: source.file,
    line,
  });
  return { ref, declassify: 'confirm', ...compileExceptions(source, ownReach, today) };
}

export type Excepting = Pick<CompiledRule, 'exceptedBy' | 'exceptions'>;

/** What one file excepts from the rule with that id. */
export function compileExceptions(source: PolicySource, of: string, today: string): Excepting {
  const all = source.policy.exceptions.filter((exception) => exception.of === of);
  const tests = all
    .filter((exception) => !isExpired(exception, today))
    .flatMap((exception) =>
      exception.files
        .flatMap((pattern) => globsIn(pattern, source.base))
        .map((glob) => ({ exception, test: exactMatch(glob) })),
    );
  return {
    exceptedBy: (path) => tests.find(({ test }) => test(path))?.exception,
    exceptions: all.map((exception) => ({ exception, file: source.file, expired: isExpired(exception, today) })),
  };
}

/** Days compare as text. The last day still counts. */
function isExpired(exception: FileException, today: string): boolean {
  return exception.expires !== 'never' && exception.expires < today;
}

/** The globs of a pattern seen from the workspace folder. */
function globsIn(pattern: Pattern, base: string | undefined): readonly Glob[] {
  if (base === undefined) return pattern.globs;
  const prefix = fold(base);
  return pattern.globs.map((glob) => ({
    simple: `${escapeGlob(prefix.simple)}/${glob.simple}`,
    full: `${escapeGlob(prefix.full)}/${glob.full}`,
    folder: glob.folder,
  }));
}

function escapeGlob(path: string): string {
  return path.replaceAll(/[*?[\]]/g, (character) => `[${character}]`);
}
