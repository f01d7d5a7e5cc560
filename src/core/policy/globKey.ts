/**
 * What every path that a glob matches must have in one of its segments, so that a table finds the few globs worth trying.
 * `whole`: that one segment says it all, nothing is left to try.
 */
export type GlobKey =
  /** A segment of just this text. */
  | { readonly kind: 'name'; readonly text: string; readonly whole: boolean }
  /** A segment that begins so. */
  | { readonly kind: 'start'; readonly text: string; readonly whole: false }
  /** A segment with this text after its last dot. */
  | { readonly kind: 'ending'; readonly text: string; readonly whole: boolean }
  /** A segment with this text between two dots. */
  | { readonly kind: 'piece'; readonly text: string; readonly whole: false }
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
  return (
    firstOf(segments, startKey) ??
    firstOf(segments, (segment) => endingKey(segment, floating)) ??
    firstOf(segments, pieceKey) ?? { kind: 'any', text: '', whole: false }
  );
}

const magic = /[*?[]/;

function firstOf(segments: readonly string[], find: (segment: string) => GlobKey | undefined): GlobKey | undefined {
  for (const segment of segments) {
    const key = find(segment);
    if (key) return key;
  }
  return undefined;
}

function startKey(segment: string): GlobKey | undefined {
  const start = segment.slice(0, segment.search(magic));
  return start.length >= startLength ? { kind: 'start', text: start.slice(0, startLength), whole: false } : undefined;
}

function endingKey(segment: string, floating: boolean): GlobKey | undefined {
  const lastMagic = Math.max(segment.lastIndexOf('*'), segment.lastIndexOf('?'), segment.lastIndexOf(']'));
  const literal = segment.slice(lastMagic + 1);
  const dot = literal.lastIndexOf('.');
  if (dot === -1 || dot === literal.length - 1) return undefined;
  const text = literal.slice(dot + 1);
  return { kind: 'ending', text, whole: floating && segment === `*.${text}` };
}

function pieceKey(segment: string): GlobKey | undefined {
  const literals = segment.replaceAll(/\[.[^\]]*\]/g, '*').split(/[*?]/);
  for (const literal of literals) {
    const piece = /\.([^.]+)\./.exec(literal)?.[1];
    if (piece !== undefined) return { kind: 'piece', text: piece, whole: false };
  }
  return undefined;
}
