import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  InlineCompletionTriggerKind,
  Position,
  Range,
  TabInputTextDiff,
  commands,
  editor,
  window,
} from '../../support/vscode.ts';
import { start } from './play.ts';

describe('the inline completion provider', () => {
  afterEach(() => editor.reset());

  it('offers the text at the cursor and covers the closers that stand there', async () => {
    const play = start({ offer: { text: 'a, b);', covers: 1 } });
    const [item] = await play.ask('call(█)');
    assert.equal(item?.insertText, 'a, b);');
    assert.deepEqual(item?.range, new Range(new Position(0, 5), new Position(0, 6)));
    play.stop();
  });
  it('starts from the selected item of the list and covers what it replaces', async () => {
    const play = start({ offer: { text: '.log(x);', covers: 0 } });
    const [item] = await play.ask('con█', { selected: { start: 0, text: 'console' } });
    assert.equal(item?.insertText, 'console.log(x);');
    assert.deepEqual(item?.range, new Range(new Position(0, 0), new Position(0, 3)));
    assert.equal(play.asked[0]?.listOpen, true);
    assert.equal(play.textOf(play.asked[0]), 'console█');
    play.stop();
  });
  it('covers what the item replaces after the cursor, too', async () => {
    const play = start({ offer: { text: '.log(x);', covers: 1 } });
    const [item] = await play.ask('con█so)', { selected: { start: 0, end: 5, text: 'console' } });
    assert.deepEqual(item?.range, new Range(new Position(0, 0), new Position(0, 6)));
    assert.equal(play.textOf(play.asked[0]), 'console█)');
    play.stop();
  });
  it('wants nothing beside the list where the user wants nothing there, unless the user asks', async () => {
    const selected = { start: 0, text: 'console' };
    const play = start({ whileListOpen: false });
    await play.ask('con█', { selected });
    assert.equal(play.asked[0]?.facts.listAlone, true);
    await play.ask('con█', { selected, kind: InlineCompletionTriggerKind.Invoke });
    assert.equal(play.asked[1]?.facts.listAlone, false);
    await play.ask('con█');
    assert.equal(play.asked[2]?.facts.listAlone, false);
    play.stop();
  });
  it('tells whether the user asked', async () => {
    const play = start({});
    await play.ask('x█');
    await play.ask('x█', { kind: InlineCompletionTriggerKind.Invoke });
    assert.deepEqual(
      play.asked.map(({ explicit }) => explicit),
      [false, true],
    );
    play.stop();
  });
  it('asks nothing in an output, nor where the user wants nothing', async () => {
    const play = start({ offer: { text: 'x', covers: 0 } });
    assert.deepEqual(await play.ask('x█', { scheme: 'output' }), []);
    assert.deepEqual(await play.ask('x█', { unwanted: true }), []);
    assert.equal(play.asked.length, 0);
    play.stop();
  });
  it('says that a comparison is shown, on either side', async () => {
    const play = start({});
    for (const [left, right, aside] of [
      ['file:///old.ts', 'file:///a.ts', true],
      ['file:///a.ts', 'file:///new.ts', true],
      ['file:///old.ts', 'file:///new.ts', false],
    ] as const) {
      window.tabGroups.activeTabGroup.activeTab = { input: new TabInputTextDiff(left, right) };
      await play.ask('x█');
      assert.equal(play.asked.at(-1)?.facts.aside, aside);
    }
    play.stop();
  });
  it('gives nothing once the editor has cancelled, and ends the question, not the work', async () => {
    const play = start({ offer: { text: 'x', covers: 0 }, slow: true });
    const answer = play.ask('x█', { cancel: true });
    assert.deepEqual(await answer, []);
    assert.equal(play.signals[0]?.aborted, true);
    play.stop();
  });
  it('remembers what is waved away', async () => {
    const play = start({});
    await commands.executeCommand('ringfence.completion.dismiss');
    assert.equal(play.calls.at(-1), 'dismissed');
    assert.ok(editor.executed.includes('editor.action.inlineSuggest.hide'));
    play.stop();
  });
  it('reads nothing ahead of a document that cannot be edited, until the editor asks there', async () => {
    const play = start({ readOnly: true });
    play.show('x█');
    play.move(0);
    play.list();
    assert.deepEqual(play.calls, []);
    await play.ask('x█', { document: play.document });
    play.move(0);
    assert.deepEqual(play.calls, ['moved █x']);
    play.stop();
  });
  it('leaves nothing behind', () => {
    start({}).stop();
    assert.equal(editor.listeners(), 0);
    assert.equal(editor.providers.size, 0);
  });
});
