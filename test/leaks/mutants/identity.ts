import { createIdentity as original, type FileFacts, type World } from '../../../src/core/label/identity.ts';
import type { Resource } from '../../../src/core/label/resource.ts';

export * from '../../../src/core/label/identity.ts';

/** A file has the one name that the editor shows, and nothing is ever in doubt. */
export function createIdentity(world: World): (file: FileFacts) => Resource {
  const identity = original(world);
  return (file) => {
    const { uri, display, names } = identity(file);
    return {
      uri,
      display,
      names: names.filter(({ kind }) => kind === 'path' || kind === 'underlying file').slice(0, 1),
    };
  };
}
