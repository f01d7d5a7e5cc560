import * as vscode from 'vscode';
import type { Ask } from '../../assistant/completeInline/ports.ts';
import { editorFacts, isAside } from './facts.ts';
import type { InlineCompletionParts } from './parts.ts';
import { watchSnippets } from './snippetWatch.ts';

/** How long the editor may leave a key unanswered before keys alone no longer start anything, in milliseconds. */
const patienceMs = 1_500;

/**
 * Tells completion of each key as it happens: the editor itself waits some 50 ms before it asks. Keys count only while the
 * editor goes on to ask: it does not where suggestions are switched off or snoozed.
 */
export function watchTyping(parts: InlineCompletionParts) {
  const { completion, read, readOnly } = parts;
  const snippets = watchSnippets();
  let typed: Typed | undefined;
  let unanswered: number | undefined;

  const listeners = vscode.Disposable.from(
    snippets,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      const [change] = contentChanges;
      if (document !== vscode.window.activeTextEditor?.document || !change) return;
      const atOnce = change.text.trim().length > 1;
      const only = contentChanges.length === 1 ? change : undefined;
      typed = reason === undefined ? { version: document.version, atOnce, only } : undefined;
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
      const [selection] = selections;
      if (!selection || textEditor !== vscode.window.activeTextEditor) return;
      const key = typed && isKey(typed, textEditor.document, selection.active) ? typed : undefined;
      typed = undefined;
      // What the editor puts in by itself, a new name, a snippet, what was accepted, it asks about where it wants more.
      if (key ? key.atOnce && kind === undefined : kind === undefined && selection.isEmpty) return;
      if (key) press(textEditor);
      else tell('moved', textEditor);
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
    if (editor && heeds(editor.document)) completion[what](askAt(editor));
  }

  /** Whether its list is open the editor tells when it asks: until then a key starts nothing that might stand beside it. */
  function press(editor: vscode.TextEditor): void {
    if (!heeds(editor.document)) return;
    unanswered ??= Date.now();
    const ask = askAt(editor);
    completion.typed({ ...ask, facts: { ...ask.facts, listAlone: !parts.whileListOpen() } });
  }

  function askAt({ document, selection }: vscode.TextEditor): Ask {
    const facts = { ...editorFacts(document), inSnippet: snippets.inStop(document) };
    return { spot: read(document, selection.active), facts, explicit: false, listOpen: false };
  }

  /** Whether the editor will ask there by itself, as far as can be told: nothing is sent that nobody would be shown. */
  function heeds(document: vscode.TextDocument): boolean {
    if (isAside(document) || !parts.wanted(document, false) || readOnly.has(document)) return false;
    if (unanswered !== undefined && Date.now() - unanswered >= patienceMs) return false;
    return vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled') !== false;
  }

  return {
    /** The editor has asked: keys count again. */
    asked: (document: vscode.TextDocument): void => {
      unanswered = undefined;
      readOnly.edited(document);
    },
    inSnippet: snippets.inStop,
    dispose: (): void => void listeners.dispose(),
  };
}

/** The last edit. `only` is absent where it was made in several places. */
type Typed = {
  readonly version: number;
  /** Whether more than one sign came. */
  readonly atOnce: boolean;
  readonly only: vscode.TextDocumentContentChangeEvent | undefined;
};

/** Whether a cursor stands where it does because of an edit: not where that was elsewhere, and a key moves it only now. */
function isKey({ version, only }: Typed, document: vscode.TextDocument, cursor: vscode.Position): boolean {
  if (version !== document.version) return false;
  if (!only) return true;
  const beyond = document.offsetAt(cursor) - only.rangeOffset;
  return beyond >= 0 && beyond <= only.text.length;
}
