import type { Reach } from '../label/reach.ts';
import type { Resource } from '../label/resource.ts';
import type { Policy } from './compile.ts';
import type { InFolder, Scope } from './compileFolder.ts';
import type { CompiledRule } from './compileRules.ts';
import type { Declassify } from './declassify.ts';
import { fold, type Folded } from './fold.ts';
import { prepareNames, type PreparedName } from './names.ts';
import type { FileException } from './policyFile.ts';
import type { RuleRef } from './ruleRef.ts';
import type { ImportedSource } from './source.ts';

/** A rule that matches a resource under one of its names, and the exception, if any, that takes this name out of it. */
export type Match = {
  readonly ref: RuleRef;
  readonly name: PreparedName;
  readonly declassify: Declassify;
  readonly rule?: CompiledRule;
  readonly exceptedBy?: FileException;
};

export type MatchResult =
  | {
      readonly kind: 'matched';
      readonly matches: readonly Match[];
      /** Whether each place the resource lies in has a policy that says how far its files may go. */
      readonly spoken: boolean;
    }
  | { readonly kind: 'unmatchable' };

/** Every rule that matches any name of a resource, cancelled ones included. */
export function matchResource(policy: Policy, resource: Resource): MatchResult {
  const names = prepareNames(resource);
  if (!names) return { kind: 'unmatchable' };
  const spoken = names.every(
    ({ name }) => name.folder === undefined || (policy.folders.get(name.folder)?.speaks ?? false),
  );
  return {
    kind: 'matched',
    matches: names.flatMap((name) => matchName(policy, name)),
    spoken: spoken || policy.statedAnywhere.length > 0,
  };
}

function matchName(policy: Policy, name: PreparedName): readonly Match[] {
  const anywhere = [...policy.matchAnywhere(name.folded), ...policy.statedAnywhere].map((rule) => matched(rule, name));
  const scope = name.name.folder === undefined ? undefined : policy.folders.get(name.name.folder);
  if (!scope) return anywhere;
  const around = scope.around.flatMap(({ path, scope: outer }) => matchIn(outer, seenFrom(path, name)));
  return [...anywhere, ...matchIn(scope, name), ...around];
}

function matchIn(scope: Scope, name: PreparedName): readonly Match[] {
  const rules = [
    ...scope.match(name.folded),
    ...scope.stated.filter((stated) => liesBelow(name.folded, stated)).map(({ value }) => value),
  ];
  return [
    ...rules.map((rule) => matched(rule, name)),
    ...scope.imported.flatMap((imported) => matchImported(imported, name) ?? []),
  ];
}

/** A name of a workspace folder as a folder around it has it. */
function seenFrom(path: string, { name }: PreparedName): PreparedName {
  const whole = `${path}/${name.path}`;
  return { name: { ...name, path: whole }, folded: fold(whole), twins: [] };
}

function matched(rule: CompiledRule, name: PreparedName): Match {
  const exceptedBy = [name.folded, ...name.twins]
    .map((path) => rule.exceptedBy(path))
    .find((exception) => exception !== undefined);
  return { ref: rule.ref, name, declassify: rule.declassify, rule, ...(exceptedBy ? { exceptedBy } : {}) };
}

function liesBelow(path: Folded, { base }: InFolder<unknown>): boolean {
  return base === undefined || path.full === base.full || path.full.startsWith(`${base.full}/`);
}

function matchImported(scoped: InFolder<ImportedSource>, name: PreparedName): Match | undefined {
  if (!liesBelow(name.folded, scoped)) return undefined;
  const { value: source } = scoped;
  const depth = source.base === undefined ? 0 : source.base.split('/').length;
  const path = name.name.path.split('/').slice(depth).join('/');
  const found = path === '' ? undefined : source.imported.match(path);
  if (!found) return undefined;
  const reach: Reach = found.reach;
  const ref: RuleRef = {
    layer: 'imported',
    id: source.imported.name,
    pattern: found.pattern,
    reach,
    reason: found.why ?? `excluded by ${source.imported.name}`,
    file: source.file,
    line: found.line,
  };
  return { ref, name, declassify: 'confirm' };
}
