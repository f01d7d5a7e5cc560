import * as vscode from 'vscode';
import { lensesFor, type Lens } from '../core/policy/editor/lenses.ts';
import type { Analyses } from './policyAnalyses.ts';
import type { Analysis } from './policyAnalysis.ts';
import { rangeOf } from './policyDiagnostics.ts';

/** Above each rule how many files it holds; a click lists them. */
export function createLenses(analyses: Analyses): vscode.CodeLensProvider & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const listener = analyses.onDidChange(() => changed.fire());
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => {
      const analysis = analyses.of(document);
      if (!analysis?.coverage) return [];
      return lensesFor(analysis.outline, analysis.coverage, analysis.today).map((lens) => draw(lens, analysis));
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
