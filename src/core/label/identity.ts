import { findLookalikeWord, looksLike } from '../policy/lookalike.ts';
import { originalsOf } from './identityBackup.ts';
import { hasShortName, normalisePath, pathBelow, type System } from './identityPath.ts';
import { readUri } from './identityUri.ts';
import type { Doubt, NameKind, Resource, ResourceName } from './resource.ts';

/** The machine and the workspace that files are named in. */
export type World = {
  readonly system: System;
  readonly folders: readonly WorkspaceFolder[];
  /** Absolute paths below which the editor and Ringfence keep their own data. */
  readonly editorFolders: readonly string[];
};

export type WorkspaceFolder = {
  /** Without a slash at the end. */
  readonly uri: string;
  /** The absolute path of the folder once every link is followed; absent where it is not on this machine. */
  readonly realPath?: string;
};

/** All that is known of one document when it is read, gathered by whoever reads it. */
export type FileFacts = {
  /** As the editor names it. */
  readonly uri: string;
  readonly resolution: Resolution;
  /** Absolute paths that the file had before it was renamed. */
  readonly previousPaths: readonly string[];
};

/** What the file system says of the path. */
export type Resolution =
  /**
   * The file lies on a machine that only the editor can reach: its names are those of its URI. `linked` where one of them is
   * a link, which leads nobody knows where.
   */
  | { readonly kind: 'elsewhere'; readonly linked?: boolean }
  | { readonly kind: 'failed'; readonly why: string }
  | {
      readonly kind: 'resolved';
      readonly realPath: string;
      /** Every path that the links on the way led through. */
      readonly links: readonly string[];
      /** Other names of the same data in the workspace; undefined where the search for them did not end. */
      readonly hardLinks: readonly string[] | undefined;
    };

/** Gives each file its resource: all the names under which a rule could know it. Pure; it follows from the facts alone. */
export function createIdentity(world: World): (file: FileFacts) => Resource {
  const roots = world.folders.map((folder) => rootsOf(folder, world.system));
  const editorFolders = world.editorFolders.flatMap((path) => normal(path, world.system) ?? []);
  return (file) => {
    const reading = readUri(file.uri);
    const places = [
      ...reading.paths.map(({ path, kind }) => ({ path: withHost(path, reading.authority, world.system), kind })),
      ...resolvedPlaces(file.resolution),
      ...file.previousPaths.map((path) => ({ path, kind: 'previous name' as const })),
    ];
    const clear = places.flatMap(({ path, kind }) => {
      const normalised = normal(path, world.system);
      return normalised === undefined ? [] : [{ path: normalised, kind }];
    });
    const naming = { roots, authority: reading.authority, system: world.system };
    const names = clear.flatMap((place) => namesOf(place, naming));
    const unclear = clear.length < places.length;
    const doubt = reading.doubt ?? doubtOf({ file, names, unclear, editorFolders, system: world.system });
    return { uri: file.uri, display: displayOf(names, file.uri), names: distinct(names), ...(doubt ? { doubt } : {}) };
  };
}

type Place = { readonly path: string; readonly kind: NameKind };

/** A workspace folder under the path of its URI and under its real one. */
type Roots = {
  readonly uri: string;
  readonly authority: string;
  readonly path: string | undefined;
  readonly realPath: string | undefined;
};

function rootsOf(folder: WorkspaceFolder, system: System): Roots {
  const { authority, paths } = readUri(folder.uri);
  const [first] = paths;
  return {
    uri: folder.uri,
    authority,
    path: first && normal(withHost(first.path, authority, system), system),
    realPath: folder.realPath === undefined ? undefined : normal(folder.realPath, system),
  };
}

function normal(path: string, system: System): string | undefined {
  const reading = normalisePath(path, system);
  return reading.kind === 'path' ? reading.path : undefined;
}

// A `file` URI with a host names a share; in a remote URI the authority names the connection and not a part of the path.
function withHost(path: string, authority: string, system: System): string {
  return authority !== '' && system === 'windows' && !authority.includes('+') ? `//${authority}${path}` : path;
}

function resolvedPlaces(resolution: Resolution): readonly Place[] {
  if (resolution.kind !== 'resolved') return [];
  return [
    { path: resolution.realPath, kind: 'real path' },
    ...resolution.links.map((path): Place => ({ path, kind: 'link' })),
    ...(resolution.hardLinks ?? []).map((path): Place => ({ path, kind: 'hard link' })),
  ];
}

