import type * as vscode from 'vscode';
import type { InlineCompletion } from '../../assistant/completeInline/completeInline.ts';
import type { ReadOnly } from './readOnly.ts';
import type { ReadSpot } from './spots.ts';

/** What inline completion is made of, as far as the editor has to do with it. */
export type InlineCompletionParts = {
  readonly completion: InlineCompletion;
  readonly read: ReadSpot;
  /** Whether the user wants suggestions in this document: switches, languages, patterns. */
  readonly wanted: (document: vscode.TextDocument, byCommand: boolean) => boolean;
  /** Whether the user wants suggestions beside the editor's own list. */
  readonly whileListOpen: () => boolean;
  readonly readOnly: ReadOnly;
  /** Tells the URI of a document for which other pieces of context were chosen than before. */
  readonly onDidChooseContext: vscode.Event<string>;
  /** Fires when models are known after none were. */
  readonly onDidListModels: vscode.Event<unknown>;
};
