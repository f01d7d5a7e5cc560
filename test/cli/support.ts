import { build } from 'esbuild';
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a run of the program printed, and its exit code. */
export type Ran = { readonly exit: number; readonly out: string; readonly err: string };

export type Program = {
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Ran>;
  readonly remove: () => Promise<void>;
};

export type RunOptions = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> };

/** Bundles the command line as it is shipped, beside a manifest, and runs it as a process. */
export async function bundleProgram(): Promise<Program> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringfence-program-'));
  const { version }: { version: string } = JSON.parse(await readFile('package.json', 'utf8'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ version, type: 'module' }));
  const program = path.join(folder, 'dist', 'ringfence.js');
  await build({
    entryPoints: ['src/cli/main.ts'],
    outfile: program,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return {
    run: (args, { cwd = folder, env = {} } = {}) =>
      new Promise((resolve) => {
        const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 << 20 };
        execFile(process.execPath, [program, ...args], options, (error, out, err) => {
          resolve({ exit: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
        });
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A folder with these files; `git` makes a repository of it, with everything committed. */
export async function makeTree(
  files: Readonly<Record<string, string>>,
  { git = false }: { readonly git?: boolean } = {},
): Promise<string> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-tree-')));
  await writeFiles(root, files);
  if (git) {
    runGit(root, 'init', '-q', '-b', 'main');
    commit(root);
  }
  return root;
}

export async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
}

export function commit(root: string): void {
  runGit(root, 'add', '-A');
  runGit(root, '-c', 'user.name=t', '-c', 'user.email=t@example.invalid', 'commit', '-q', '-m', 'x', '--allow-empty');
}

export function runGit(root: string, ...args: readonly string[]): void {
  execFileSync('git', ['-C', root, '-c', 'commit.gpgsign=false', ...args], { stdio: 'pipe' });
}

/** A policy whose files go anywhere but for these rules, given as id → patterns. */
export function policy(rules: Readonly<Record<string, readonly string[]>>, reach = 'device'): string {
  const list = Object.entries(rules).map(([id, files]) => ({ id, files, reach }));
  return JSON.stringify({ version: 1, reach: 'cloud', rules: list }, undefined, 2);
}
