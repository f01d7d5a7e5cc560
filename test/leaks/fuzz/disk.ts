import type { FileFacts } from '../../../src/core/label/identity.ts';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { documentFor } from '../../../src/core/policy/documentFor.ts';

export const folder = 'file:///w';

/** Files, links and commits of one workspace folder, in memory. Paths are below the folder. */
export type Disk = {
  readonly files: Map<string, Content>;
  /** Symbolic links to files or folders. */
  readonly links: Map<string, string>;
  /** What each file was called before, as git would know it. */
  readonly former: Map<string, readonly string[]>;
  /** Policy files by path, in the working tree. */
  policies: ReadonlyMap<string, string>;
  /** The same as committed on each branch, and the branch that is checked out. */
  readonly branches: Map<string, ReadonlyMap<string, string>>;
  branch: string;
};

/** Hard links share their content: the same object under two paths. */
export type Content = { text: string };

export function createDisk(): Disk {
  return {
    files: new Map(),
    links: new Map(),
    former: new Map(),
    policies: new Map(),
    branches: new Map(),
    branch: '',
  };
}

/** The policy files as the extension reads them: the working tree and what the checked out branch has committed. */
export function policyDocuments({ policies, branches, branch }: Disk): readonly PolicyDocument[] {
  const committed = branches.get(branch) ?? new Map<string, string>();
  return (
    [
      ['working tree', policies],
      ['HEAD', committed],
    ] as const
  ).flatMap(([version, texts]) =>
    [...texts].flatMap(([below, text]) => documentFor({ folder, below, version }, { kind: 'text', text }) ?? []),
  );
}

/** All that a look at the disk would tell of a path. */
export function factsOf(disk: Disk, path: string): FileFacts {
  const { real, links } = follow(disk, path);
  const content = disk.files.get(real);
  const hardLinks = [...disk.files].flatMap(([name, other]) =>
    other === content && name !== real ? [`/w/${name}`] : [],
  );
  const former = [path, real].flatMap((name) => disk.former.get(name) ?? []);
  return {
    uri: `${folder}/${path}`,
    resolution: { kind: 'resolved', realPath: `/w/${real}`, links: links.map((link) => `/w/${link}`), hardLinks },
    previousPaths: former.map((name) => `/w/${name}`),
  };
}

/** Every path that a reader of rules must think of: the path, where links lead, hard links, former names. */
export function everyName(disk: Disk, path: string): readonly string[] {
  const { resolution, previousPaths } = factsOf(disk, path);
  const more =
    resolution.kind === 'resolved' ? [resolution.realPath, ...resolution.links, ...(resolution.hardLinks ?? [])] : [];
  return [path, ...[...more, ...previousPaths].map((name) => name.replace(/^\/w\//, ''))];
}

/** Every path by which some file can be opened. */
export function openable(disk: Disk): readonly string[] {
  const linked = [...disk.links.keys()].flatMap((link) => {
    const { real } = follow(disk, link);
    if (disk.files.has(real)) return [link];
    return [...disk.files.keys()].flatMap((file) =>
      file.startsWith(`${real}/`) ? [link + file.slice(real.length)] : [],
    );
  });
  return [...disk.files.keys(), ...linked];
}

export function contentAt(disk: Disk, path: string): Content | undefined {
  return disk.files.get(follow(disk, path).real);
}

function follow(disk: Disk, path: string): { readonly real: string; readonly links: readonly string[] } {
  const links: string[] = [];
  let real = path;
  for (let hops = 0; hops < 8; hops++) {
    const link = [...disk.links].find(([from]) => real === from || real.startsWith(`${from}/`));
    if (!link) break;
    links.push(real);
    real = link[1] + real.slice(link[0].length);
  }
  return { real, links };
}
