import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type * as api from 'vscode';
import { surroundings } from '../../../src/core/completion/spot.ts';
import { labelled, labelOf, reveal } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import { createSpots } from '../../../src/vscode/completion/spots.ts';
import { NotebookCellKind, Position, editor, workspace } from '../../support/vscode.ts';

describe('the text around a cursor', () => {
  afterEach(() => editor.reset());

  it('is the file, in a file', () => {
    const spot = spotIn([{ text: 'let a = 1;', scheme: 'file' }], 0);
    assert.deepEqual([reveal(spot.document.text), spot.offset], ['let a = 1;', 4]);
  });
  it('is the code of the notebook in the language of the cell, in a notebook', () => {
    const spot = spotIn(
      [
        { text: 'import os' },
        { text: '# Title', markup: true },
        { text: 'SELECT 1', languageId: 'sql' },
        { text: 'os.l' },
        { text: 'done()' },
      ],
      3,
    );
    assert.equal(reveal(spot.document.text), 'import os\n\nos.l\n\ndone()');
    assert.equal(surroundings(spot).head, 'os.l');
  });
  it('has no cell in it whose names are not known yet', () => {
    const spot = spotIn([{ text: 'first()', ready: false }, { text: 'os.l' }], 1);
    assert.equal(reveal(spot.document.text), 'os.l');
  });
  it('goes no farther than any cell in it', () => {
    assert.equal(
      spotIn([{ text: 'first()', reach: 'device' }, { text: 'os.l' }], 1).document.text.label.reach,
      'device',
    );
  });
  it('is the cell alone, where its notebook is closed', () => {
    const spot = spotIn([{ text: 'first()' }, { text: 'os.l' }], 1, { open: false });
    assert.equal(reveal(spot.document.text), 'os.l');
  });
});

type Cell = {
  readonly text: string;
  readonly scheme?: string;
  readonly languageId?: string;
  readonly markup?: boolean;
  readonly ready?: boolean;
  readonly reach?: Reach;
};

/** The spot after the fourth character of one of the cells. */
function spotIn(cells: readonly Cell[], index: number, { open = true } = {}) {
  const documents = cells.map(({ scheme = 'vscode-notebook-cell', languageId = 'python' }, at) => ({
    uri: { scheme, toString: () => `${scheme}:/w/a.ipynb#${at}` },
    languageId,
    offsetAt: ({ character }: Position) => character,
  })) as unknown as readonly api.TextDocument[];
  const cellOf = (document: api.TextDocument): Cell => cells[documents.indexOf(document)] ?? { text: '' };
  const kindOf = ({ markup }: Cell) => (markup ? NotebookCellKind.Markup : NotebookCellKind.Code);
  const notebook = {
    getCells: () => documents.map((document) => ({ document, kind: kindOf(cellOf(document)) })),
  };
  workspace.notebookDocuments = open ? [notebook] : [];
  const read = createSpots({
    isReady: (document) => cellOf(document).ready ?? true,
    document: (document) => ({
      uri: document.uri.toString(),
      display: 'a.ipynb',
      languageId: document.languageId,
      version: 1,
      text: labelled(
        cellOf(document).text,
        labelOf([{ provenance: { kind: 'typed' }, reach: cellOf(document).reach ?? 'cloud', rules: [] }]),
      ),
      indent: { tabs: false, size: 4 },
    }),
  });
  const document = documents[index];
  assert.ok(document);
  return read(document, new Position(0, 4) as unknown as api.Position);
}
