import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PolicyDocument } from '../core/policy/document.ts';
import { closedFolder, list, readWorkspacePolicies, type LocalFolder } from './workspacePolicies.ts';

/** A folder around a workspace folder, within the same repository. */
export type FolderAround = LocalFolder & {
  /** The path of the workspace folder below it, `/` between names. */
  readonly above: string;
  /** Whether the repository has its root here. */
  readonly isRoot: boolean;
};

/**
 * The folders around a workspace folder up to the root of its repository, nearest first: a part of a repository that is opened
 * by itself is still held by the policies above it. None where another workspace folder lies around it, which is read itself.
 */
export async function foldersAround(
  folder: LocalFolder,
  others: readonly LocalFolder[],
): Promise<readonly FolderAround[]> {
  const start = await realpath(folder.path).catch(() => path.resolve(folder.path));
  const open = new Set(await Promise.all(others.map((other) => realpath(other.path).catch(() => other.path))));
  const around: FolderAround[] = [];
  for (let here = start; !(await holdsRepository(here));) {
    const outer = path.dirname(here);
    if (outer === here || open.has(outer)) return [];
    const above = path.relative(outer, start).split(path.sep).join('/');
    around.push({
      uri: pathToFileURL(outer).href.replace(/\/$/, ''),
      path: outer,
      above,
      isRoot: await holdsRepository(outer),
    });
    here = outer;
  }
  return around;
}

/** The policy and ignore files there, as they stand in the working tree. */
export async function findPoliciesAround(
  folder: LocalFolder,
  others: readonly LocalFolder[],
): Promise<readonly PolicyDocument[]> {
  const found = await Promise.all(
    (await foldersAround(folder, others)).map(async (outer) => {
      const listed = await list(outer.path);
      const documents = listed ? await readWorkspacePolicies(outer, listed.files) : [closedFolder(outer, outer.path)];
      return documents.map((document) => seenFrom(folder, outer, document));
    }),
  );
  return found.flat();
}

/** A document of a folder around as one that speaks for the workspace folder. */
export function seenFrom(folder: LocalFolder, outer: FolderAround, document: PolicyDocument): PolicyDocument {
  const layer = document.layer === 'workspace' && !outer.isRoot ? 'nested' : document.layer;
  return { ...document, layer, folder: folder.uri, above: outer.above };
}

/** Every work tree has an entry `.git` at its root. */
async function holdsRepository(folder: string): Promise<boolean> {
  try {
    await lstat(path.join(folder, '.git'));
    return true;
  } catch {
    return false;
  }
}
