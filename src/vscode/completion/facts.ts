import * as vscode from 'vscode';
import type { EditorFacts } from '../../core/completion/gate.ts';

/** What the editor that shows a document is doing. Without one, a notebook or a peek: one cursor is assumed. */
export function editorFacts(document: vscode.TextDocument): EditorFacts {
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const active = vscode.window.activeTextEditor?.document === document ? vscode.window.activeTextEditor : editor;
  return {
    cursors: active?.selections.length ?? 1,
    hasSelection: active ? !active.selection.isEmpty : false,
    aside: isAside(document) || inComparison(document),
  };
}

/** Whether a document is one in which nobody writes code: output, logs, versions kept by git, settings, chat inputs. */
export function isAside(document: vscode.TextDocument): boolean {
  return !codeSchemes.has(document.uri.scheme) || document.languageId === 'log' || document.languageId === 'Log';
}

const codeSchemes: ReadonlySet<string> = new Set([
  'file',
  'untitled',
  'vscode-remote',
  'vscode-userdata',
  'vscode-notebook-cell',
  'vscode-vfs',
  'memfs',
]);

/** The right side of a comparison is the file itself, the left one may be; ghost text would hide what is compared. */
function inComparison(document: vscode.TextDocument): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputTextDiff)) return false;
  return [input.original, input.modified].some((side) => side.toString() === document.uri.toString());
}
