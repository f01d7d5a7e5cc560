import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { InlineCompletionTriggerKind, editor } from '../../support/vscode.ts';
import { settle, start, timesAsked } from './play.ts';

describe('what grows after it is shown', () => {
  afterEach(() => editor.reset());

  it('has what is shown taken away before it asks for more of it, or for what it stood in for: the editor would keep it', async () => {
    for (const given of [
      { growing: true, standIn: false },
      { growing: false, standIn: true },
    ]) {
      const play = start({ offer: { text: 'first();', covers: 0, ...given } });
      play.show('x█');
      await play.ask('x█', { document: play.document });
      play.grow(true);
      await settle();
      assert.deepEqual(editor.executed.splice(0), [
        'editor.action.inlineSuggest.hide',
        'editor.action.inlineSuggest.trigger',
      ]);
      play.stop();
    }
  });
  it('does not take its own second question for the wish to choose, however the editor puts it', async () => {
    for (const kind of [InlineCompletionTriggerKind.Automatic, InlineCompletionTriggerKind.Invoke]) {
      const play = start({
        offer: { text: 'first();', covers: 0, growing: true, standIn: false },
        alternatives: ['other();'],
      });
      play.show('x█');
      await play.ask('x█', { document: play.document });
      play.grow(true);
      await settle();
      const own = await play.ask('x█', { document: play.document, kind });
      const users = await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
      assert.deepEqual(
        [own, users].map(([item]) => item?.insertText),
        ['first();', 'other();'],
      );
      play.stop();
    }
  });
  it('does not take it for that either where a key came between', async () => {
    const play = start({
      offer: { text: 'first();', covers: 0, growing: true, standIn: false },
      alternatives: ['other();'],
    });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    play.grow(true);
    await settle();
    play.type('y');
    await play.ask('xy█', { document: play.document });
    const [own] = await play.ask('xy█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
    assert.equal(own?.insertText, 'first();');
    assert.equal(play.asked.at(-1)?.explicit, false);
    play.stop();
  });
  it('still waits for what is growing where its question came after a key', async () => {
    const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    play.grow(true);
    await settle();
    play.type('y');
    await play.ask('xy█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
    play.grow(true);
    await settle();
    assert.equal(timesAsked(), 2);
    play.stop();
  });
  it('asks for the whole block as it asked for its first line: unasked, or by hand', async () => {
    for (const [kind, explicit] of [
      [InlineCompletionTriggerKind.Automatic, false],
      [InlineCompletionTriggerKind.Invoke, true],
    ] as const) {
      const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
      play.show('x█');
      await play.ask('x█', { document: play.document, kind });
      play.grow(true);
      await settle();
      await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
      assert.deepEqual(
        play.asked.map((ask) => ask.explicit),
        [explicit, explicit],
      );
      play.stop();
    }
  });
  it('asks the editor once more each time that there is more of a block', async () => {
    const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    for (let round = 1; round <= 3; round++) {
      play.grow(true);
      await settle();
      await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
      assert.equal(timesAsked(), round);
    }
    play.grow(false);
    await settle();
    assert.equal(timesAsked(), 3);
    play.stop();
  });
  it('waits with that as long as the user wants suggestions held back', async (context) => {
    context.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 0 });
    editor.configuration.set('editor.inlineSuggest.minShowDelay', 1_500);
    const play = start({ offer: { text: 'first();', covers: 0, growing: true } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    context.mock.timers.tick(400);
    play.grow(true);
    await settle();
    context.mock.timers.tick(1_099);
    await settle();
    assert.deepEqual(editor.executed, []);
    context.mock.timers.tick(1);
    await settle();
    assert.equal(timesAsked(), 1);
    // What grows after that is held back no second time.
    await play.ask('x█', { document: play.document, kind: InlineCompletionTriggerKind.Invoke });
    play.grow(true);
    await settle();
    assert.equal(timesAsked(), 2);
    play.stop();
  });
  it('leaves the editor alone when something was typed meanwhile', async () => {
    const play = start({ offer: { text: 'first();', covers: 0, growing: true, standIn: false } });
    play.show('x█');
    await play.ask('x█', { document: play.document });
    play.type('y');
    play.grow(true);
    await settle();
    assert.deepEqual(editor.executed, []);
    play.stop();
  });
});
