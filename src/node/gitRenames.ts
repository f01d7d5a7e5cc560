import path from 'node:path';
import { runGit } from './git.ts';

/** Says what files of a repository were called before. */
export type Renames = {
  /** Former absolute paths of a file; none where git knows of none. Rejects where there are more than can be followed. */
  before(file: string): Promise<readonly string[]>;
  forget(): void;
};

export type RenameSearch = {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly now: () => number;
};

export const renameLimits = { commits: 300, staleMs: 60_000, names: 64 } as const;

/** Former names from the last commits and from what is changed and not yet committed. Looked up at first use, then kept a while. */
export function createRenames({ folders, now }: RenameSearch): Renames {
  let known: { readonly at: number; readonly names: Promise<Former> } | undefined;
  const load = (): Promise<Former> => {
    const current = { at: now(), names: loadAll(folders) };
    known = current;
    return current.names;
  };
  return {
    async before(file) {
      const former = known ? await known.names : await load();
      // An old answer is still a good one while the next is on its way.
      if (known && now() - known.at > renameLimits.staleMs) void load();
      return followRenames(former, file);
    },
    forget: () => void (known = undefined),
  };
}

/** No git: nothing is known of former names. */
export const noRenames: Renames = { before: () => Promise.resolve([]), forget: () => undefined };

export type Former = ReadonlyMap<string, readonly string[]>;

async function loadAll(folders: readonly string[]): Promise<Former> {
  const pairs = (await Promise.all(folders.map(renamesIn))).flat();
  const former = new Map<string, string[]>();
  for (const { from, to } of pairs) former.set(to, [...(former.get(to) ?? []), from]);
  return former;
}

type Rename = { readonly from: string; readonly to: string };

async function renamesIn(folder: string): Promise<readonly Rename[]> {
  const root = await runGit({ folder, args: ['rev-parse', '--show-toplevel'] });
  if (root.kind === 'failed') return [];
  const top = root.stdout.toString('utf8').replace(/\r?\n$/, '');
  const common = ['-M', '-l2000', '--no-ext-diff', '--no-textconv', '--diff-filter=R', '--name-status', '-z'];
  const [changed, committed] = await Promise.all([
    runGit({ folder: top, args: ['diff', ...common, 'HEAD'] }),
    runGit({ folder: top, args: ['log', `--max-count=${renameLimits.commits}`, '--format=', ...common, 'HEAD'] }),
  ]);
  return [changed, committed]
    .flatMap((result) => (result.kind === 'output' ? parseRenames(result.stdout.toString('utf8')) : []))
    .map(({ from, to }) => ({ from: path.join(top, from), to: path.join(top, to) }));
}

/** `R100`, former path, new path, each ended by NUL; commits of a log may leave line feeds between. */
export function parseRenames(output: string): readonly Rename[] {
  const fields = output.split('\0');
  return fields.flatMap((field, index) => {
    const from = fields[index + 1];
    const to = fields[index + 2];
    return /^\n*R\d{1,3}$/.test(field) && from !== undefined && to !== undefined ? [{ from, to }] : [];
  });
}

/** A file renamed twice has both former names. To leave one out would be to miss its rules. */
export function followRenames(former: Former, file: string): readonly string[] {
  const found = new Set<string>();
  const open = [file];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const before of former.get(name) ?? []) {
      if (found.has(before) || before === file) continue;
      if (found.size === renameLimits.names) throw new Error(`${file} was renamed too often to know all its names.`);
      found.add(before);
      open.push(before);
    }
  }
  return [...found];
}
