import { opendir } from 'node:fs/promises';
import path from 'node:path';
import type { PolicyDocument } from '../core/policy/document.ts';
import { documentFor } from '../core/policy/documentFor.ts';
import { includedPaths, isPolicyName } from '../core/policy/policyNames.ts';
import { readPolicyFile } from './readPolicyFile.ts';

/** A workspace folder on this machine: its URI without a slash at the end, and its absolute path. */
export type LocalFolder = { readonly uri: string; readonly path: string };

/** Every policy and ignore file below the folder. Rejects where a folder cannot be listed: a rule may lie in it. */
export async function findWorkspacePolicies(
  folder: LocalFolder,
  signal: AbortSignal,
): Promise<readonly PolicyDocument[]> {
  const files: string[] = [];
  const open = [folder.path];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    signal.throwIfAborted();
    for await (const entry of await opendir(here, { bufferSize: 256 })) {
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) open.push(path.join(here, entry.name));
      } else if (isPolicyName(entry.name)) files.push(path.join(here, entry.name));
    }
  }
  return readWorkspacePolicies(folder, files);
}

/** The given files of a folder as they are now; those that are gone are left out. */
export async function readWorkspacePolicies(
  folder: LocalFolder,
  files: readonly string[],
): Promise<readonly PolicyDocument[]> {
  const found = await Promise.all(files.map((file) => readOne(folder, file)));
  return found.filter((document) => document !== undefined);
}

// What packages bring along speaks for their authors' files, and their number would make every search slow.
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules']);

async function readOne(folder: LocalFolder, file: string): Promise<PolicyDocument | undefined> {
  const content = await readPolicyFile(file);
  if (!content) return undefined;
  const below = path.relative(folder.path, file).split(path.sep).join('/');
  const document = documentFor({ folder: folder.uri, below, version: 'working tree' }, content);
  if (!document || content.kind !== 'text') return document;
  const includes = await readIncludes(folder, path.dirname(file), includedPaths(document));
  return { ...document, content: { ...content, includes } };
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
    const content = path.relative(folder.path, file).startsWith('..') ? undefined : await readPolicyFile(file);
    if (content?.kind === 'text') texts[name] = content.text;
  }
  return texts;
}
