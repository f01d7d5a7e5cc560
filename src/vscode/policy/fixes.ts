import * as vscode from 'vscode';
import { addReason } from '../../core/policy/editor/addReason.ts';
import type { Fix } from '../../core/policy/editor/fix.ts';
import { fixesFor } from '../../core/policy/editor/fixes.ts';
import type { Analyses } from './analyses.ts';
import type { Analysis } from './analysis.ts';
import { diagnosticSource, rangeOf } from './diagnostics.ts';

export const fixKinds: vscode.CodeActionProviderMetadata = {
  providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite],
};

/** Quick fixes for the squiggles of a policy, and a reason for a rule that has none. */
export function createFixes(analyses: Analyses): vscode.CodeActionProvider {
  return {
    provideCodeActions: (document, range, { diagnostics }) => {
      const analysis = analyses.of(document);
      if (!analysis) return [];
      const ours = diagnostics.filter(({ source }) => source === diagnosticSource);
      const reason = addReason(analysis.text, analysis.outline, document.offsetAt(range.start));
      return [
        ...once(ours.flatMap((diagnostic) => fixDiagnostic(analysis, diagnostic))),
        ...(reason ? [action(analysis, reason, vscode.CodeActionKind.RefactorRewrite)] : []),
      ];
    },
  };
}

function fixDiagnostic(analysis: Analysis, diagnostic: vscode.Diagnostic): readonly vscode.CodeAction[] {
  const isMeant = (place: { readonly offset: number; readonly length: number; readonly message: string }): boolean =>
    place.message === diagnostic.message && rangeOf(analysis, place).isEqual(diagnostic.range);
  const finding = analysis.findings.find(isMeant);
  const place = finding ?? analysis.problems.find(isMeant);
  if (!place) return [];
  const { text, outline, kind } = analysis;
  return fixesFor({ text, outline, kind, place, ...(finding && { finding }) }).map((fix) => {
    const made = action(analysis, fix, vscode.CodeActionKind.QuickFix);
    made.diagnostics = [diagnostic];
    made.isPreferred = fix.preferred;
    return made;
  });
}

function action(analysis: Analysis, { title, edits }: Fix, kind: vscode.CodeActionKind): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.edit = new vscode.WorkspaceEdit();
  for (const edit of edits) made.edit.replace(analysis.document.uri, rangeOf(analysis, edit), edit.text);
  return made;
}

/** Two remarks about one place may lead to the same fix. */
function once(actions: readonly vscode.CodeAction[]): readonly vscode.CodeAction[] {
  return [...new Map(actions.toReversed().map((one) => [one.title, one])).values()].toReversed();
}
