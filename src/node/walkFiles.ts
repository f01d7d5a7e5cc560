import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** One folder's files. Links are named apart: they may lead anywhere, to a folder too. */
export type Listing = { readonly folder: string; readonly files: readonly string[]; readonly links: readonly string[] };

export type WalkOptions = {
  /** Names of folders that are not entered. */
  readonly skip: ReadonlySet<string>;
  /** Told of a folder that could not be listed; the walk goes on. */
  readonly onTrouble?: (folder: string, cause: unknown) => void;
  readonly signal?: AbortSignal;
};

/** What no search of a workspace looks into: the repository's own data and what packages bring along. */
export const usuallySkipped: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * Lists a folder and everything below it, folder by folder, in an order that depends on the tree alone. Follows no link, so it
 * always ends.
 */
export async function* walkFiles(root: string, { skip, onTrouble, signal }: WalkOptions): AsyncGenerator<Listing> {
  const open = [root];
  while (open.length > 0) {
    // Several at once: a disk, and a share all the more, answers many questions as fast as one.
    const batch = open
      .splice(-atOnce)
      .reverse()
      .map(async (folder) => ({ folder, listed: await list(folder, skip) }));
    for (const { folder, listed } of await Promise.all(batch)) {
      if (signal?.aborted === true) return;
      if (listed.kind === 'failed') onTrouble?.(folder, listed.cause);
      else {
        open.push(...listed.folders);
        yield { folder, files: listed.files, links: listed.links };
      }
    }
  }
}

const atOnce = 16;

type Listed =
  | { readonly kind: 'listed'; readonly files: string[]; readonly links: string[]; readonly folders: string[] }
  | { readonly kind: 'failed'; readonly cause: unknown };

async function list(folder: string, skip: ReadonlySet<string>): Promise<Listed> {
  const files: string[] = [];
  const links: string[] = [];
  const folders: string[] = [];
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isFile()) files.push(entry.name);
      else if (entry.isSymbolicLink()) links.push(entry.name);
      else if (entry.isDirectory() && !skip.has(entry.name)) folders.push(path.join(folder, entry.name));
    }
  } catch (cause) {
    return { kind: 'failed', cause };
  }
  // The last one is entered first.
  return { kind: 'listed', files: files.sort(), links: links.sort(), folders: folders.sort().reverse() };
}
