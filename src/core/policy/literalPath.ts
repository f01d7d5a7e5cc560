/** A path as a piece of a pattern that means just that path. */
export function literalPath(path: string): string {
  return path.replaceAll(/[*?[{}(]/g, (character) => `[${character}]`);
}
