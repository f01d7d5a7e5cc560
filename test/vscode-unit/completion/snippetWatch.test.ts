import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { watchSnippets, type SnippetWatch } from '../../../src/vscode/completion/snippetWatch.ts';
import { editor, Position, window } from '../../support/vscode.ts';

describe('the watch over snippets', () => {
  afterEach(() => editor.reset());

  it('knows the stop behind one that stands in several places and was filled in by several cursors', () => {
    const play = start();
    play.edit([0, 0, 'for (let i = 0; i < list.length; i++) {}']);
    play.select(undefined, [9, 10], [16, 17], [33, 34]);
    assert.equal(play.inStop(), false, 'several cursors are a reason of their own');
    play.edit([33, 1, 'at'], [16, 1, 'at'], [9, 1, 'at']);
    play.select(1, [11, 11], [19, 19], [37, 37]);
    play.select(3, [22, 26]);
    assert.equal(play.inStop(), true);
    play.edit([22, 4, 'p']);
    play.select(1, [23, 23]);
    assert.equal(play.inStop(), true);
  });
  it('forgets it when it is undone, and when another editor is looked at', () => {
    const play = start();
    play.edit([0, 0, 'f(item)']);
    play.select(undefined, [2, 6]);
    assert.equal(play.inStop(), true);
    play.undo([0, 7, '']);
    play.select(undefined, [0, 0]);
    assert.equal(play.inStop(), false);
    play.edit([0, 0, 'f(item)']);
    play.select(undefined, [2, 6]);
    editor.fireActiveEditor(undefined);
    assert.equal(play.inStop(), false);
  });
});

type Edit = readonly [offset: number, removed: number, text: string];

function start() {
  const document = { version: 1, offsetAt: ({ character }: Position) => character };
  const textEditor = { document };
  window.activeTextEditor = textEditor;
  const watch = watchSnippets();
  const change = (edits: readonly Edit[], reason?: number): void => {
    document.version += 1;
    const contentChanges = edits.map(([rangeOffset, rangeLength, text]) => ({ rangeOffset, rangeLength, text }));
    editor.fireDocument({ document, contentChanges, reason });
  };
  return {
    edit: (...edits: readonly Edit[]): void => change(edits),
    undo: (...edits: readonly Edit[]): void => change(edits, 1),
    select: (kind: number | undefined, ...places: readonly (readonly [number, number])[]): void => {
      const selections = places.map(([from, to]) => ({ start: new Position(0, from), end: new Position(0, to) }));
      editor.fireSelection({ textEditor, selections, kind });
    },
    // The adapter is compiled against the editor's own types; of a document only its version and offsets are looked at.
    inStop: (): boolean => watch.inStop(document as unknown as Parameters<SnippetWatch['inStop']>[0]),
  };
}
