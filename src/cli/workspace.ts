import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PolicyDocument } from '../core/policy/document.ts';
import { fileUri } from '../core/policy/documentFor.ts';
import { holdPolicy } from '../core/policy/hold.ts';
import type { PolicyState } from '../core/policy/state.ts';
import { runGit } from '../node/git.ts';
import { thisSystem } from '../node/identify.ts';
import { policyPlaces } from '../node/policyPlaces.ts';
import { createPolicyReader } from '../node/policyReader.ts';
import type { LocalFolder } from '../node/workspacePolicies.ts';
import type { Call, Option } from './command.ts';
import { failed, type Outcome } from './outcome.ts';
import { productVersion } from './version.ts';

export const folderOption: Option = {
  name: 'folder',
  value: 'DIR',
  help: 'The workspace folder. Without it: the root of the Git repository around the current folder, or that folder.',
};

/** The folder that a command is about; its path has no links in it. */
export async function findFolder({
  value,
  surroundings,
}: Call): Promise<LocalFolder | Extract<Outcome, { kind: 'failed' }>> {
  const wanted = value('folder');
  const here = path.resolve(surroundings.cwd, wanted ?? '.');
  const found = await stat(here).catch(() => undefined);
  if (found?.isDirectory() !== true) return failed(`There is no folder ${here}.`, 'Give one with --folder DIR.');
  const root = wanted === undefined ? await repositoryRoot(here) : undefined;
  const real = await realpath(root ?? here);
  return { uri: pathToFileURL(real).href.replace(/\/$/, ''), path: real };
}

async function repositoryRoot(folder: string): Promise<string | undefined> {
  const found = await runGit({ folder, args: ['rev-parse', '--show-toplevel'] });
  const top = found.kind === 'output' ? found.stdout.toString('utf8').replace(/\r?\n$/, '') : '';
  return top === '' ? undefined : top;
}

/** What holds for a folder on this machine: its files as they are and as committed, the user's policy and the administrator's. */
export async function loadPolicy(folder: LocalFolder): Promise<PolicyState> {
  const reader = createPolicyReader({
    folders: () => [folder],
    places: policyPlaces(thisSystem),
    trusted: () => true,
  });
  const documents: readonly PolicyDocument[] = await reader.readAll(new AbortController().signal);
  const { state } = holdPolicy({
    folders: [folder.uri],
    documents,
    acknowledged: [],
    today: today(),
    productVersion: await productVersion(),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return state;
}

/** In UTC, `YYYY-MM-DD`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A file as people read it: its path below the folder where its URI lies there. */
export function shownFile(folder: LocalFolder, uri: string): string {
  const root = fileUri(folder.uri, '');
  if (!uri.startsWith(root)) return uri;
  return uri.slice(root.length).split('/').map(decodeURIComponent).join('/');
}
