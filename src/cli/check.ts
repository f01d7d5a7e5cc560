import type { PolicyDocument } from '../core/policy/document.ts';
import { readDocument, type ReadDocument } from '../core/policy/readDocument.ts';
import { policyFileName } from '../core/policy/starter.ts';
import { withoutExports } from '../core/policy/withoutExports.ts';
import { readCommit, readCommittedPolicies } from '../node/headPolicies.ts';
import { findWorkspacePolicies, isSearched, type LocalFolder } from '../node/workspacePolicies.ts';
import { findProblems, findWeakenings, type CheckFinding } from './checkFindings.ts';
import { findHints } from './checkHints.ts';
import { findMisleading } from './checkIgnoreFiles.ts';
import type { Call, Command } from './command.ts';
import { failed, type Outcome } from './outcome.ts';
import { productVersion } from './version.ts';
import { findFolder, folderOption, shownFile } from './workspace.ts';

/** For pre-commit hooks and CI: fails where the policy is invalid, has a pattern without a match, or got weaker. */
export const check: Command = {
  name: 'check',
  operands: '',
  count: { least: 0, most: 0 },
  summary: 'Check the policy files: errors, patterns without a match, weakening.',
  help: [
    'Reads every .ringfence.jsonc of the folder, and the ignore files of other tools, as they stand in the working tree.',
    'Exits with 1 if a policy file has an error or is missing, if a pattern matches no file, or, with --base, if anything\nmay go farther than at that commit; each change is told by itself, with its rule and line.',
    'What users have accepted in their editors is theirs and counts for nothing here: a weakening is compared with the\ncommit alone. Ignore files that "ringfence export" wrote and nobody changed say what the policy says, and are passed over.',
  ],
  options: [
    { name: 'base', value: 'REF', help: 'Compare with this commit, for example origin/main or HEAD.' },
    { name: 'allow-unmatched', help: 'Tell of patterns without a match, but do not fail for them.' },
    folderOption,
  ],
  run,
};

async function run(call: Call): Promise<Outcome> {
  const folder = await findFolder(call);
  if ('kind' in folder) return folder;
  const { signal } = new AbortController();
  const version = await productVersion();
  const read = (documents: readonly PolicyDocument[]): readonly ReadDocument[] =>
    documents.map((document) => readDocument(document, version));
  const tree = read(await findWorkspacePolicies(folder, [folder], signal));
  const base = call.value('base');
  const commit = base === undefined ? undefined : await readCommit(folder, base, signal);
  if (base !== undefined && commit === undefined) return unknownRef(base, folder);
  const before = commit === undefined ? [] : read(await committedAt(commit, folder));
  const findings = [
    ...findMissing(tree),
    ...findProblems(tree),
    ...findMisleading(tree),
    ...(await findHints(tree, folder, { allowUnmatched: call.has('allow-unmatched') })),
    ...findWeakenings({ before: withoutExports(before), after: withoutExports(tree) }, base ?? ''),
  ]
    .map((finding) => ({ ...finding, file: shownFile(folder, finding.file) }))
    .sort(byPlace);
  return outcome(findings, tree.length);
}

/** As the working tree is searched: what packages bring along does not count. */
async function committedAt(commit: string, folder: LocalFolder): Promise<readonly PolicyDocument[]> {
  const documents = await readCommittedPolicies(folder, commit, new AbortController().signal);
  return documents.filter(({ base }) => base === undefined || isSearched(folder, [folder], `${base}/`));
}

function unknownRef(base: string, folder: LocalFolder): Outcome {
  return failed(
    `Git knows no commit "${base}" in ${folder.path}.`,
    `Name another with --base, or fetch it first. In CI, a shallow clone may lack it: fetch the whole history.`,
  );
}

function findMissing(tree: readonly ReadDocument[]): readonly CheckFinding[] {
  if (tree.some(({ document }) => document.layer === 'workspace')) return [];
  const message = `There is no ${policyFileName} at the root of the folder, so nothing may go to the cloud. Add one.`;
  return [{ kind: 'missing', fails: true, file: policyFileName, line: 1, column: 1, message }];
}

function byPlace(a: CheckFinding, b: CheckFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (
    a.line - b.line || (a.baseLine ?? 0) - (b.baseLine ?? 0) || a.column - b.column || (a.message < b.message ? -1 : 1)
  );
}

function outcome(findings: readonly CheckFinding[], files: number): Outcome {
  const failing = findings.filter(({ fails }) => fails).length;
  const notes = findings.length - failing;
  const lines = findings.map(
    ({ file, line, column, kind, message, fails }) =>
      `${file}:${line}:${column}: ${fails ? 'error' : 'note'}: ${message} [${kind}]`,
  );
  const summary = `${count(files, 'file')} read, ${count(failing, 'error')}, ${count(notes, 'note')}.`;
  return {
    kind: 'done',
    found: failing > 0,
    text: [...lines, summary].join('\n'),
    json: { files, errors: failing, notes, findings: findings.map((finding) => ({ ...finding })) },
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
