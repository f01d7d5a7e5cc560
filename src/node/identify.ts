import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { createIdentity, type Resolution, type WorkspaceFolder } from '../core/label/identity.ts';
import type { System } from '../core/label/identityPath.ts';
import { readUri } from '../core/label/identityUri.ts';
import type { Resource } from '../core/label/resource.ts';
import type { HardLinks } from './hardLinks.ts';
import type { Renames } from './gitRenames.ts';
import { resolvePath } from './resolvePath.ts';

export type IdentifyDependencies = {
  /** Absolute paths below which the editor and Ringfence keep their own data. */
  readonly editorFolders: readonly string[];
  readonly hardLinks: HardLinks;
  readonly renames: Renames;
  /** Looks up a file that only the editor can reach; without it such files go by the names of their URIs. */
  readonly elsewhere?: (uri: string, folders: readonly string[]) => Promise<Resolution>;
};

/** Finds every name of a resource, given the URIs of the workspace folders. Never rejects: what fails leaves it in doubt. */
export type Identify = (uri: string, folders: readonly string[]) => Promise<Resource>;

/** Files on this machine are looked up on the disk; others, which only the editor can reach, go by the names of their URIs. */
export function createIdentify(dependencies: IdentifyDependencies): Identify {
  const realFolders = createFolderPaths();
  return async (uri, folderUris) => {
    const { editorFolders, hardLinks, renames, elsewhere } = dependencies;
    const here = localPath(uri);
    const folders = await Promise.all(folderUris.map(realFolders));
    const system = here === undefined ? remoteSystem(uri) : thisSystem;
    const identity = createIdentity({ system, folders, editorFolders });
    if (here === undefined) {
      const resolution = (await elsewhere?.(uri, folderUris)) ?? { kind: 'elsewhere' };
      return identity({ uri, resolution, previousPaths: [] });
    }
    const resolution = await resolvePath(here, hardLinks);
    try {
      return identity({ uri, resolution, previousPaths: await formerNames({ file: here, resolution, renames }) });
    } catch {
      return identity({ uri, resolution: incomplete(resolution), previousPaths: [] });
    }
  };
}

/** The kind of machine this code runs on; every other Unix is taken for Linux. */
export const thisSystem: System =
  process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux';

/** The path on this machine of the file that a document shows; undefined for documents from anywhere else. */
export function localPath(uri: string): string | undefined {
  const { scheme, authority, paths, doubt } = readUri(uri);
  const shown = paths.at(-1)?.path;
  if (doubt || shown === undefined || scheme === 'vscode-remote' || authority.includes('+')) return undefined;
  if (thisSystem !== 'windows') return authority === '' ? path.normalize(shown) : undefined;
  return path.normalize(authority === '' ? shown.replace(/^\/(?=[a-z]:)/i, '') : `//${authority}${shown}`);
}

// A path that begins with a drive letter lies on Windows; nothing else is known of a machine behind a connection.
function remoteSystem(uri: string): System {
  return /^\/[a-z]:\//i.test(readUri(uri).paths[0]?.path ?? '') ? 'windows' : 'linux';
}

/** The names that are known stay, for the rules that hold them; the file is in doubt. */
function incomplete(resolution: Resolution): Resolution {
  return resolution.kind === 'resolved'
    ? { ...resolution, hardLinks: undefined }
    : { kind: 'failed', why: 'former names' };
}

type Renamed = { readonly file: string; readonly resolution: Resolution; readonly renames: Renames };

/** Of the path itself and of the file that it leads to. */
async function formerNames({ file, resolution, renames }: Renamed): Promise<readonly string[]> {
  const real = resolution.kind === 'resolved' ? resolution.realPath : file;
  const found = await Promise.all([...new Set([file, real])].map((each) => renames.before(each)));
  return found.flat();
}

/** The real paths of workspace folders, looked up once while they can be found. */
function createFolderPaths(): (uri: string) => Promise<WorkspaceFolder> {
  const known = new Map<string, WorkspaceFolder>();
  return async (uri) => {
    const remembered = known.get(uri);
    if (remembered) return remembered;
    const here = localPath(uri);
    try {
      const folder = here === undefined ? { uri } : { uri, realPath: await realpath(here) };
      known.set(uri, folder);
      return folder;
    } catch {
      return { uri };
    }
  };
}
