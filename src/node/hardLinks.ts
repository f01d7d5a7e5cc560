import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';

/** Finds the other names of a file's data in the workspace. */
export type HardLinks = {
  /** Undefined where the search did not end, so that a name may be missing. */
  namesOf(file: FileIdentity): Promise<readonly string[] | undefined>;
  /** Files came, went or were renamed: search anew when next asked. */
  forget(): void;
};

/** What tells one file's data from another's on one machine. */
export type FileIdentity = { readonly device: bigint; readonly inode: bigint };

export type HardLinkSearch = {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  /** Whether a file of that absolute path is held back by any rule: only such names are worth finding. */
  readonly isHeld: (file: string) => boolean;
  readonly now: () => number;
};

export const hardLinkLimits = { entries: 300_000, staleMs: 30_000 } as const;

/**
 * Looks for hard links lazily: files with more than one name are rare, and only the first of them costs a walk through the
 * workspace. The walk looks at the inode of held files alone.
 */
export function createHardLinks(search: HardLinkSearch): HardLinks {
  let walk: { readonly at: number; readonly names: Promise<Names | undefined> } | undefined;
  return {
    async namesOf(file) {
      if (!walk || search.now() - walk.at > hardLinkLimits.staleMs) {
        walk = { at: search.now(), names: walkFolders(search).catch(() => undefined) };
      }
      const names = await walk.names;
      return names && (names.get(keyOf(file)) ?? []);
    },
    forget: () => void (walk = undefined),
  };
}

/** None are known, for files whose machine cannot be searched. */
export const noHardLinks: HardLinks = { namesOf: () => Promise.resolve([]), forget: () => undefined };

type Names = ReadonlyMap<string, readonly string[]>;

async function walkFolders({ folders, isHeld }: HardLinkSearch): Promise<Names | undefined> {
  const names = new Map<string, string[]>();
  const open = [...folders];
  let entries = 0;
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      entries += 1;
      if (entries > hardLinkLimits.entries) return undefined;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) open.push(file);
      else if (entry.isFile() && isHeld(file)) await note(file, names);
    }
  }
  return names;
}

async function note(file: string, names: Map<string, string[]>): Promise<void> {
  // Those with a single name count too: the second may be made where nobody watches, before the next walk.
  const { dev, ino } = await lstat(file, { bigint: true });
  const key = keyOf({ device: dev, inode: ino });
  const known = names.get(key);
  if (known) known.push(file);
  else names.set(key, [file]);
}

function keyOf({ device, inode }: FileIdentity): string {
  return `${device}:${inode}`;
}
