/**
 * What every path that a glob matches must have in one of its segments, so that a table finds the few globs worth trying.
 * `whole`: that one segment says it all, nothing is left to try.
 */
export type GlobKey =
  | { readonly kind: 'name'; readonly text: string; readonly whole: boolean }
  | { readonly kind: 'start'; readonly text: string; readonly whole: false }
  | { readonly kind: 'ending'; readonly text: string; readonly whole: boolean }
  | { readonly kind: 'any'; readonly text: ''; readonly whole: false };

/** Characters that a `start` key is made of; segments are looked up by as many. */
export const startLength = 3;

/** The most telling key of a folded, brace-free glob. */
export function globKey(glob: string): GlobKey {
  const segments = glob.split('/');
  const floating = segments.length === 2 && segments[0] === '**';
  const names = segments.filter((segment) => !magic.test(segment));
  const longest = names.reduce((best, name) => (name.length > best.length ? name : best), '');
  if (longest !== '') return { kind: 'name', text: longest, whole: floating };
  return bestOf(segments, floating) ?? { kind: 'any', text: '', whole: false };
}

const magic = /[*?[]/;

function bestOf(segments: readonly string[], floating: boolean): GlobKey | undefined {
  for (const segment of segments) {
    const start = segment.slice(0, segment.search(magic));
    if (start.length >= startLength) return { kind: 'start', text: start.slice(0, startLength), whole: false };
  }
  for (const segment of segments) {
    const ending = segment.slice(lastMagic(segment) + 1);
    const dot = ending.lastIndexOf('.');
    if (dot === -1 || dot === ending.length - 1) continue;
    return { kind: 'ending', text: ending.slice(dot + 1), whole: floating && segment === `*.${ending.slice(dot + 1)}` };
  }
  return undefined;
}

function lastMagic(segment: string): number {
  return Math.max(segment.lastIndexOf('*'), segment.lastIndexOf('?'), segment.lastIndexOf(']'));
}
