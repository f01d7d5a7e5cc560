import * as vscode from 'vscode';
import { amongCells } from '../../core/completion/amongCells.ts';
import type { Spot } from '../../core/completion/spot.ts';
import type { Labelled } from '../../core/label/labelled.ts';
import type { Reader } from '../reader.ts';

/** Reads the text around a cursor, labelled. */
export type ReadSpot = (document: vscode.TextDocument, position: vscode.Position) => Spot;

/** How many cells of a notebook are read on each side. */
const mostCells = 24;

/** A spot in a file is the file; one in a notebook has the code cells of the same language around it. */
export function createSpots(reader: Pick<Reader, 'document' | 'isReady'>): ReadSpot {
  const read = (cells: readonly vscode.TextDocument[]): readonly Labelled[] =>
    cells.filter(reader.isReady).map((cell) => reader.document(cell).text);
  return (document, position) => {
    const spot = { document: reader.document(document), offset: document.offsetAt(position) };
    const cells = document.uri.scheme === 'vscode-notebook-cell' ? codeCells(document) : [];
    const at = cells.indexOf(document);
    if (at < 0) return spot;
    const above = cells.slice(Math.max(0, at - mostCells), at);
    return amongCells(spot, { above: read(above), below: read(cells.slice(at + 1, at + 1 + mostCells)) });
  };
}

/** The code cells of a cell's notebook that are written in its language, in order; nothing for a stray cell. */
function codeCells(document: vscode.TextDocument): readonly vscode.TextDocument[] {
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cells = notebook.getCells();
    if (!cells.some((cell) => cell.document === document)) continue;
    return cells
      .filter(({ kind }) => kind === vscode.NotebookCellKind.Code)
      .map((cell) => cell.document)
      .filter(({ languageId }) => languageId === document.languageId);
  }
  return [];
}
