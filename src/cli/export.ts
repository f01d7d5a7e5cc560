import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { blockListFormats, exportBlockList } from '../core/policy/exportBlockList.ts';
import { exportIgnore, exportMark } from '../core/policy/exportIgnore.ts';
import { importedNames } from '../core/policy/imported.ts';
import { readDocument } from '../core/policy/readDocument.ts';
import { policyFileName } from '../core/policy/starter.ts';
import { findWorkspacePolicies, type LocalFolder } from '../node/workspacePolicies.ts';
import type { Call, Command } from './command.ts';
import { failed, type Outcome } from './outcome.ts';
import { productVersion } from './version.ts';
import { findFolder, folderOption } from './workspace.ts';

/** Writes the policy out for other tools and for the network's gatekeepers. */
export const exportPolicy: Command = {
  name: 'export',
  operands: 'FORMAT',
  count: { least: 1, most: 1 },
  summary: "Write the policy as another tool's ignore file, or a block list for the network.",
  help: [
    `Ignore files: ${importedNames.join(', ')}.\nOne for each ${policyFileName}, beside it. Whatever may not go everywhere is excluded.`,
    `Block lists of known model services: ${blockListFormats.join(', ')}.`,
    'Prints what it would write; with --write it writes the files. A file that Ringfence did not write is left alone.',
  ],
  options: [
    { name: 'write', help: 'Write the files instead of printing them.' },
    { name: 'force', help: 'With --write: replace files that Ringfence did not write too.' },
    { name: 'allow', value: 'HOST', help: 'In a block list: leave this host open. May be given more than once.' },
    folderOption,
  ],
  run,
};

/** A file to write, its path relative to the folder. `coarser`: it excludes more than the policy keeps on this machine. */
type Exported = { readonly path: string; readonly text: string; readonly coarser?: boolean };

const coarserNote =
  'Ignore files know neither servers of your own nor exceptions, so other tools exclude more than the policy asks for. Ringfence goes by the policy itself while the file stays as written; after a change of the policy, write it anew.';

async function run(call: Call): Promise<Outcome> {
  const [wanted = ''] = call.operands;
  const folder = await findFolder(call);
  if ('kind' in folder) return folder;
  const files = await filesFor(wanted, folder, call.all('allow'));
  if ('kind' in files) return files;
  const notes = files.some(({ coarser }) => coarser === true) ? [coarserNote] : [];
  const json = (written: boolean): Extract<Outcome, { kind: 'done' }>['json'] => ({
    format: wanted,
    written,
    files: files.map(({ path: where, text }) => ({ path: where, text })),
  });
  if (!call.has('write')) return { kind: 'done', found: false, text: printed(files), json: json(false), notes };
  const foreign = call.has('force') ? undefined : await findForeign(folder, files);
  if (foreign !== undefined)
    return failed(
      `${foreign} is there already and was not written by Ringfence.`,
      'Move what it says into the policy, or replace it with --force.',
    );
  for (const file of files) await writeFile(path.join(folder.path, file.path), file.text);
  return {
    kind: 'done',
    found: false,
    text: files.map((file) => `wrote ${file.path}`).join('\n'),
    json: json(true),
    notes,
  };
}

type Failed = Extract<Outcome, { kind: 'failed' }>;

async function filesFor(
  wanted: string,
  folder: LocalFolder,
  allow: readonly string[],
): Promise<readonly Exported[] | Failed> {
  const blockList = blockListFormats.find((format) => format === wanted);
  if (blockList) return exportBlockList(blockList, { allow }).map(({ name, text }) => ({ path: name, text }));
  const name = importedNames.find((one) => one === wanted || one === `.${wanted}`);
  if (name) return ignoreFiles(folder, name);
  const all = [...importedNames, ...blockListFormats].join(', ');
  return failed(`There is no format "${wanted}".`, `Use one of ${all}.`);
}

async function ignoreFiles(folder: LocalFolder, name: string): Promise<readonly Exported[] | Failed> {
  const documents = await findWorkspacePolicies(folder, [folder], new AbortController().signal);
  const version = await productVersion();
  const read = documents.map((document) => readDocument(document, version));
  if (read.some(({ kind }) => kind === 'invalid'))
    return failed('A policy file has an error.', 'Run "ringfence check" and mend it first.');
  const policies = read.flatMap((one) => (one.kind === 'policy' ? [one] : []));
  if (policies.length === 0)
    return failed(
      `There is no ${policyFileName} in ${folder.path}.`,
      'Write one first; the editor has a command for it.',
    );
  return policies.map(({ document: { base }, policy }) => ({
    path: base === undefined ? name : `${base}/${name}`,
    text: exportIgnore(policy, { name, root: base === undefined }),
    coarser:
      policy.exceptions.length > 0 ||
      policy.reach?.value === 'perimeter' ||
      policy.rules.some(({ reach }) => reach === 'perimeter'),
  }));
}

function printed(files: readonly Exported[]): string {
  const [only, ...others] = files;
  if (only && others.length === 0) return only.text.trimEnd();
  return files
    .map((file) => `# ==> ${file.path}\n${file.text}`)
    .join('\n')
    .trimEnd();
}

async function findForeign(folder: LocalFolder, files: readonly Exported[]): Promise<string | undefined> {
  for (const file of files) {
    const there = await readFile(path.join(folder.path, file.path), 'utf8').catch(ifMissing);
    if (there !== undefined && !there.startsWith(exportMark)) return file.path;
  }
  return undefined;
}

function ifMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
