import { Minimatch, type MinimatchOptions } from 'minimatch';
import type { Folded } from './fold.ts';
import { globKey, startLength } from './globKey.ts';
import type { Glob } from './pattern.ts';

export type GlobEntry<T> = { readonly glob: Glob; readonly value: T };

/** The values whose glob matches a folded path or a folder above it, in no particular order, each once. */
export type GlobIndex<T> = (path: Folded) => readonly T[];

/** Prepares globs so that a path is tried against the few that can match it. */
export function indexGlobs<T>(entries: readonly GlobEntry<T>[]): GlobIndex<T> {
  const simple = indexSpelling(entries.map(({ glob, value }) => ({ glob: glob.simple, value })));
  const full = indexSpelling(entries.map(({ glob, value }) => ({ glob: glob.full, value })));
  const alike = entries.every(({ glob }) => glob.simple === glob.full);
  return (path) => {
    // Both spellings of both sides are the same string for ASCII, and then one look is enough.
    if (alike && path.simple === path.full) return simple(path.simple);
    return [...new Set([...simple(path.simple), ...full(path.full)])];
  };
}

/**
 * The test of an exception. It matches as little as it can: the file itself, what is inside only where the glob was written
 * as a folder, and only where both spellings agree.
 */
export function exactMatch(glob: Glob): (path: Folded) => boolean {
  const simple = lazyMatch(glob.simple, glob.folder);
  const full = lazyMatch(glob.full, glob.folder);
  return (path) => simple(path.simple) && full(path.full);
}

type Entry<T> = { readonly glob: string; readonly value: T };
type Candidate<T> = { readonly value: T; readonly matches: (path: string) => boolean };

type Table<T> = Map<string, Candidate<T>[]>;
type Tables<T> = { readonly [kind in 'name' | 'start' | 'ending' | 'piece']: Table<T> };

function indexSpelling<T>(entries: readonly Entry<T>[]): (path: string) => readonly T[] {
  const tables: Tables<T> = { name: new Map(), start: new Map(), ending: new Map(), piece: new Map() };
  const any: Candidate<T>[] = [];
  for (const { glob, value } of entries) {
    const key = globKey(glob);
    const candidate = { value, matches: key.whole ? () => true : lazyMatch(glob, true) };
    if (key.kind === 'any') any.push(candidate);
    else push(tables[key.kind], key.text, candidate);
  }
  return (path) => {
    let found: readonly T[] = none;
    for (const candidate of candidatesFor(path, tables)) found = tried(candidate, path, found);
    for (const candidate of any) found = tried(candidate, path, found);
    return found;
  };
}

const none: readonly never[] = Object.freeze([]);

/** Most paths meet no candidate at all, so nothing is made until one does. */
function tried<T>({ value, matches }: Candidate<T>, path: string, found: readonly T[]): readonly T[] {
  return found.includes(value) || !matches(path) ? found : [...found, value];
}

function candidatesFor<T>(path: string, { name, start, ending, piece }: Tables<T>): readonly Candidate<T>[] {
  let candidates: readonly Candidate<T>[] = none;
  const look = (more: readonly Candidate<T>[] | undefined): void => {
    if (more) candidates = candidates.length === 0 ? more : [...candidates, ...more];
  };
  for (const segment of path.split('/')) {
    look(name.get(segment));
    if (start.size > 0) look(start.get(segment.slice(0, startLength)));
    const dot = segment.lastIndexOf('.');
    if (dot === -1) continue;
    look(ending.get(segment.slice(dot + 1)));
    if (piece.size > 0 && segment.indexOf('.') !== dot)
      for (const one of segment.split('.').slice(1, -1)) look(piece.get(one));
  }
  return candidates;
}

function push<T>(table: Table<T>, key: string, candidate: Candidate<T>): void {
  const candidates = table.get(key);
  if (candidates) candidates.push(candidate);
  else table.set(key, [candidate]);
}

/** Compiles on the first try: of a long policy few globs ever meet a path that they could match. */
function lazyMatch(glob: string, inside: boolean): (path: string) => boolean {
  let compiled: readonly Minimatch[] | undefined;
  return (path) => {
    compiled ??= (inside ? [glob, `${glob}/**`] : [glob]).map((one) => new Minimatch(one, options));
    return compiled.some((one) => one.match(path));
  };
}

// Case and composition are folded on both sides before; `nocase` stays on as a second net. Braces are written out before,
// so that none can be cut short here.
const options: MinimatchOptions = {
  dot: true,
  nocase: true,
  nonegate: true,
  nocomment: true,
  noext: true,
  nobrace: true,
  platform: 'linux',
  optimizationLevel: 1,
};
