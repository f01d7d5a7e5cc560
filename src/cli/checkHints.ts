import path from 'node:path';
import { createCounter, type Coverage } from '../core/policy/editor/coverage.ts';
import type { Finding } from '../core/policy/editor/finding.ts';
import { hintsFor } from '../core/policy/editor/hints.ts';
import { outlineOf } from '../core/policy/editor/outline.ts';
import type { ReadDocument } from '../core/policy/readDocument.ts';
import { createReporter } from '../core/policy/reporter.ts';
import { usuallySkipped, walkFiles } from '../node/walkFiles.ts';
import type { LocalFolder } from '../node/workspacePolicies.ts';
import type { CheckFinding } from './checkFindings.ts';
import { findUnread } from './checkIgnoreFiles.ts';
import { today } from './workspace.ts';

/** What valid policy files say that is unlikely to be meant, patterns that match no file first of all. */
export async function findHints(
  tree: readonly ReadDocument[],
  folder: LocalFolder,
  { allowUnmatched }: { readonly allowUnmatched: boolean },
): Promise<readonly CheckFinding[]> {
  const policies = tree.flatMap((one) => (one.kind === 'policy' ? [one] : []));
  const files = policies.length === 0 ? [] : await listFiles(folder);
  const hints = policies.flatMap(({ document, policy }) => {
    if (document.content.kind !== 'text') return [];
    const { text } = document.content;
    const outline = outlineOf(text);
    const found = hintsFor({
      outline,
      policy,
      coverage: coverageOf(outline, below(files, document.base)),
      today: today(),
      silentReach: document.layer === 'workspace' ? 'device' : 'cloud',
    });
    const placeOf = placesIn(text);
    return found.map((hint) => ({
      ...verdictOn(hint, allowUnmatched),
      file: document.file,
      ...placeOf(hint.offset),
      message: hint.message,
    }));
  });
  return [...hints, ...findUnread(files)];
}

function verdictOn({ kind }: Finding, allowUnmatched: boolean): Pick<CheckFinding, 'kind' | 'fails'> {
  const unmatched = kind === 'matches nothing' || kind === 'can never match';
  return unmatched ? { kind: 'unmatched', fails: !allowUnmatched } : { kind: 'hint', fails: false };
}

function coverageOf(outline: ReturnType<typeof outlineOf>, files: readonly string[]): Coverage {
  const counter = createCounter(outline, today());
  for (const file of files) counter.add(file);
  return counter.result(true);
}

/** Paths below the folder, `/` between names. */
async function listFiles(folder: LocalFolder): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { folder: here, files, links } of walkFiles(folder.path, { skip: usuallySkipped })) {
    const prefix = path.relative(folder.path, here).split(path.sep).join('/');
    for (const name of [...files, ...links]) found.push(prefix === '' ? name : `${prefix}/${name}`);
  }
  return found;
}

function below(files: readonly string[], base: string | undefined): readonly string[] {
  if (base === undefined) return files;
  return files.flatMap((file) => (file.startsWith(`${base}/`) ? [file.slice(base.length + 1)] : []));
}

/** Line and column of an offset, as the parser counts them. */
function placesIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  return (offset) => {
    const reporter = createReporter(text);
    reporter.report({ offset, length: 1 }, '');
    const [{ line, column } = { line: 1, column: 1 }] = reporter.problems();
    return { line, column };
  };
}
