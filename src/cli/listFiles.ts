import { lstatSync } from 'node:fs';
import path from 'node:path';
import { createIdentity, type FileFacts, type Resolution } from '../core/label/identity.ts';
import type { Resource } from '../core/label/resource.ts';
import { fileUri } from '../core/policy/documentFor.ts';
import { createRenames, type Renames } from '../node/gitRenames.ts';
import { createHardLinks } from '../node/hardLinks.ts';
import { createIdentify, thisSystem } from '../node/identify.ts';
import { walkFiles, type WalkOptions } from '../node/walkFiles.ts';
import type { LocalFolder } from '../node/workspacePolicies.ts';

export type ListOptions<Judged> = WalkOptions & {
  readonly judge: (resource: Resource) => Judged;
  /** Whether a rule keeps a file from going everywhere. */
  readonly isHeld: (judged: Judged) => boolean;
};

/**
 * Judges every file below a folder, by all its names. The walk follows no link, so the path of a plain file is its real one
 * and need not be looked up: a hundred thousand of them are listed in seconds. Other hard links of a file only matter where
 * one of them is held; they are searched for once such a file is found.
 */
export async function listFiles<Judged>(
  folder: LocalFolder,
  { judge, isHeld, ...walk }: ListOptions<Judged>,
): Promise<readonly Judged[]> {
  const renames = createRenames({ folders: [folder.path], now: Date.now });
  const hardLinks = createHardLinks({ folders: [folder.path], isHeld: () => true, now: Date.now });
  const identify = createIdentify({ editorFolders: [], hardLinks, renames });
  const identity = createIdentity({
    system: thisSystem,
    folders: [{ uri: folder.uri, realPath: folder.path }],
    editorFolders: [],
  });
  const judgeAnew = async (uri: string): Promise<Judged> => judge(await identify(uri, [folder.uri]));
  const plain: { readonly file: string; readonly uri: string; readonly judged: Judged }[] = [];
  const links: Judged[] = [];
  for await (const listing of walkFiles(folder.path, walk)) {
    const prefix = path.relative(folder.path, listing.folder).split(path.sep).join('/');
    const uriOf = (name: string): string => fileUri(folder.uri, prefix === '' ? name : `${prefix}/${name}`);
    for (const name of listing.files) {
      const file = path.join(listing.folder, name);
      const uri = uriOf(name);
      const judged = judge(identity({ uri, ...(await factsOf(file, renames)) }));
      plain.push({ file, uri, judged });
    }
    for (const name of listing.links) links.push(await judgeAnew(uriOf(name)));
  }
  const shared = plain.some(({ file, judged }) => isHeld(judged) && hasOtherNames(file));
  if (!shared) return [...plain.map(({ judged }) => judged), ...links];
  const files = plain.map(async ({ file, uri, judged }) => (hasOtherNames(file) ? judgeAnew(uri) : judged));
  return [...(await Promise.all(files)), ...links];
}

/** Where not all former names of a file are known, it stays on the device. */
async function factsOf(file: string, renames: Renames): Promise<Omit<FileFacts, 'uri'>> {
  try {
    return { resolution: resolved(file), previousPaths: await renames.before(file) };
  } catch {
    return { resolution: { kind: 'failed', why: 'former names' }, previousPaths: [] };
  }
}

/** Only on Windows can a path without links have a second spelling, a short name. */
function resolved(realPath: string): Resolution {
  return thisSystem === 'windows'
    ? { kind: 'resolved', realPath, links: [], hardLinks: [] }
    : // The names of its URI are all it has.
      { kind: 'elsewhere' };
}

/** In the affirmative too where it cannot be told. */
function hasOtherNames(file: string): boolean {
  try {
    return lstatSync(file).nlink > 1;
  } catch {
    return true;
  }
}
