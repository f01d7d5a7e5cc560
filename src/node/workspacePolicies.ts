import { lstat, opendir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentContent, PolicyDocument } from '../core/policy/document.ts';
import { documentFor, fileUri } from '../core/policy/documentFor.ts';
import { includedPaths, isPolicyName } from '../core/policy/policyNames.ts';
import { readPolicyFile } from './readPolicyFile.ts';

/** A workspace folder on this machine: its URI without a slash at the end, and its absolute path. */
export type LocalFolder = { readonly uri: string; readonly path: string };

/**
 * Every policy and ignore file below the folder, except below other workspace folders in it, which are asked for themselves.
 * A folder that cannot be listed speaks as an ignore file would that nobody can read: all below it stays on the device.
 */
export async function findWorkspacePolicies(
  folder: LocalFolder,
  others: readonly LocalFolder[],
  signal: AbortSignal,
): Promise<readonly PolicyDocument[]> {
  const apart = foldersApart(folder, others);
  const files: string[] = [];
  const closed: PolicyDocument[] = [];
  const open = [folder.path];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    signal.throwIfAborted();
    const listed = await list(here);
    if (!listed) closed.push(closedFolder(folder, here));
    files.push(...(listed?.files ?? []));
    open.push(...(listed?.folders ?? []).filter((below) => !apart.has(below)));
  }
  return [...closed, ...(await readWorkspacePolicies(folder, files))];
}

/** Paths of the other workspace folders. */
function foldersApart(folder: LocalFolder, others: readonly LocalFolder[]): ReadonlySet<string> {
  return new Set(others.filter(({ uri }) => uri !== folder.uri).map((other) => path.resolve(other.path)));
}

/** The given files of a folder as they are now; those that are gone are left out. */
export async function readWorkspacePolicies(
  folder: LocalFolder,
  files: readonly string[],
): Promise<readonly PolicyDocument[]> {
  const found = await Promise.all(files.map((file) => readOne(folder, file)));
  return found.filter((document) => document !== undefined);
}

/**
 * The policy and ignore files in the folders that hold the given files, up to the workspace folder. Goes only where the search
 * of the whole folder goes, or every look would find something that no search ever confirms.
 */
export async function findPoliciesAbove(
  folder: LocalFolder,
  others: readonly LocalFolder[],
  below: readonly string[],
): Promise<readonly string[]> {
  const apart = foldersApart(folder, others);
  const parents = [...new Set(below.flatMap(parentsOf))];
  return (await Promise.all(parents.map((parent) => policiesIn(folder, parent, apart)))).flat();
}

/** Whether a search of the folder comes by that path below it. What was committed elsewhere is no file that went away. */
export function isSearched(folder: LocalFolder, others: readonly LocalFolder[], below: string): boolean {
  const apart = foldersApart(folder, others);
  return parentsOf(below).every(
    (parent) => !skipped.has(path.posix.basename(parent)) && !apart.has(path.join(folder.path, ...parent.split('/'))),
  );
}

/** `a/b/c.ts` lies in `a` and `a/b`; the workspace folder itself is read anyway. */
function parentsOf(file: string): readonly string[] {
  const names = file.split('/').slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join('/'));
}

async function policiesIn(folder: LocalFolder, parent: string, apart: ReadonlySet<string>): Promise<readonly string[]> {
  const names = parent.split('/');
  const steps = names.map((_, depth) => path.join(folder.path, ...names.slice(0, depth + 1)));
  if (names.some((name) => skipped.has(name)) || steps.some((step) => apart.has(step))) return [];
  const real = await Promise.all(steps.map(isFolder));
  const here = steps.at(-1);
  return here !== undefined && real.every(Boolean) ? ((await list(here))?.files ?? []) : [];
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isDirectory();
  } catch {
    return false;
  }
}

// What packages bring along speaks for their authors' files, and their number would make every search slow.
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules']);

type Listed = { readonly files: readonly string[]; readonly folders: readonly string[] };

/** The policy files and the folders directly in a folder, as absolute paths; undefined where it may not be listed. */
export async function list(here: string): Promise<Listed | undefined> {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(here, { bufferSize: 256 })) {
      if (isPolicyName(entry.name)) files.push(path.join(here, entry.name));
      else if (entry.isDirectory() && !skipped.has(entry.name)) folders.push(path.join(here, entry.name));
    }
    return { files, folders };
  } catch (error) {
    // It went away while we looked.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { files, folders };
    return undefined;
  }
}

/** A folder that may not be listed speaks as an ignore file would that nobody can read. */
export function closedFolder(folder: LocalFolder, here: string): PolicyDocument {
  const base = below(folder, here);
  const content = unreadable('The folder cannot be listed, so its rules are not known. Check its permissions.');
  const common = { layer: 'imported', folder: folder.uri, version: 'working tree', content } as const;
  return base === '' ? { ...common, file: folder.uri } : { ...common, file: fileUri(folder.uri, base), base };
}

async function readOne(folder: LocalFolder, file: string): Promise<PolicyDocument | undefined> {
  // Of the names found before, only a folder that could not be listed has another one than these.
  if (!isPolicyName(path.basename(file))) return (await list(file)) ? undefined : closedFolder(folder, file);
  const content = (await leadsOutside(folder, file))
    ? unreadable('It is a link that leads out of the workspace folder. Put the file itself in its place.')
    : await readPolicyFile(file);
  if (!content) return undefined;
  const place = { folder: folder.uri, below: below(folder, file), version: 'working tree' } as const;
  const document = documentFor(place, content);
  if (!document || content.kind !== 'text') return document;
  const includes = await readIncludes(folder, path.dirname(file), includedPaths(document));
  return { ...document, content: { ...content, includes } };
}

/** A policy from somewhere else would hold without being seen in the reviews of this repository. */
async function leadsOutside(folder: LocalFolder, file: string): Promise<boolean> {
  try {
    const [real, root] = await Promise.all([realpath(file), realpath(folder.path)]);
    return isOutside(path.relative(root, real));
  } catch {
    return false;
  }
}

/** An include that lies outside the workspace folder is not read, and its file then holds everything. */
async function readIncludes(
  folder: LocalFolder,
  from: string,
  wanted: readonly string[],
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of wanted) {
    const file = path.resolve(from, name);
    const inside = !isOutside(path.relative(folder.path, file)) && !(await leadsOutside(folder, file));
    const content = inside ? await readPolicyFile(file) : undefined;
    if (content?.kind === 'text') texts[name] = content.text;
  }
  return texts;
}

function below(folder: LocalFolder, file: string): string {
  return path.relative(folder.path, file).split(path.sep).join('/');
}

function isOutside(relative: string): boolean {
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

function unreadable(why: string): DocumentContent {
  return { kind: 'unreadable', why };
}
