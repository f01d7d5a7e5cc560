import { isReach, nearest, type Reach } from '../../label/reach.ts';
import { builtInRules } from '../builtIn.ts';
import { fold } from '../fold.ts';
import { indexGlobs } from '../globIndex.ts';
import type { Glob } from '../pattern.ts';
import { fieldOf, nameOf, type Entry, type EntryPattern, type Outline } from './outline.ts';

/** One glob that already holds files, and whose it is. */
export type Holder = {
  readonly name: string;
  readonly reach: Reach;
  readonly strict: boolean;
  readonly glob: Glob;
  /** Absent for built-in rules. */
  readonly rule?: Entry;
  readonly pattern?: EntryPattern;
};

/** Those that hold everything that a glob matches: they have the same glob, or one for a folder above it. */
export type FindHolders = (glob: Glob) => readonly Holder[];

/** Prepares the rules of a policy and the built-in ones. */
export function findHoldersIn(outline: Outline): FindHolders {
  const holders = [...outline.rules.flatMap((rule) => holdersOf(rule, outline)), ...builtInHolders];
  const above = indexGlobs(holders.map((holder) => ({ glob: holder.glob, value: holder })));
  const same = new Map<string, Holder[]>();
  for (const holder of holders) same.set(holder.glob.full, [...(same.get(holder.glob.full) ?? []), holder]);
  return (glob) => {
    const plain = plainStart(glob.full);
    const equal = same.get(glob.full) ?? [];
    return plain === '' ? equal : [...new Set([...equal, ...above(fold(plain))])];
  };
}

/** The reach that an entry states, where it is one. */
export function reachOf(rule: Entry): Reach | undefined {
  const reach = fieldOf(rule, 'reach');
  return isReach(reach) ? reach : undefined;
}

/** Whether nobody may lift the rule by hand. */
export function isStrict(rule: Entry): boolean {
  return fieldOf(rule, 'declassify') === 'never';
}

/** Whether a holder keeps files at least as near as the rule does. */
export function isAsNear(holder: Holder, rule: Entry): boolean {
  const reach = reachOf(rule);
  return reach !== undefined && nearest(holder.reach, reach) === holder.reach && (holder.strict || !isStrict(rule));
}

function plainStart(glob: string): string {
  const segments = glob.split('/');
  const magic = segments.findIndex((segment) => /[*?[]/.test(segment));
  return (magic === -1 ? segments : segments.slice(0, magic)).join('/');
}

function holdersOf(rule: Entry, { exceptions }: Outline): readonly Holder[] {
  const reach = reachOf(rule);
  const id = fieldOf(rule, 'id');
  // What an exception takes out of one rule the other may still hold.
  if (reach === undefined || exceptions.some((exception) => fieldOf(exception, 'of') === id)) return [];
  const common = { name: `the rule "${nameOf(rule)}"`, reach, strict: isStrict(rule), rule };
  return rule.patterns.flatMap((pattern) => pattern.globs.map((glob) => ({ ...common, pattern, glob })));
}

const builtInHolders: readonly Holder[] = builtInRules
  .filter(({ except }) => except.length === 0)
  .flatMap(({ id, files }) =>
    files.flatMap(({ globs }) =>
      globs.map((glob) => ({ name: `the built-in rule "${id}"`, reach: 'device' as const, strict: false, glob })),
    ),
  );
