import { constants } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Resolution } from '../core/label/identity.ts';
import type { HardLinks } from './hardLinks.ts';

/**
 * Follows an absolute path to the data it names: the real path, every link on the way, and the other hard links of the file.
 * A file that is not there yet resolves by the folders that are. Trouble of any kind is `failed`, never a guess.
 */
export async function resolvePath(file: string, hardLinks: HardLinks): Promise<Resolution> {
  try {
    const walked = (await realPathOf(file)) === file ? { path: file, links: [] } : await followLinks(file);
    const links = walked.links.filter((link) => link !== walked.path);
    return { kind: 'resolved', realPath: walked.path, links, hardLinks: await otherNames(walked.path, hardLinks) };
  } catch (error) {
    return { kind: 'failed', why: codeOf(error) ?? 'unknown' };
  }
}

/** The system's own answer in one call; undefined where the file is not there. It also knows Windows' long names and cases. */
async function realPathOf(file: string): Promise<string | undefined> {
  try {
    return await realpath(file, { encoding: 'utf8' });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

type Walked = { readonly path: string; readonly links: readonly string[] };

/** Walks from the root, name by name, because `a/../b` means another file where `a` is a link. */
async function followLinks(file: string): Promise<Walked> {
  const links: string[] = [file];
  const { root } = path.parse(file);
  let rest = namesOf(file.slice(root.length));
  let here = root;
  let hops = 0;
  while (rest.length > 0) {
    const [name = '', ...later] = rest;
    const next = name === '..' ? path.dirname(here) : path.join(here, name);
    const entry: Entry = name === '..' ? { kind: 'no link' } : await readEntry(next);
    if (entry.kind === 'absent') return { path: await spelled(here, rest), links };
    if (entry.kind === 'no link') {
      here = next;
      rest = later;
      continue;
    }
    const { target } = entry;
    hops += 1;
    if (hops > maxHops) throw Object.assign(new Error('Too many links.'), { code: 'ELOOP' });
    links.push(path.join(next, ...later), path.join(path.resolve(here, target), ...later));
    if (path.isAbsolute(target)) here = path.parse(target).root;
    rest = [...namesOf(path.isAbsolute(target) ? target.slice(here.length) : target), ...later];
  }
  return { path: await spelled(here, []), links };
}

const maxHops = 40;

function namesOf(text: string): string[] {
  return text.split(path.sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');
}

type Entry =
  { readonly kind: 'absent' } | { readonly kind: 'no link' } | { readonly kind: 'link'; readonly target: string };

async function readEntry(file: string): Promise<Entry> {
  try {
    return (await lstat(file)).isSymbolicLink() ? { kind: 'link', target: await readlink(file) } : { kind: 'no link' };
  } catch (error) {
    if (isAbsent(error)) return { kind: 'absent' };
    throw error;
  }
}

/** The folder as the system spells it, with the names that do not exist yet. */
async function spelled(existing: string, absent: readonly string[]): Promise<string> {
  if (absent.includes('..'))
    throw Object.assign(new Error('The path leaves a folder that is not there.'), { code: 'ENOENT' });
  return path.join(await realpath(existing, { encoding: 'utf8' }), ...absent);
}

async function otherNames(file: string, hardLinks: HardLinks): Promise<readonly string[] | undefined> {
  try {
    const found = await stat(file, { bigint: true });
    if ((Number(found.mode) & constants.S_IFMT) !== constants.S_IFREG || found.nlink <= 1n) return [];
    const names = await hardLinks.namesOf({ device: found.dev, inode: found.ino });
    return names?.filter((name) => name !== file);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
