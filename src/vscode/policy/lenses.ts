import * as vscode from 'vscode';
import { lensesFor, type Lens } from '../../core/policy/editor/lenses.ts';
import type { Analyses } from './analyses.ts';
import type { Analysis } from './analysis.ts';
import { rangeOf } from './diagnostics.ts';
import { policyUri } from './place.ts';
import type { PolicyStore } from './store.ts';

/** Above each rule how many files it holds, and whether a change of it is held back; a click lists or reviews them. */
export function createLenses(analyses: Analyses, policy: PolicyStore): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const again = (): void => changed.fire();
  const listener = vscode.Disposable.from(analyses.onDidChange(again), policy.onDidChange(again));
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => {
      const analysis = analyses.of(document);
      if (!analysis?.coverage) return heldBack(document, policy);
      const lenses = lensesFor(analysis.outline, analysis.coverage, analysis.today);
      return [...lenses.map((lens) => draw(lens, analysis)), ...heldBack(document, policy)];
    },
    dispose: () => {
      listener.dispose();
      changed.dispose();
    },
  };
}

/** What the command behind a lens is given. */
export type FilesOfEntry = {
  readonly subject: string;
  readonly folder: vscode.Uri;
  readonly count: number;
  /** Below the folder; the first of them. */
  readonly paths: readonly string[];
};

function draw({ offset, length, title, subject, files }: Lens, analysis: Analysis): vscode.CodeLens {
  const range = rangeOf(analysis, { offset, length });
  // Nothing to list: the lens is text.
  if (files.count === 0) return new vscode.CodeLens(range, { title, command: '' });
  const shown: FilesOfEntry = { subject, folder: analysis.folder, ...files };
  return new vscode.CodeLens(range, {
    title,
    tooltip: 'List these files',
    command: 'ringfence.policy.showFiles',
    arguments: [shown],
  });
}

/** What the text on disk loosens and the ratchet holds: by the line that loosens it, or at the top where that line is gone. */
function heldBack(document: vscode.TextDocument, policy: PolicyStore): vscode.CodeLens[] {
  // The lines are those of the text on disk.
  if (document.isDirty) return [];
  const counts = new Map<number, number>();
  for (const { file, line, side } of policy.current().pending) {
    if (policyUri(file).toString() !== document.uri.toString()) continue;
    const at = side === 'after' ? line - 1 : 0;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return [...counts].map(
    ([line, count]) =>
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
        title: `${count} ${count === 1 ? 'loosening' : 'loosenings'} held back`,
        tooltip: 'Review what would let files go farther',
        command: 'ringfence.policy.reviewChanges',
      }),
  );
}
