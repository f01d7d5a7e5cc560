import { fold } from '../fold.ts';
import { indexGlobs, type GlobIndex } from '../globIndex.ts';
import { exactMatch } from '../globMatch.ts';
import type { Folded } from '../fold.ts';
import { ownReach } from '../ownReach.ts';
import { fieldOf, type Entry, type EntryPattern, type Outline } from './outline.ts';

/** Which files the entries of a policy speak of. */
export type Coverage = {
  /** How many files lie below the folder of the policy. */
  readonly files: number;
  /** False where the list of files was cut short: each number is then the least it can be. */
  readonly complete: boolean;
  /** Files that a rule holds, exceptions taken out; files that an exception lets through. */
  readonly ofEntry: (entry: Entry) => Matched;
  /** Files whose path matches. */
  readonly ofPattern: (pattern: EntryPattern) => Matched;
  /** Files that no rule of this policy holds. */
  readonly rest: Matched;
};

/** `paths` are the first of them, below the folder of the policy. */
export type Matched = { readonly count: number; readonly paths: readonly string[] };

/** Counts path by path, so that a long list can be counted in slices. */
export type Counter = {
  /** A file's path below the folder of the policy, `/` between names. */
  readonly add: (path: string) => void;
  readonly result: (complete: boolean) => Coverage;
};

/** Starts to count for a policy. Exceptions that ended before `today` (`YYYY-MM-DD`) let nothing through. */
export function createCounter(outline: Outline, today: string): Counter {
  const rules = indexEntries(outline.rules);
  const exceptions = indexEntries(outline.exceptions);
  const exact = exactTests(outline.exceptions);
  const tally = createTally();
  let files = 0;
  return {
    add(path) {
      files += 1;
      const folded = fold(path);
      const holding = noted(rules(folded), path, tally);
      const excepting = exceptions(folded).filter(({ pattern }) => exact.get(pattern)?.(folded));
      const held = withoutExcepted(holding, noted(excepting, path, tally), { path, tally, today });
      if (held.length === 0) tally.note(tally.rest, path);
      for (const rule of held) tally.note(rule, path);
    },
    result: (complete) => ({
      files,
      complete,
      ofEntry: tally.read,
      ofPattern: tally.read,
      rest: tally.read(tally.rest),
    }),
  };
}

type Hit = { readonly entry: Entry; readonly pattern: EntryPattern };

function indexEntries(entries: readonly Entry[]): GlobIndex<Hit> {
  return indexGlobs(
    entries.flatMap((entry) =>
      entry.patterns.flatMap((pattern) => {
        const value = { entry, pattern };
        return pattern.globs.map((glob) => ({ glob, value }));
      }),
    ),
  );
}

function exactTests(entries: readonly Entry[]): ReadonlyMap<EntryPattern, (path: Folded) => boolean> {
  return new Map(
    entries
      .flatMap(({ patterns }) => patterns)
      .map((pattern) => {
        const tests = pattern.globs.map((glob) => exactMatch(glob));
        return [pattern, (path: Folded) => tests.some((test) => test(path))];
      }),
  );
}

/** The entries of the hits, each once; their patterns are counted. */
function noted(hits: readonly Hit[], path: string, tally: Tally): readonly Entry[] {
  for (const { pattern } of hits) tally.note(pattern, path);
  return hits.length === 0 ? none : [...new Set(hits.map(({ entry }) => entry))];
}

const none: readonly never[] = Object.freeze([]);

type Place = { readonly path: string; readonly tally: Tally; readonly today: string };

/** The rules that still hold; each exception that takes effect is counted. */
function withoutExcepted(
  holding: readonly Entry[],
  excepting: readonly Entry[],
  { path, tally, today }: Place,
): readonly Entry[] {
  const alive = excepting.filter((exception) => !isOver(exception, today));
  if (alive.length === 0) return holding;
  const lifted = new Set<Entry>();
  for (const exception of alive) {
    const of = fieldOf(exception, 'of');
    const targets = holding.filter((rule) => fieldOf(rule, 'id') === of);
    for (const target of targets) lifted.add(target);
    if (targets.length > 0 || of === ownReach) tally.note(exception, path);
  }
  return holding.filter((rule) => !lifted.has(rule));
}

/** Whether an exception has run out; its last day still counts. */
export function isOver(exception: Entry, today: string): boolean {
  const expires = fieldOf(exception, 'expires');
  return expires !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(expires) && expires < today;
}

type Tally = {
  readonly rest: object;
  readonly note: (thing: object, path: string) => void;
  readonly read: (thing: object) => Matched;
};

/** How many paths are kept of each; more are only counted. */
const kept = 1000;

function createTally(): Tally {
  const counts = new Map<object, { count: number; readonly paths: string[] }>();
  return {
    rest: {},
    note(thing, path) {
      const known = counts.get(thing);
      if (!known) counts.set(thing, { count: 1, paths: [path] });
      else {
        known.count += 1;
        if (known.paths.length < kept) known.paths.push(path);
      }
    },
    read: (thing) => counts.get(thing) ?? { count: 0, paths: none },
  };
}
