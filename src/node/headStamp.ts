import { lstat, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { runGit } from './git.ts';

/** Where a repository keeps what `HEAD` names: its own folder, and the one it shares with other work trees. */
export type GitFolders = { readonly own: string; readonly shared: string };

/** Asks git once where that is; undefined where the folder is no repository or git is missing. */
export async function findGitFolders(folder: string, signal: AbortSignal): Promise<GitFolders | undefined> {
  if (!(await liesInRepository(folder))) return undefined;
  const found = await runGit({ folder, args: ['rev-parse', '--git-dir', '--git-common-dir'], signal });
  if (found.kind === 'failed') return undefined;
  const [own, shared] = found.stdout.toString('utf8').split(/\r?\n/);
  return own === undefined || shared === undefined || own === ''
    ? undefined
    : { own: path.resolve(folder, own), shared: path.resolve(folder, shared) };
}

/**
 * A text that changes whenever `HEAD` comes to name another commit, read without starting git: it is looked at before every
 * request. Covers loose and packed refs and the newer tables.
 */
export async function headStamp({ own, shared }: GitFolders): Promise<string> {
  const head = await textOf(path.join(own, 'HEAD'));
  const ref = /^ref: (.+)$/m.exec(head)?.[1];
  const parts = await Promise.all([
    ref === undefined ? '' : textOf(path.join(shared, ...ref.trim().split('/'))),
    versionOf(path.join(shared, 'packed-refs')),
    textOf(path.join(own, 'reftable', 'tables.list')),
    textOf(path.join(shared, 'reftable', 'tables.list')),
  ]);
  return [head, ...parts].join('\n');
}

/** Every work tree has an entry `.git` at its root; without one in sight git need not be started. */
async function liesInRepository(folder: string): Promise<boolean> {
  for (let here = folder; ; here = path.dirname(here)) {
    try {
      await lstat(path.join(here, '.git'));
      return true;
    } catch {
      if (path.dirname(here) === here) return false;
    }
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

async function versionOf(file: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
