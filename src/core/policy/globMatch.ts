import { Minimatch, type MinimatchOptions } from 'minimatch';
import type { Folded } from './fold.ts';
import type { Glob } from './pattern.ts';

/**
 * The test of an exception. It matches as little as it can: the file itself, what is inside only where the glob was written
 * as a folder, and only where both spellings agree.
 */
export function exactMatch(glob: Glob): (path: Folded) => boolean {
  const simple = lazyMatch(glob.simple, glob.folder);
  const full = lazyMatch(glob.full, glob.folder);
  return (path) => simple(path.simple) && full(path.full);
}

/** The test of one segment of a folded glob with wildcards in it, which is not `**`, on one name of a path. */
export function segmentMatch(segment: string): (name: string) => boolean {
  const head = segment.slice(0, segment.search(/[*?[]/));
  const tail = segment.slice(
    Math.max(segment.lastIndexOf('*'), segment.lastIndexOf('?'), segment.lastIndexOf(']')) + 1,
  );
  const exact = lazyMatch(segment, false);
  let last = '';
  let result = false;
  return (name) => {
    // The same name is asked about once for each place of a glob that it could stand in.
    if (name === last) return result;
    last = name;
    return (result = mayMatch(name, head, tail) && exact(name));
  };
}

/** Cheap, and never too strict: beyond ASCII the glob itself decides. */
function mayMatch(name: string, head: string, tail: string): boolean {
  return (name.startsWith(head) && name.endsWith(tail)) || /[^\x00-\x7f]/.test(name);
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
