import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { editor } from '../../support/vscode.ts';
import { start } from './play.ts';

describe('keys', () => {
  afterEach(() => editor.reset());

  it('are told at once, before the editor asks', () => {
    const play = start({});
    play.show('le█');
    play.type('t');
    assert.deepEqual(play.calls, ['moved le█', 'typed let█']);
    play.stop();
  });
  it('are not needed for a file that was opened before models were known: it is told of then', () => {
    const play = start({});
    play.show('le█');
    play.list();
    assert.deepEqual(play.calls, ['moved le█', 'ready le█']);
    play.stop();
  });
  it('are not told while the editor does not ask', (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: 0 });
    const play = start({});
    play.show('█');
    play.type('a');
    context.mock.timers.tick(2_000);
    play.type('b');
    assert.deepEqual(play.calls, ['moved █', 'typed a█']);
    play.stop();
  });
  it('start nothing where the editor suggests nothing by itself', () => {
    editor.configuration.set('editor.inlineSuggest.enabled', false);
    const play = start({});
    play.show('█');
    play.type('a');
    play.move(0);
    assert.deepEqual(play.calls, []);
    play.stop();
  });
  it('start nothing where the user wants nothing beside the list: whether it is open, the editor tells later', () => {
    const play = start({ whileListOpen: false });
    play.show('le█');
    play.type('t');
    assert.deepEqual(play.calls, ['moved le█', 'typed let█']);
    assert.deepEqual(
      play.told.map(({ facts }) => facts.listAlone ?? false),
      [false, true],
    );
    play.stop();
  });
  it('are told of the stop of a snippet that they fill in, until the cursor leaves it', async () => {
    const play = start({});
    play.show('█');
    play.insert('for (const item of list) {}');
    play.place(11, 15);
    play.type('b');
    await play.ask('for (const b█ of list) {}', { document: play.document });
    play.move(22);
    play.type('x');
    assert.deepEqual(
      play.told.map(({ facts }) => facts.inSnippet),
      [false, true, true, false, false],
    );
    assert.deepEqual(play.calls.slice(0, 3), [
      'moved █',
      'moved for (const item█ of list) {}',
      'typed for (const b█ of list) {}',
    ]);
    assert.equal(play.asked[0]?.facts.inSnippet, true);
    play.stop();
  });
  it('fill in no stop where the editor shows suggestions in snippets', () => {
    editor.configuration.set('editor.inlineSuggest.suppressInSnippetMode', false);
    const play = start({});
    play.show('█');
    play.insert('f(item)');
    play.place(2, 6);
    play.type('b');
    assert.equal(play.told.at(-1)?.facts.inSnippet, false);
    play.stop();
  });
  it('are none where the editor puts text in by itself: it asks about it where it wants more', () => {
    const play = start({});
    play.show('█');
    play.insert('const total = 0;');
    assert.deepEqual(play.calls, ['moved █']);
    play.type('pasted');
    play.insert('\n  ');
    assert.deepEqual(play.calls.slice(1), ['typed const total = 0;pasted█', 'typed const total = 0;pasted\n  █']);
    play.stop();
  });
  it('are told from a move of the cursor, and an undo is a move', () => {
    const play = start({});
    play.show('ab█');
    play.move(0);
    play.type('x', 1);
    assert.deepEqual(play.calls, ['moved ab█', 'moved █ab', 'moved x█ab']);
    play.stop();
  });
});
