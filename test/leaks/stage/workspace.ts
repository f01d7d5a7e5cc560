import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder on the disk with workspace folders in it. Paths are relative to the first of them; `..` leads beside it. */
export type Workspace = {
  /** Holds everything that one play has on disk. */
  readonly root: string;
  readonly folders: readonly { readonly uri: string; readonly path: string }[];
  readonly at: (file: string) => string;
  readonly uri: (file: string) => string;
  readonly write: (file: string, text: string | Uint8Array) => Promise<void>;
  readonly link: (target: string, file: string) => Promise<void>;
  readonly hardLink: (existing: string, file: string) => Promise<void>;
  readonly move: (from: string, to: string) => Promise<void>;
  readonly remove: (file: string) => Promise<void>;
  readonly git: (...args: readonly string[]) => void;
  readonly commitAll: () => void;
  readonly dispose: () => Promise<void>;
};

/** `names` are folders below the root that the editor has open. */
export async function createWorkspace(names: readonly string[]): Promise<Workspace> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-leaks-')));
  const folders = names.map((name) => path.join(root, name));
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })));
  const first = folders[0] ?? root;
  const at = (file: string): string => path.resolve(first, file);
  const inFolder = async (file: string): Promise<string> => {
    await mkdir(path.dirname(at(file)), { recursive: true });
    return at(file);
  };
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...args], {
      cwd: first,
      stdio: 'pipe',
    });
  };
  return {
    root,
    folders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, path: folder })),
    at,
    uri: (file) => pathToFileURL(at(file)).href,
    write: async (file, text) => writeFile(await inFolder(file), text),
    link: async (target, file) => symlink(target, await inFolder(file)),
    hardLink: async (existing, file) => link(at(existing), await inFolder(file)),
    move: async (from, to) => rename(at(from), await inFolder(to)),
    remove: (file) => rm(at(file), { recursive: true, force: true }),
    git,
    commitAll: () => {
      git('init', '-q', '-b', 'main');
      git('add', '-f', '-A');
      git('commit', '-q', '--allow-empty', '-m', 'state');
    },
    dispose: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