type Naming = { readonly roots: readonly Roots[]; readonly authority: string; readonly system: System };

/** The names of one place: absolute, below every workspace folder that holds it, as the file it is a copy of or passes for. */
function namesOf(place: Place, naming: Naming): readonly ResourceName[] {
  const others = [...originalsOf(place.path), ...disguised(place.path)];
  const spellings = [place, ...others.map((path): Place => ({ path, kind: 'underlying file' }))];
  return spellings.flatMap((spelling) => [...namesInFolders(spelling, naming), spelling]);
}

/** `.еnv` with a Cyrillic letter, or with one that nobody sees, is read as `.env` and held like it. */
function disguised(path: string): readonly string[] {
  if (!/[^\x00-\x7f]/.test(path)) return [];
  const alike = looksLike(path);
  const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}/u.test(path);
  const wide = path.normalize('NFKC') !== path.normalize('NFC');
  return alike !== undefined && (invisible || wide || findLookalikeWord(path) !== undefined) ? [alike] : [];
}

function namesInFolders({ path, kind }: Place, { roots, authority, system }: Naming): readonly ResourceName[] {
  return roots.flatMap((root) => {
    const below = [root.authority === authority ? root.path : undefined, root.realPath]
      .map((folder) => (folder === undefined ? undefined : pathBelow(path, folder, system)))
      .find((relative) => relative !== undefined && relative !== '');
    return below === undefined ? [] : [{ kind, path: below, folder: root.uri }];
  });
}

type Doubtful = {
  readonly file: FileFacts;
  readonly names: readonly ResourceName[];
  /** Whether a place was left out because its spelling says nothing certain. */
  readonly unclear: boolean;
  readonly editorFolders: readonly string[];
  readonly system: System;
};

function doubtOf({ file, names, unclear, editorFolders, system }: Doubtful): Doubt | undefined {
  const paths = names.filter(({ folder }) => folder === undefined).map(({ path }) => path);
  const isEditors = (path: string): boolean =>
    editorPath.test(path) || editorFolders.some((folder) => pathBelow(path, folder, system) !== undefined);
  if (paths.some(isEditors)) return 'editor data';
  if (paths.some((path) => path.split('/').some((name) => repositoryFolders.has(name.toLowerCase()))))
    return 'repository data';
  if (unclear || isUnresolved(file.resolution)) return 'could not be resolved';
  if (file.resolution.kind === 'elsewhere' && file.resolution.linked) return 'behind a remote link';
  if (system === 'windows' && file.resolution.kind === 'elsewhere' && paths.some(hasShortName))
    return 'could not be resolved';
  return liesInside(names, file.resolution) ? undefined : 'outside every workspace folder';
}

function isUnresolved(resolution: Resolution): boolean {
  return resolution.kind === 'failed' || (resolution.kind === 'resolved' && resolution.hardLinks === undefined);
}

// The text is where the real path says. A link from outside into a folder shows the folder's text, one from a folder to
// the outside shows the text out there.
function liesInside(names: readonly ResourceName[], resolution: Resolution): boolean {
  const telling: readonly NameKind[] = resolution.kind === 'resolved' ? ['real path'] : ['path', 'underlying file'];
  return names.some(({ kind, folder }) => folder !== undefined && telling.includes(kind));
}

const repositoryFolders: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj']);

// Where VS Code and its relatives keep settings, local history, back-ups of unsaved files and what extensions store.
const editorPath =
  /\/(?:\.config|Application Support|AppData\/Roaming|\.local\/share)\/(?:Code|Code - Insiders|Code - OSS|VSCodium|Cursor|Windsurf|code-server)\/(?:User|Backups|Workspaces|CachedData)(?:\/|$)|\/\.vscode-(?:server|server-insiders|remote|oss)\/data\//i;

function displayOf(names: readonly ResourceName[], uri: string): string {
  const inFolder = names.find(({ folder }) => folder !== undefined);
  return inFolder?.path ?? names[0]?.path ?? uri;
}

function distinct(names: readonly ResourceName[]): readonly ResourceName[] {
  return names.filter(
    (name, index) => names.findIndex((other) => other.path === name.path && other.folder === name.folder) === index,
  );
}
