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

/** Lists a folder and everything below it, folder by folder, names sorted. Follows no link, so it always ends. */
export async function* walkFiles(root: string, { skip, onTrouble, signal }: WalkOptions): AsyncGenerator<Listing> {
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (signal?.aborted === true) return;
    try {
      const { listing, folders } = await list(folder, skip);
      open.push(...folders);
      yield listing;
    } catch (cause) {
      onTrouble?.(folder, cause);
    }
  }
}

async function list(folder: string, skip: ReadonlySet<string>) {
  const files: string[] = [];
  const links: string[] = [];
  const folders: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) files.push(entry.name);
    else if (entry.isSymbolicLink()) links.push(entry.name);
    else if (entry.isDirectory() && !skip.has(entry.name)) folders.push(path.join(folder, entry.name));
  }
  // The last one is entered first.
  folders.sort().reverse();
  return { listing: { folder, files: files.sort(), links: links.sort() }, folders };
}
