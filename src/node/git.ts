import { execFile } from 'node:child_process';

export type GitResult =
  | { readonly kind: 'output'; readonly stdout: Buffer }
  /** Git is missing, the folder is no repository, the ref is unknown: in words for a person. */
  | { readonly kind: 'failed'; readonly why: string };

export type GitCall = { readonly folder: string; readonly args: readonly string[]; readonly signal?: AbortSignal };

/**
 * Runs git and returns what it printed. Only in workspaces that the user trusts: a repository's own configuration can name
 * programs for git to start. What can be switched off of that is off here.
 */
export function runGit({ folder, args, signal }: GitCall): Promise<GitResult> {
  const all = ['--no-pager', '--no-optional-locks', '--literal-pathspecs', ...inert, ...args];
  const options = {
    cwd: folder,
    encoding: 'buffer' as const,
    maxBuffer,
    timeout,
    windowsHide: true,
    env: environment(),
    ...(signal ? { signal } : {}),
  };
  return new Promise((resolve) => {
    execFile('git', all, options, (error, stdout, stderr) => {
      if (!error) resolve({ kind: 'output', stdout });
      else resolve({ kind: 'failed', why: stderr.toString('utf8').split('\n')[0]?.trim() || error.message });
    });
  });
}

const maxBuffer = 256 * 1024 * 1024;
const timeout = 20_000;

const inert = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'diff.external=',
  '-c',
  'core.pager=cat',
];

/** The variables that point git elsewhere come from whoever started the editor, not from the folder asked about. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}
