import type { Folded } from './fold.ts';
import { follow, growGlobs, type GlobNode } from './globTree.ts';
import type { Glob } from './pattern.ts';

export type GlobEntry<T> = { readonly glob: Glob; readonly value: T };

/** The values whose glob matches a folded path or a folder above it, in no particular order, each once. */
export type GlobIndex<T> = (path: Folded) => readonly T[];

/** Prepares globs so that all of them are tried in one walk along a path, and files of one folder share most of it. */
export function indexGlobs<T>(entries: readonly GlobEntry<T>[]): GlobIndex<T> {
  const simple = indexSpelling(entries.map(({ glob, value }) => ({ glob: glob.simple, value })));
  if (entries.every(({ glob }) => glob.simple === glob.full)) {
    // Both spellings of both sides are the same string for ASCII, and then one look is enough.
    return (path) => (path.simple === path.full ? simple(path.simple) : both(simple(path.simple), simple(path.full)));
  }
  const full = indexSpelling(entries.map(({ glob, value }) => ({ glob: glob.full, value })));
  return (path) => both(simple(path.simple), full(path.full));
}

function both<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return [...new Set([...a, ...b])];
}

/** How far the globs have come along a folder's path, and the values of those that match it or a folder above. */
type Stand<T> = { readonly nodes: readonly GlobNode<T>[]; readonly found: readonly T[] };

/** Folders remembered; past that all are forgotten, so that no workspace fills the memory. */
const capacity = 10_000;

function indexSpelling<T>(
  entries: readonly { readonly glob: string; readonly value: T }[],
): (path: string) => readonly T[] {
  const start = standAt([growGlobs(entries)], []);
  const folders = new Map<string, Stand<T>>();
  const standOf = (folder: string): Stand<T> => {
    const known = folders.get(folder);
    if (known) return known;
    const cut = folder.lastIndexOf('/');
    const stand = step(cut === -1 ? start : standOf(folder.slice(0, cut)), folder.slice(cut + 1));
    if (folders.size >= capacity) folders.clear();
    folders.set(folder, stand);
    return stand;
  };
  return (path) => {
    const cut = path.lastIndexOf('/');
    const { nodes, found } = cut === -1 ? start : standOf(path.slice(0, cut));
    const name = path.slice(cut + 1);
    let all = found;
    for (const node of nodes) follow(node, name, ({ values }) => void (all = withAll(all, values)));
    return all;
  };
}

function step<T>({ nodes, found }: Stand<T>, name: string): Stand<T> {
  const next: GlobNode<T>[] = [];
  for (const node of nodes) follow(node, name, (one) => void next.push(one));
  return standAt(next, found);
}

/** A `**` that comes next may stand for no name, so the path is past it too. */
function standAt<T>(reached: readonly GlobNode<T>[], before: readonly T[]): Stand<T> {
  const nodes = new Set<GlobNode<T>>();
  let found = before;
  for (const node of reached) {
    nodes.add(node);
    if (node.deep) nodes.add(node.deep);
    found = withAll(found, node.values);
  }
  return { nodes: [...nodes], found };
}

/** Most paths match nothing, so nothing is made until one does. */
function withAll<T>(found: readonly T[], values: readonly T[]): readonly T[] {
  if (values.length === 0) return found;
  const fresh = values.filter((value) => !found.includes(value));
  return fresh.length === 0 ? found : [...found, ...fresh];
}
