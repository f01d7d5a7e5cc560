import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { InlineCompletionTriggerKind, commands, editor } from '../../support/vscode.ts';
import { settle, start } from './play.ts';

const byCommand = { kind: InlineCompletionTriggerKind.Invoke };
const offer = { text: 'one', covers: 0 };
const alternatives = ['one', 'two'];

describe('choosing among suggestions', () => {
  afterEach(() => editor.reset());

  for (const [name, kind] of Object.entries(InlineCompletionTriggerKind))
    it(`gathers others when the user asks by command where something is shown (asked for: ${name})`, async () => {
      const play = start({ offer, alternatives });
      assert.deepEqual(texts(await play.ask('x█', { kind })), ['one']);
      assert.deepEqual(texts(await play.ask('x█', byCommand)), ['one', 'two']);
      play.stop();
    });
  it('has the editor ask for others after it asked by command: the same providers it would not ask again', async () => {
    const play = start({ offer, alternatives });
    const asked = new Set(editor.providers);
    await play.ask('x█', byCommand);
    assert.ok(hasOther(asked));
    play.stop();
  });
  it('has it do so after each Suggest Now', async () => {
    const play = start({ offer, alternatives });
    for (let round = 1; round <= 2; round++) {
      const asked = new Set(editor.providers);
      await commands.executeCommand('ringfence.completion.trigger');
      assert.deepEqual(texts(await play.ask('x█', byCommand)), ['one']);
      assert.ok(hasOther(asked), `round ${round}`);
    }
    play.stop();
  });
  it('goes on among those that were gathered without asking anybody', async () => {
    const play = start({ offer, alternatives });
    await play.ask('x█', byCommand);
    const asked = new Set(editor.providers);
    await play.ask('x█', byCommand);
    assert.equal(hasOther(asked), false);
    play.stop();
  });
  it('leaves no provider behind that would be asked at every key', async () => {
    const play = start({ offer, alternatives });
    await play.ask('x█', byCommand);
    await play.ask('xy█');
    assert.equal(editor.providers.size, 1);
    play.stop();
  });
  it('has nobody asked again where nothing of ours is shown', async () => {
    const play = start({});
    const asked = new Set(editor.providers);
    await play.ask('x█', byCommand);
    assert.equal(hasOther(asked), false);
    play.stop();
  });
  it('has all asked again by the next Suggest Now where nothing came of the last', async () => {
    const play = start({});
    await commands.executeCommand('ringfence.completion.trigger');
    await play.ask('x█', byCommand);
    const asked = new Set(editor.providers);
    await commands.executeCommand('ringfence.completion.trigger');
    assert.ok(hasOther(asked));
    play.stop();
  });
  it('has nobody asked again after an answer that came too late', async () => {
    const play = start({ offer, slow: true });
    const asked = new Set(editor.providers);
    await play.ask('x█', { ...byCommand, cancel: true });
    assert.equal(hasOther(asked), false);
    play.stop();
  });
  it('is not what Suggest Now is for: one comes at once, whatever was shown there before', async () => {
    const play = start({ offer, alternatives });
    await play.ask('x█');
    await commands.executeCommand('ringfence.completion.dismiss');
    await commands.executeCommand('ringfence.completion.trigger');
    assert.deepEqual(texts(await play.ask('x█', byCommand)), ['one']);
    play.stop();
  });
  it('has the editor ask for others after what grew, where it cannot ask as by itself', async () => {
    const play = start({ offer: { ...offer, growing: true }, alternatives });
    play.show('x█');
    await play.ask('x█', { ...byCommand, document: play.document });
    play.grow(true);
    await settle();
    const asked = new Set(editor.providers);
    await play.ask('x█', { ...byCommand, document: play.document });
    assert.ok(hasOther(asked));
    play.stop();
  });
});

/** Whether there is a provider now that was not among those: then the editor asks all of them once more. */
function hasOther(asked: ReadonlySet<unknown>): boolean {
  return [...editor.providers].some((provider) => !asked.has(provider));
}

function texts(items: readonly { readonly insertText: string }[]): readonly string[] {
  return items.map(({ insertText }) => insertText);
}
