/**
 * What every name that one segment of a glob matches must have, so that a table finds the few segments worth trying. `whole`:
 * that says it all, nothing is left to try.
 */
export type SegmentKey =
  /** The name is just this text. */
  | { readonly kind: 'name'; readonly text: string; readonly whole: true }
  /** The name begins so. */
  | { readonly kind: 'start'; readonly text: string; readonly whole: false }
  /** The name has this text after its last dot. */
  | { readonly kind: 'ending'; readonly text: string; readonly whole: boolean }
  /** The name has this text between two dots. */
  | { readonly kind: 'piece'; readonly text: string; readonly whole: false }
  | { readonly kind: 'any'; readonly text: ''; readonly whole: false };

/** Characters that a `start` key is made of; names are looked up by as many. */
export const startLength = 3;

/** The most telling key of one segment of a folded, brace-free glob. */
export function segmentKey(segment: string): SegmentKey {
  if (!magic.test(segment)) return { kind: 'name', text: segment, whole: true };
  return startKey(segment) ?? endingKey(segment) ?? pieceKey(segment) ?? any;
}

/** Whether no segment of a glob has anything to look it up by: such a glob has to be tried on every file. */
export function isKeyless(glob: string): boolean {
  return glob.split('/').every((segment) => segmentKey(segment).kind === 'any');
}

const magic = /[*?[]/;

const any: SegmentKey = { kind: 'any', text: '', whole: false };

function startKey(segment: string): SegmentKey | undefined {
  const start = segment.slice(0, segment.search(magic));
  return start.length >= startLength ? { kind: 'start', text: start.slice(0, startLength), whole: false } : undefined;
}

function endingKey(segment: string): SegmentKey | undefined {
  const lastMagic = Math.max(segment.lastIndexOf('*'), segment.lastIndexOf('?'), segment.lastIndexOf(']'));
  const literal = segment.slice(lastMagic + 1);
  const dot = literal.lastIndexOf('.');
  if (dot === -1 || dot === literal.length - 1) return undefined;
  const text = literal.slice(dot + 1);
  return { kind: 'ending', text, whole: segment === `*.${text}` };
}

function pieceKey(segment: string): SegmentKey | undefined {
  const literals = segment.replaceAll(/\[.[^\]]*\]/g, '*').split(/[*?]/);
  for (const literal of literals) {
    const piece = /\.([^.]+)\./.exec(literal)?.[1];
    if (piece !== undefined) return { kind: 'piece', text: piece, whole: false };
  }
  return undefined;
}
