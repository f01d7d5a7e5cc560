import * as vscode from 'vscode';
import type { Ask } from '../../assistant/completeInline/ports.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { withSelectedItem, type SelectedItem } from '../../core/completion/selectedItem.ts';
import type { Taken } from './cursorAfter.ts';
import { editorFacts } from './facts.ts';
import type { ReadSpot } from './spots.ts';

/** What the editor asks. */
export type Question = {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
  readonly context: vscode.InlineCompletionContext;
  /** Whether the user asked by a command. */
  readonly explicit: boolean;
};

type Sources = {
  readonly read: ReadSpot;
  readonly whileListOpen: () => boolean;
  readonly inSnippet: (document: vscode.TextDocument) => boolean;
};

/** Puts the editor's question as completion understands it: an item selected in the editor's list reads as if it were typed. */
export function askAt(
  { read, whileListOpen, inSnippet }: Sources,
  { document, position, context, explicit }: Question,
): Ask {
  const spot = read(document, position);
  const selected = context.selectedCompletionInfo;
  return {
    spot: selected ? withSelectedItem(spot, itemAt(spot.offset, { document, position, selected })) : spot,
    facts: {
      ...editorFacts(document),
      listAlone: selected !== undefined && !explicit && !whileListOpen(),
      inSnippet: inSnippet(document),
    },
    explicit,
    listOpen: selected !== undefined,
  };
}

/** With an item selected in the editor's list, only what starts with it, over the same range or more, is shown. */
export function itemOf({ text, covers }: Offer, { position, context }: Question): vscode.InlineCompletionItem {
  const selected = context.selectedCompletionInfo;
  const { start, end } = selected?.range ?? new vscode.Range(position, position);
  const range = new vscode.Range(start, end.translate(0, covers));
  const whole = (selected?.text ?? '') + text;
  const item = new vscode.InlineCompletionItem(whole, range);
  const taken: readonly Taken[] = selected || covers > 0 ? [] : [{ start, text: whole }];
  item.command = { command: acceptedCommand, title: 'Accepted', arguments: [...taken] };
  return item;
}

/** Runs after an insertion, with what was put in where nothing was replaced; known to the editor through the item only, not contributed. */
export const acceptedCommand = 'ringfence.completion.accepted';

type SelectedAt = Pick<Question, 'document' | 'position'> & { readonly selected: vscode.SelectedCompletionInfo };

/** `offset` is the cursor's in the text that was read, which may begin before the document does. */
function itemAt(offset: number, { document, position, selected: { range, text } }: SelectedAt): SelectedItem {
  const fromCursor = (place: vscode.Position): number => document.offsetAt(place) - document.offsetAt(position);
  return { start: offset + fromCursor(range.start), end: offset + fromCursor(range.end), text };
}
