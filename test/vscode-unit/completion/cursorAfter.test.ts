import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { Position as EditorPosition } from 'vscode';
import { mendCursor } from '../../../src/vscode/completion/cursorAfter.ts';
import { Position, Selection, editor, window } from '../../support/vscode.ts';

describe('the cursor after a suggestion was taken', () => {
  afterEach(() => editor.reset());

  // Put in at line 4, column 6, unless said otherwise; `found` is where the editor has left the cursor.
  for (const [name, text, found, wanted] of [
    ['is put behind one emoji', 'a = "😀";', [4, 14], [4, 15]],
    ['is put behind several, from the middle of one', '"👩‍👩‍👧";', [4, 13], [4, 17]],
    ['is put behind the last line, whose columns alone count', 'one("😀");\ntwo("😀");', [5, 9], [5, 10]],
    ['is left where the editor has put it rightly', 'a = "😀";', [4, 15], [4, 15]],
    ['is left where there is nothing to be miscounted', 'a = "x";', [4, 14], [4, 14]],
    ['is left where emoji stand on other lines only', 'one("😀");\ntwo();', [5, 6], [5, 6]],
    ['is left where somebody has moved it', 'a = "😀";', [4, 2], [4, 2]],
    ['is left on another line', 'a = "😀";', [9, 14], [9, 14]],
  ] as const)
    it(name, () => {
      const at = new Position(found[0], found[1]);
      const shown = { selection: new Selection(at, at) };
      window.activeTextEditor = shown;
      take(text);
      assert.deepEqual(shown.selection.active, new Position(wanted[0], wanted[1]));
      assert.equal(shown.selection.isEmpty, true);
    });
  it('is none where text is selected, or no editor is there', () => {
    const shown = { selection: new Selection(new Position(4, 6), new Position(4, 14)) };
    window.activeTextEditor = shown;
    take('a = "😀";');
    assert.deepEqual(shown.selection.anchor, new Position(4, 6));
    window.activeTextEditor = undefined;
    take('a = "😀";');
  });
});

function take(text: string): void {
  // The stand-in has as much of a position as is asked for.
  const start = new Position(4, 6) as unknown as EditorPosition;
  mendCursor({ start, text });
}
