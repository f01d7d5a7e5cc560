import * as vscode from 'vscode';
import { isIdle, type Finding } from '../../core/policy/editor/finding.ts';
import type { FileProblem, PolicyProblem } from '../../core/policy/problem.ts';
import type { Analyses } from './analyses.ts';
import type { Analysis } from './analysis.ts';
import { policyUri } from './place.ts';
import type { PolicyStore } from './store.ts';

export const diagnosticSource = 'Ringfence';

/** Squiggles in open policies while they are typed, and the errors of those that are not open. */
export function showDiagnostics(analyses: Analyses, policy: PolicyStore): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('ringfence');
  const draw = (): void => {
    const open = analyses.all();
    collection.clear();
    for (const analysis of open) collection.set(analysis.document.uri, diagnosticsOf(analysis));
    for (const [file, problems] of problemsOnDisk(policy, open)) {
      collection.set(policyUri(file), problems.map(diskProblem));
    }
  };
  draw();
  return vscode.Disposable.from(collection, analyses.onDidChange(draw), policy.onDidChange(draw));
}

/** The range of a remark in the document that was looked at. */
export function rangeOf({ document }: Analysis, place: { readonly offset: number; readonly length: number }) {
  return new vscode.Range(document.positionAt(place.offset), document.positionAt(place.offset + place.length));
}

function diagnosticsOf(analysis: Analysis): readonly vscode.Diagnostic[] {
  return [
    ...analysis.problems.map((problem) =>
      diagnostic(rangeOf(analysis, problem), problem.message, vscode.DiagnosticSeverity.Error),
    ),
    ...analysis.findings.map((finding) => hint(analysis, finding)),
  ];
}

function hint(analysis: Analysis, finding: Finding): vscode.Diagnostic {
  const severity =
    finding.severity === 'warning' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information;
  const made = diagnostic(rangeOf(analysis, finding), finding.message, severity);
  made.code = finding.kind.replaceAll(' ', '-');
  if (isIdle(finding)) made.tags = [vscode.DiagnosticTag.Unnecessary];
  return made;
}

function diagnostic(range: vscode.Range, message: string, severity: vscode.DiagnosticSeverity): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, severity);
  made.source = diagnosticSource;
  return made;
}

/** Of files that are open their own analysis speaks. */
function problemsOnDisk(policy: PolicyStore, open: readonly Analysis[]): ReadonlyMap<string, readonly FileProblem[]> {
  const state = policy.current();
  const shown = new Set(open.map(({ document }) => document.uri.toString()));
  const byFile = new Map<string, readonly FileProblem[]>();
  for (const problem of state.kind === 'invalid' ? state.problems : []) {
    if (problem.file === '' || shown.has(policyUri(problem.file).toString())) continue;
    byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), problem]);
  }
  return byFile;
}

function diskProblem({ line, column, length, message }: PolicyProblem): vscode.Diagnostic {
  const range = new vscode.Range(line - 1, column - 1, line - 1, column - 1 + length);
  return diagnostic(range, message, vscode.DiagnosticSeverity.Error);
}
