import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAcknowledged } from '../core/policy/acknowledged.ts';
import type { PolicyDocument } from '../core/policy/document.ts';
import type { AcknowledgedStore } from '../core/policy/keeper.ts';

export type AcknowledgedFilesDependencies = {
  /** An absolute path outside every workspace. */
  readonly directory: string;
  /** URIs of the open workspace folders, without a slash at the end. */
  readonly folders: () => readonly string[];
  /** A cryptographic digest as hex; it makes file names of URIs. */
  readonly digest: (text: string) => string;
};

/**
 * Keeps what was accepted in one file for each workspace folder and one for the user's own policy, so that windows with other
 * folders do not disturb each other. A missing file means that nothing was accepted yet; a damaged one is trouble, because
 * what it held back is not known.
 */
export function createAcknowledgedFiles({
  directory,
  folders,
  digest,
}: AcknowledgedFilesDependencies): AcknowledgedStore {
  const fileOf = (folder: string | undefined): string =>
    path.join(directory, folder === undefined ? 'user.json' : `${digest(folder).slice(0, 32)}.json`);
  const groups = (): readonly (string | undefined)[] => [undefined, ...folders()];
  return {
    read: async () => (await Promise.all(groups().map((folder) => readOne(fileOf(folder))))).flat(),
    async write(documents) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await Promise.all(
        groups().map((folder) =>
          writeOne(
            fileOf(folder),
            documents.filter((document) => document.folder === folder),
          ),
        ),
      );
    },
  };
}

async function readOne(file: string): Promise<readonly PolicyDocument[]> {
  const text = await readIfThere(file);
  if (text === undefined) return [];
  const documents = parseAcknowledged(text);
  if (!documents) throw new Error(`${file} is damaged. Delete it to accept the policy files as they are now.`);
  return documents;
}

/** Written beside and moved, so that a crash leaves the old file or the new one. */
async function writeOne(file: string, documents: readonly PolicyDocument[]): Promise<void> {
  const text = JSON.stringify({ version: 1, documents });
  if (text === (await readIfThere(file))) return;
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
