import path from 'node:path';
import { decodeDocument, type PolicyDocument } from '../core/policy/document.ts';
import { documentFor } from '../core/policy/documentFor.ts';
import { isPolicyName } from '../core/policy/policyNames.ts';
import { jsonLimits } from '../core/policy/strictJson.ts';
import { runGit } from './git.ts';
import { seenFrom, type FolderAround } from './policiesAround.ts';
import type { LocalFolder } from './workspacePolicies.ts';

/** The commit that a ref names; undefined where there is no git, no repository or no such commit. */
export async function readCommit(folder: LocalFolder, ref: string, signal: AbortSignal): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const commit = await runGit({ folder: folder.path, args, signal });
  return commit.kind === 'output' ? commit.stdout.toString('utf8').trim() : undefined;
}

/**
 * The policy and ignore files of a folder as a commit has them. They speak in the version `HEAD`, whichever commit they come
 * from. Only for trusted folders: see `runGit`.
 */
export async function readCommittedPolicies(
  folder: LocalFolder,
  commit: string,
  signal: AbortSignal,
): Promise<readonly PolicyDocument[]> {
  // Without `--full-tree` the listing is that of the folder, with paths relative to it.
  const listing = await runGit({ folder: folder.path, args: ['ls-tree', '-r', '-z', '--long', commit], signal });
  if (listing.kind === 'failed') throw new Error(`Git could not list the files of ${commit}: ${listing.why}`);
  const entries = parseListing(listing.stdout.toString('utf8')).filter(({ below }) =>
    isPolicyName(path.posix.basename(below)),
  );
  const documents = await Promise.all(entries.map((entry) => readEntry(folder, entry, signal)));
  return documents.filter((document) => document !== undefined);
}

/** The same for the folders around it, each by itself. */
export async function readCommittedAround(
  folder: LocalFolder,
  { commit, around }: { readonly commit: string; readonly around: readonly FolderAround[] },
  signal: AbortSignal,
): Promise<readonly PolicyDocument[]> {
  const found = await Promise.all(
    around.map(async (outer) => {
      const listing = await runGit({ folder: outer.path, args: ['ls-tree', '-z', '--long', commit], signal });
      if (listing.kind === 'failed') throw new Error(`Git could not list the files of ${commit}: ${listing.why}`);
      const entries = parseListing(listing.stdout.toString('utf8')).filter(({ below }) => isPolicyName(below));
      const documents = await Promise.all(entries.map((entry) => readEntry(outer, entry, signal)));
      return documents.flatMap((document) => (document ? [seenFrom(folder, outer, document)] : []));
    }),
  );
  return found.flat();
}

type Entry = { readonly blob: string; readonly size: number; readonly below: string };

/** `<mode> blob <id> <size>\t<path>`, each ended by NUL. */
function parseListing(output: string): readonly Entry[] {
  return output.split('\0').flatMap((line) => {
    const found = /^\d+ blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
    const [, blob, size, below] = found ?? [];
    return blob !== undefined && below !== undefined ? [{ blob, size: Number(size), below }] : [];
  });
}

async function readEntry(
  folder: LocalFolder,
  { blob, size, below }: Entry,
  signal: AbortSignal,
): Promise<PolicyDocument | undefined> {
  const place = { folder: folder.uri, below, version: 'HEAD' as const };
  if (size > jsonLimits.bytes) return documentFor(place, { kind: 'unreadable', why: `It has ${size} bytes.` });
  const content = await runGit({ folder: folder.path, args: ['cat-file', 'blob', blob], signal });
  if (content.kind === 'failed') throw new Error(`Git could not read ${below}: ${content.why}`);
  return documentFor(place, decodeDocument(content.stdout));
}
