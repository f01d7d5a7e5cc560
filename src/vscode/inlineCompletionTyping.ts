import * as vscode from 'vscode';
import type { Ask } from '../assistant/completeInlinePorts.ts';
import type { InlineCompletionParts } from './inlineCompletion.ts';
import { editorFacts, isAside } from './inlineCompletionFacts.ts';

/** How long the editor may leave a key unanswered before keys alone no longer start anything, in milliseconds. */
const patienceMs = 1_500;

/**
 * Tells completion of each key as it happens: the editor itself waits some 50 ms before it asks. Keys count only while the
 * editor goes on to ask: it does not where suggestions are switched off, snoozed, or unwanted in a snippet.
 */
export function watchTyping(parts: InlineCompletionParts) {
  const { completion, read, wanted } = parts;
  let typedVersion = -1;
  let unanswered: number | undefined;

  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      if (document !== vscode.window.activeTextEditor?.document || contentChanges.length === 0) return;
      typedVersion = reason === undefined ? document.version : -1;
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
      const { document } = textEditor;
      const cursor = selections[0]?.active;
      if (!cursor || textEditor !== vscode.window.activeTextEditor || isAside(document) || !wanted(document)) return;
      const typed = document.version === typedVersion;
      typedVersion = -1;
      if (!editorAsks(document) || (!typed && kind === undefined)) return;
      if (typed) unanswered ??= Date.now();
      if (typed) completion.typed(askAt(textEditor, cursor));
      else completion.moved(askAt(textEditor, cursor));
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => tell('moved', editor)),
    // The prompt will begin differently: time to have it evaluated before the next key.
    parts.onDidChooseContext((uri) => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.uri.toString() === uri) tell('ready', editor);
    }),
    // A file was opened before the server had answered: now there is a model to be loaded for it.
    parts.onDidListModels(() => tell('ready', vscode.window.activeTextEditor)),
  );
  tell('moved', vscode.window.activeTextEditor);

  function tell(what: 'moved' | 'ready', editor: vscode.TextEditor | undefined): void {
    if (!editor || isAside(editor.document) || !wanted(editor.document) || !editorAsks(editor.document)) return;
    completion[what](askAt(editor, editor.selection.active));
  }

  function askAt({ document }: vscode.TextEditor, cursor: vscode.Position): Ask {
    return { spot: read(document, cursor), facts: editorFacts(document), explicit: false, listOpen: false };
  }

  /** Whether the editor will ask by itself, as far as can be told: nothing is sent that nobody would be shown. */
  function editorAsks(document: vscode.TextDocument): boolean {
    const answered = unanswered === undefined || Date.now() - unanswered < patienceMs;
    return answered && vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled') !== false;
  }
  return {
    /** The editor has asked: keys count again. */
    asked: (): void => void (unanswered = undefined),
    dispose: (): void => void listeners.dispose(),
  };
}
