import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatView } from '../../../src/core/chat/panelView.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import type { OutageRule } from '../../../src/core/policy/settings.ts';
import { cloud, lastAnswer, world, type World } from './world.ts';

const notRunning = { reason: 'not-running', message: 'Ollama is not running.' } as const;

/** A world in which the models are known and the local server has just gone. */
async function afterOutage(onOutage: OutageRule): Promise<World> {
  const made = world({ onOutage });
  await made.converse.refreshModels();
  made.door.down = notRunning;
  made.door.downAt = 'ollama';
  return made;
}

function problemOf({ converse }: World) {
  const view = chatView(converse.state(), undefined).messages.at(-1);
  assert.ok(view?.kind === 'answer' && view.state.kind === 'problem');
  return view.state.problem;
}

describe('when the local server is down', () => {
  it('never asks another where the policy says never, and does not offer to', async () => {
    const at = await afterOutage('never');
    await at.converse.ask('Why?');
    assert.equal(problemOf(at).other, undefined);
    assert.equal(problemOf(at).action?.id, 'start-ollama');
    assert.equal(at.door.sent.length, 0);
  });

  it('offers the model in the cloud where the policy says ask, and sends nothing by itself', async () => {
    const at = await afterOutage('ask');
    await at.converse.ask('Why?');
    assert.deepEqual(problemOf(at).other, { id: 'ask-farther', label: 'Ask far/model in the cloud instead' });
    assert.equal(at.door.sent.length, 0);
    await at.converse.askFarther(lastAnswer(at.converse).id);
    assert.equal(reveal(lastAnswer(at.converse).text), 'Because.');
    assert.deepEqual(
      at.door.sent.map(({ model }) => model),
      [cloud],
    );
  });

  it('decides all of the prompt anew when the user takes the offer', async () => {
    const at = await afterOutage('ask');
    await at.converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await at.converse.ask('What is this?');
    await at.converse.askFarther(lastAnswer(at.converse).id);
    assert.equal(lastAnswer(at.converse).state.kind, 'withheld');
    assert.equal(at.door.sent.length, 0);
  });

  it('goes on by itself where the policy says auto and nothing is narrower, and says so', async () => {
    const at = await afterOutage('auto');
    await at.converse.ask('Why?');
    const answer = lastAnswer(at.converse);
    assert.equal(reveal(answer.text), 'Because.');
    assert.deepEqual(
      at.door.sent.map(({ model }) => model),
      [cloud],
    );
    const view = chatView(at.converse.state(), undefined).messages.at(-1);
    assert.equal(view?.kind === 'answer' && view.instead, 'ollama/small:1b did not answer');
    // The user's choice of a model is not touched.
    await at.converse.ask('And now?');
    assert.deepEqual(lastAnswer(at.converse).insteadOf, { backend: 'ollama', model: 'small:1b' });
  });

  it('only offers it where any part is narrower, even under auto', async () => {
    const at = await afterOutage('auto');
    await at.converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await at.converse.ask('What is this?');
    assert.equal(at.door.sent.length, 0);
    assert.equal(problemOf(at).other?.id, 'ask-farther');
  });

  it('stays with the error where the trouble is another', async () => {
    const at = await afterOutage('auto');
    at.door.down = { reason: 'model-missing', message: 'Not installed.' };
    await at.converse.ask('Why?');
    assert.equal(lastAnswer(at.converse).state.kind, 'failed');
    assert.equal(at.door.sent.length, 0);
  });

  it('does not send what had begun to be answered again', async () => {
    const at = await afterOutage('auto');
    at.door.down = undefined;
    at.door.parts = [
      { kind: 'delta', text: 'Bec' },
      { kind: 'error', error: { reason: 'timeout', message: 'Too slow.' } },
    ];
    await at.converse.ask('Why?');
    assert.equal(at.door.sent.length, 1);
    assert.equal(lastAnswer(at.converse).state.kind, 'failed');
  });

  it('knows of the offer after a restart', async () => {
    const at = await afterOutage('ask');
    await at.converse.ask('Why?');
    const again = at.again();
    await again.start();
    const { state } = lastAnswer(again);
    assert.deepEqual(state.kind === 'failed' && state.standIn?.zone, 'cloud');
  });
});
