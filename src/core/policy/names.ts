import type { Resource, ResourceName } from '../label/resource.ts';
import { fold, type Folded } from './fold.ts';

/** A name of a resource, ready to be matched. */
export type PreparedName = {
  readonly name: ResourceName;
  /** Without the slash at the front of an absolute path. */
  readonly folded: Folded;
  /** The same spelling seen from a workspace folder: an exception that matches one of them speaks of this name too. */
  readonly twins: readonly Folded[];
};

/** Names that are longer, and names that are not plain, are not matched at all: their resource stays on the device. */
export const nameLimits = { characters: 1024, segments: 64 } as const;

/** All names of a resource, or undefined where one is too long to be matched in time or not written out plainly. */
export function prepareNames(resource: Resource): readonly PreparedName[] | undefined {
  const folded = resource.names.map((name) => ({ name, folded: fold(name.path.replace(/^\/+/, '')) }));
  if (folded.some(({ folded: { full } }) => isTooLong(full) || isIndirect(full))) return undefined;
  return folded.map((one) => ({ ...one, twins: one.name.folder === undefined ? twinsOf(one, folded) : [] }));
}

type FoldedName = Omit<PreparedName, 'twins'>;

function twinsOf(absolute: FoldedName, all: readonly FoldedName[]): readonly Folded[] {
  return all
    .filter(
      ({ name, folded }) =>
        name.folder !== undefined &&
        name.kind === absolute.name.kind &&
        endsWithPath(absolute.folded.full, folded.full),
    )
    .map(({ folded }) => folded);
}

function endsWithPath(whole: string, end: string): boolean {
  return end !== '' && whole.endsWith(`/${end}`);
}

function isTooLong(path: string): boolean {
  if (path.length > nameLimits.characters) return true;
  let segments = 1;
  for (let i = path.indexOf('/'); i !== -1; i = path.indexOf('/', i + 1)) segments++;
  return segments > nameLimits.segments;
}

/** `./x`, `a/../x`, `a//x`: globs do not see through these. */
function isIndirect(path: string): boolean {
  return /(?:^|\/)\.{0,2}(?:\/|$)/.test(path);
}
