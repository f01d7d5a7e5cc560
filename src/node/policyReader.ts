import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResourceName } from '../core/label/resource.ts';
import type { PolicyDocument } from '../core/policy/document.ts';
import type { PolicyReader } from '../core/policy/keeper.ts';
import { policyFileName } from '../core/policy/starter.ts';
import { findGitFolders, headStamp, type GitFolders } from './headStamp.ts';
import { readCommit, readCommittedAround, readCommittedPolicies } from './headPolicies.ts';
import { findPoliciesAround, foldersAround, type FolderAround } from './policiesAround.ts';
import { readOwnerPolicies } from './ownerPolicies.ts';
import type { PolicyPlaces } from './policyPlaces.ts';
import {
  findPoliciesAbove,
  findWorkspacePolicies,
  isSearched,
  readWorkspacePolicies,
  type LocalFolder,
} from './workspacePolicies.ts';

export type PolicyReaderDependencies = {
  readonly folders: () => readonly LocalFolder[];
  readonly places: PolicyPlaces;
  /** Whether git may be asked for `HEAD`: see `runGit`. */
  readonly trusted: () => boolean;
};

/** Reads every layer from the disks of this machine. */
export function createPolicyReader({ folders, places, trusted }: PolicyReaderDependencies): PolicyReader {
  const atHead = createHeadReader();
  const committedIn = async (folder: LocalFolder, signal: AbortSignal): Promise<readonly PolicyDocument[]> =>
    (await atHead(folder, { around: await foldersAround(folder, folders()), signal })).filter(
      ({ base }) => base === undefined || isSearched(folder, folders(), `${base}/`),
    );
  const committed = async (signal: AbortSignal): Promise<readonly PolicyDocument[]> =>
    trusted() ? (await Promise.all(folders().map((folder) => committedIn(folder, signal)))).flat() : [];
  const around = async (): Promise<readonly PolicyDocument[]> =>
    (await Promise.all(folders().map((folder) => findPoliciesAround(folder, folders())))).flat();
  return {
    async readAll(signal) {
      const found = await Promise.all([
        readOwnerPolicies(places),
        ...folders().map((folder) => findWorkspacePolicies(folder, folders(), signal)),
        around(),
        committed(signal),
      ]);
      return found.flat();
    },
    async readAgain(known, signal, near = []) {
      const found = await Promise.all([
        readOwnerPolicies(places),
        ...folders().map((folder) => readKnownAndNear(folder, { known, near, others: folders() })),
        around(),
        committed(signal),
      ]);
      return found.flat();
    },
  };
}

type HeadReader = (
  folder: LocalFolder,
  call: { readonly around: readonly FolderAround[]; readonly signal: AbortSignal },
) => Promise<readonly PolicyDocument[]>;

type KnownHead = {
  readonly folders: GitFolders;
  readonly stamp: string;
  readonly commit: string;
  readonly documents: readonly PolicyDocument[];
};

/** What a commit holds never changes, so git is started only when `HEAD` may name another one. */
export function createHeadReader(): HeadReader {
  const known = new Map<string, KnownHead>();
  return async (folder, { around, signal }) => {
    const place = [folder, ...around].map((one) => one.path).join('\n');
    const before = known.get(place);
    if (before && (await headStamp(before.folders)) === before.stamp) return before.documents;
    const folders = await findGitFolders(folder.path, signal);
    if (!folders) return [];
    // Taken before the commit is asked for: a change in between is then seen the next time.
    const stamp = await headStamp(folders);
    const commit = await readCommit(folder, 'HEAD', signal);
    if (commit === undefined) return [];
    const documents =
      before?.commit === commit
        ? before.documents
        : [
            ...(await readCommittedPolicies(folder, commit, signal)),
            ...(await readCommittedAround(folder, { commit, around }, signal)),
          ];
    known.set(place, { folders, stamp, commit, documents });
    return documents;
  };
}

async function readKnownAndNear(
  folder: LocalFolder,
  {
    known,
    near,
    others,
  }: {
    readonly known: readonly PolicyDocument[];
    readonly near: readonly ResourceName[];
    readonly others: readonly LocalFolder[];
  },
): Promise<readonly PolicyDocument[]> {
  const below = near.flatMap((name) => (name.folder === folder.uri ? [name.path] : []));
  const files = [...knownFiles(known, folder), ...(await findPoliciesAbove(folder, others, below))];
  return readWorkspacePolicies(folder, [...new Set(files)]);
}

/** The files known in a folder, and the one at its root, which may have come since. */
function knownFiles(known: readonly PolicyDocument[], folder: LocalFolder): readonly string[] {
  const files = known
    .filter(({ folder: of, version, above }) => of === folder.uri && version === 'working tree' && above === undefined)
    .map(({ file }) => fileURLToPath(file));
  return [...new Set([path.join(folder.path, policyFileName), ...files])];
}
