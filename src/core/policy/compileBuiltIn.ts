import { builtInRules, type BuiltInRule } from './builtIn.ts';
import { compileExceptions, type CompiledRule, type Excepting } from './compileRules.ts';
import type { Folded } from './fold.ts';
import type { GlobEntry } from './globIndex.ts';
import { exactMatch } from './globMatch.ts';
import type { FileException } from './policyFile.ts';
import type { PolicySource } from './source.ts';

/** The built-in rules, less what the user or the administrator excepts from them. */
export function compileBuiltIn(owners: readonly PolicySource[], today: string): readonly GlobEntry<CompiledRule>[] {
  return builtInRules.flatMap((rule) => {
    const excepting = combine(rule, owners, today);
    return rule.files.flatMap((pattern) => {
      const ref = Object.freeze({
        layer: 'built-in' as const,
        id: rule.id,
        pattern: pattern.source,
        reach: 'device' as const,
        reason: rule.reason,
      });
      const value: CompiledRule = { ref, declassify: 'never', ...excepting };
      return pattern.globs.map((glob) => ({ glob, value }));
    });
  });
}

function combine(rule: BuiltInRule, owners: readonly PolicySource[], today: string): Excepting {
  const own = rule.except.flatMap((pattern) => pattern.globs).map((glob) => exactMatch(glob));
  const files = [...new Set(owners.map(({ file }) => file))].map((file) =>
    owners.filter((owner) => owner.file === file).map((version) => compileExceptions(version, rule.id, today)),
  );
  return {
    exceptedBy: (path) => {
      if (own.some((matches) => matches(path))) return templates(rule);
      for (const versions of files) {
        const found = exceptedByAll(versions, path);
        if (found) return found;
      }
      return undefined;
    },
    exceptions: files.flatMap((versions) => versions.flatMap(({ exceptions }) => exceptions)),
  };
}

/** An exception counts once every version of its file that still holds agrees to it. */
function exceptedByAll(versions: readonly Excepting[], path: Folded): FileException | undefined {
  const found = versions.map((version) => version.exceptedBy(path));
  return found.every((exception) => exception !== undefined) ? found[0] : undefined;
}

function templates(rule: BuiltInRule): FileException {
  return {
    id: `${rule.id}/templates`,
    of: rule.id,
    files: [],
    reason: 'meant to be shared',
    expires: 'never',
    line: 0,
  };
}
