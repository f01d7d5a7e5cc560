import * as vscode from 'vscode';
import type { InlineCompletion } from '../assistant/completeInline.ts';
import type { Ask } from '../assistant/completeInlinePorts.ts';
import type { DocumentSnapshot } from '../core/completion/documentSnapshot.ts';
import type { Offer } from '../core/completion/offer.ts';
import { withSelectedItem } from '../core/completion/selectedItem.ts';
import { editorFacts, isAside } from './inlineCompletionFacts.ts';
import { watchTyping } from './inlineCompletionTyping.ts';

export type InlineCompletionParts = {
  readonly completion: InlineCompletion;
  readonly read: (document: vscode.TextDocument) => DocumentSnapshot;
  /** Whether the user wants suggestions in this document: switches, languages, patterns. */
  readonly wanted: (document: vscode.TextDocument) => boolean;
};

/**
 * Registers inline completion with the editor, on its stable API. The editor cancels its question at every key; what was
 * asked of the model goes on and is joined by the next question.
 */
export function registerInlineCompletion(parts: InlineCompletionParts): vscode.Disposable {
  const { completion } = parts;
  const typing = watchTyping(parts);
  const provider: vscode.InlineCompletionItemProvider = {
    provideInlineCompletionItems: async (document, position, context, token) => {
      if (!parts.wanted(document) || isAside(document)) return undefined;
      typing.asked();
      const selected = context.selectedCompletionInfo;
      const offer = await completion.suggest(askAt(parts, { document, position, context }), signalOf(token));
      if (!offer || token.isCancellationRequested) return undefined;
      if (offer.growing && !selected) void showWhole(completion, offer.suggestion, { document, position });
      return [itemOf(offer, position, selected)];
    },
  };
  return vscode.Disposable.from(
    typing,
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
    vscode.commands.registerCommand(acceptedCommand, () => completion.accepted()),
    vscode.commands.registerCommand('ringfence.completion.dismiss', async () => {
      completion.dismissed();
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    }),
  );
}

/** Runs after an insertion; known to the editor through the item only, not contributed. */
const acceptedCommand = 'ringfence.completion.accepted';

type Question = {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly context: vscode.InlineCompletionContext;
};

function askAt({ read }: InlineCompletionParts, { document, position, context }: Question): Ask {
  const snapshot = read(document);
  const spot = { document: snapshot, offset: document.offsetAt(position) };
  const selected = context.selectedCompletionInfo;
  const item = selected && { start: document.offsetAt(selected.range.start), text: selected.text };
  return {
    spot: item ? withSelectedItem(spot, item) : spot,
    facts: editorFacts(document),
    explicit: context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke,
    listOpen: selected !== undefined,
  };
}

/** With an item selected in the editor's list, only what starts with it, over the same range, is shown. */
function itemOf(
  { text, covers }: Offer,
  position: vscode.Position,
  selected: vscode.SelectedCompletionInfo | undefined,
): vscode.InlineCompletionItem {
  const end = position.translate(0, covers);
  const item = selected
    ? new vscode.InlineCompletionItem(selected.text + text, new vscode.Range(selected.range.start, end))
    : new vscode.InlineCompletionItem(text, new vscode.Range(position, end));
  item.command = { command: acceptedCommand, title: 'Accepted' };
  return item;
}

/** How long after the first line of a block the rest may still take its place, in milliseconds. */
const growMs = 2_000;

/** Asks the editor to ask once more when the block is whole, unless anything has happened meanwhile. */
async function showWhole(
  completion: InlineCompletion,
  suggestion: number,
  { document, position }: Pick<Question, 'document' | 'position'>,
): Promise<void> {
  const { version } = document;
  const since = Date.now();
  if (!(await completion.grown(suggestion)) || Date.now() - since > growMs) return;
  const editor = vscode.window.activeTextEditor;
  const same = editor?.document === document && document.version === version;
  if (!same || !editor.selection.isEmpty || !editor.selection.active.isEqual(position)) return;
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
