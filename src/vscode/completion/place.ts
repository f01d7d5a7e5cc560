import * as vscode from 'vscode';

/** A position in a document as it was when the editor asked there. */
export type Place = {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly position: vscode.Position;
};

export function placeAt(document: vscode.TextDocument, position: vscode.Position): Place {
  return { document, version: document.version, position };
}

/** Where the cursor is; undefined where text is selected, or without an editor. */
export function cursorPlace(): Place | undefined {
  const { document, selection } = vscode.window.activeTextEditor ?? {};
  return document && selection?.isEmpty ? placeAt(document, selection.active) : undefined;
}

export function isSamePlace(a: Place | undefined, b: Place | undefined): boolean {
  if (!a || !b) return false;
  return a.document === b.document && a.version === b.version && a.position.isEqual(b.position);
}
