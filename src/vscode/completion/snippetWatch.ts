import * as vscode from 'vscode';
import { afterEdit, afterSelection, type Inserted } from '../../core/completion/snippetStop.ts';

export type SnippetWatch = vscode.Disposable & {
  /** Whether a stop of a snippet is being filled in, where the editor shows no suggestions. */
  readonly inStop: (document: vscode.TextDocument) => boolean;
};

/** Follows what is put in and selected in the active editor. */
export function watchSnippets(): SnippetWatch {
  let inserted: Inserted | undefined;
  let selectedVersion = -1;

  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      // Changes come from the end to the start: none moves what another one speaks of.
      for (const { rangeOffset: offset, rangeLength: removed, text } of contentChanges)
        inserted = reason ? undefined : afterEdit(inserted, { offset, removed, text });
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections, kind }) => {
      const [selection, ...others] = selections;
      if (document !== vscode.window.activeTextEditor?.document) return;
      const [start, end] = selection ? [document.offsetAt(selection.start), document.offsetAt(selection.end)] : [0, 0];
      const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
      const chosen = kind === Keyboard || kind === Mouse;
      const typed = document.version !== selectedVersion;
      selectedVersion = document.version;
      // A stop that stands in several places is filled in by several cursors.
      if (others.length > 0) inserted = inserted && { text: inserted.text };
      else inserted = afterSelection(inserted, { start, end, chosen, typed });
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      inserted = undefined;
    }),
  );
  return {
    inStop: (document) =>
      inserted?.stop !== undefined &&
      document === vscode.window.activeTextEditor?.document &&
      vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.suppressInSnippetMode') !== false,
    dispose: () => void listeners.dispose(),
  };
}
