import { exportMark } from '../core/policy/exportIgnore.ts';
import type { ReadDocument } from '../core/policy/readDocument.ts';
import { withoutExports } from '../core/policy/withoutExports.ts';
import type { CheckFinding } from './checkFindings.ts';

/** Ignore files that do not say what their writers may believe: an export that is out of date, an `.aiexclude` with nothing in it. */
export function findMisleading(tree: readonly ReadDocument[]): readonly CheckFinding[] {
  return withoutExports(tree).flatMap(({ kind, document: { file, content } }): readonly CheckFinding[] => {
    if (kind !== 'imported' || content.kind !== 'text') return [];
    if (content.text.startsWith(exportMark)) return [note(file, outdated)];
    return file.endsWith('/.aiexclude') && content.text.trim() === '' ? [note(file, empty)] : [];
  });
}

/** Ignore files that are widely believed in and that nothing reads. */
export function findUnread(files: readonly string[]): readonly CheckFinding[] {
  return files.filter((file) => /(?:^|\/)\.claudeignore$/.test(file)).map((file) => note(file, unread));
}

function note(file: string, message: string): CheckFinding {
  return { kind: 'hint', fails: false, file, line: 1, column: 1, message };
}

const outdated =
  'Ringfence wrote this file, but not from this policy as it stands; until it is written anew with "ringfence export" it excludes what it says.';
const empty =
  'This file excludes nothing. Some tools take an empty .aiexclude for everything; write * if that is meant.';
const unread =
  'No tool is known to enforce a .claudeignore, and Ringfence does not read it. Move what it says into the policy.';
