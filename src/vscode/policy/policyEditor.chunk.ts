import * as vscode from 'vscode';
import { policyFileName } from '../../core/policy/starter.ts';
import { createAnalyses } from './analyses.ts';
import { showDiagnostics } from './diagnostics.ts';
import { createFileLists } from './fileLists.ts';
import { createFixes, fixKinds } from './fixes.ts';
import { createHovers } from './hovers.ts';
import { createLenses } from './lenses.ts';
import type { PolicyStore } from './store.ts';

/** Starts everything that helps to write a policy: squiggles, lenses, hovers, fixes. Loaded when one is first opened. */
export function startPolicyEditor(policy: PolicyStore, productVersion: string): vscode.Disposable {
  const lists = createFileLists();
  const analyses = createAnalyses(lists, productVersion);
  const lenses = createLenses(analyses, policy);
  return vscode.Disposable.from(
    lists,
    analyses,
    lenses,
    showDiagnostics(analyses, policy),
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerHoverProvider(selector, createHovers(analyses)),
    vscode.languages.registerCodeActionsProvider(selector, createFixes(analyses), fixKinds),
  );
}

const selector: vscode.DocumentSelector = { pattern: `**/${policyFileName}` };
