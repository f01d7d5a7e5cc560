import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labelled, reveal } from '../../../src/core/label/labelled.ts';
import type { Part } from '../../../src/core/prompt/labelledPrompt.ts';
import { fileLabel } from '../../core/chat/conversations.ts';
import { createFakeDoor } from '../fakeDoor.ts';
import { cloud, lastAnswer, local, opened, textsOf, world } from './world.ts';

const far = { backend: 'openrouter', model: 'far/model' } as const;
const near = { backend: 'ollama', model: 'small:1b' } as const;

describe('asking', () => {
  it('streams an answer and says who served it', async () => {
    const { converse, door } = world();
    await converse.ask('Why?');
    const answer = lastAnswer(converse);
    assert.equal(reveal(answer.text), 'Because.');
    assert.equal(reveal(answer.thinking), 'Hm. ');
    assert.deepEqual(answer.state, { kind: 'done', reason: 'stop' });
    assert.equal(answer.served?.where, 'this machine');
    assert.match(opened(door.sent[0]?.prompt), /Why\?$/);
  });

  it('ignores a question without words', async () => {
    const { converse, door } = world();
    await converse.ask('  \n');
    assert.equal(door.sent.length, 0);
    assert.equal(converse.state().conversation.messages.length, 0);
  });

  it('tells each piece of an answer as it comes', async () => {
    const { converse } = world();
    const pieces: string[] = [];
    converse.listen((change) => {
      if (change.kind === 'delta') pieces.push(`${change.channel} ${change.text}`);
    });
    await converse.ask('Why?');
    // The first piece comes with the change of state that shows it.
    assert.deepEqual(pieces, ['text Be', 'text cause.']);
  });

  it('asks to choose a model where there is none', async () => {
    const { converse } = world({ zones: {}, model: 'nothing' });
    await converse.ask('Why?');
    assert.equal(converse.state().notice, 'Choose a model first.');
  });

  it('stops at once and keeps what came', async () => {
    const { converse, door } = world();
    door.between = async () => {
      if (reveal(lastAnswer(converse).text) !== '') converse.stop();
    };
    await converse.ask('Why?');
    const answer = lastAnswer(converse);
    assert.equal(reveal(answer.text), 'Be');
    assert.equal(answer.state.kind, 'stopped');
  });

  it('ends an answer when a new question comes', async () => {
    const { converse, door } = world();
    let second: Promise<void> | undefined;
    door.between = async () => {
      second ??= converse.ask('And now?');
    };
    await converse.ask('Why?');
    await second;
    assert.deepEqual(textsOf(converse.state().conversation), ['Why?', '', 'And now?', 'Because.']);
    assert.deepEqual(
      converse.state().conversation.messages.map((message) => message.kind === 'answer' && message.state.kind),
      [false, 'stopped', false, 'done'],
    );
  });

  it('marks an answer that ends without a word as possibly cut', async () => {
    const { converse, door } = world();
    door.parts = [{ kind: 'delta', text: 'Be' }];
    await converse.ask('Why?');
    assert.deepEqual(lastAnswer(converse).state, { kind: 'done', reason: 'incomplete' });
  });

  it('shows what went wrong and what helps', async () => {
    const { converse, door } = world();
    door.down = { reason: 'not-running', message: 'Ollama is not running.', action: 'Start it.' };
    await converse.ask('Why?');
    const { state } = lastAnswer(converse);
    assert.equal(state.kind === 'failed' && state.error.reason, 'not-running');
  });

  it('survives a guard that throws', async () => {
    const { converse, door, log } = world();
    door.preview = () => Promise.reject(new TypeError('CANARY_TEXT'));
    await converse.ask('Why?');
    assert.equal(lastAnswer(converse).state.kind, 'failed');
    assert.ok(log.some((line) => line.includes('TypeError')));
    assert.ok(!log.some((line) => line.includes('CANARY')));
  });

  it('forgets an edited question and all after it', async () => {
    const { converse, door } = world();
    await converse.ask('First CANARY_EDITED');
    await converse.ask('Second');
    const first = converse.state().conversation.messages[0]?.id;
    await converse.ask('Anew', first);
    assert.deepEqual(textsOf(converse.state().conversation), ['Anew', 'Because.']);
    assert.ok(!opened(door.sent.at(-1)?.prompt).includes('CANARY_EDITED'));
  });

  it('answers again, with another model where asked', async () => {
    const { converse, door } = world();
    await converse.ask('Why?');
    await converse.retry(lastAnswer(converse).id, far);
    assert.deepEqual(
      door.sent.map(({ model }) => model),
      [local, cloud],
    );
    assert.equal(converse.state().conversation.messages.length, 2);
    assert.deepEqual(lastAnswer(converse).model, far);
  });
});

describe('attachments', () => {
  it('go along with the next question and with no other', async () => {
    const { converse, door } = world();
    await converse.attach({ kind: 'active-file' });
    await converse.ask('Why?');
    assert.match(opened(door.sent[0]?.prompt), /export const a = 1;/);
    assert.deepEqual(converse.state().attachments, []);
  });

  it('are read again when the question is asked', async () => {
    const { converse, door, files } = world();
    await converse.attach({ kind: 'uri', uri: 'src/a.ts' });
    files.set('src/a.ts', { text: 'export const a = 2;', reach: 'cloud' });
    await converse.ask('Why?');
    assert.match(opened(door.sent[0]?.prompt), /export const a = 2;/);
  });

  it('get the label that holds when the question is asked', async () => {
    const { converse, door, files } = world({ model: cloud });
    await converse.attach({ kind: 'uri', uri: 'src/a.ts' });
    files.set('src/a.ts', { text: 'CANARY_A', reach: 'device' });
    await converse.ask('Why?');
    assert.equal(lastAnswer(converse).state.kind, 'withheld');
    assert.equal(door.sent.length, 0);
  });

  it('keep a question from being sent when they cannot be read', async () => {
    const { converse, door, files } = world();
    await converse.attach({ kind: 'uri', uri: 'src/a.ts' });
    files.delete('src/a.ts');
    await converse.ask('Why?');
    assert.equal(converse.state().notice, 'src/a.ts is gone.');
    assert.equal(door.sent.length, 0);
    assert.equal(converse.state().attachments.length, 1);
  });

  it('are there once, however often they are attached', async () => {
    const { converse } = world();
    await converse.attach({ kind: 'uri', uri: 'src/a.ts' });
    await converse.attach({ kind: 'active-file' });
    assert.equal(converse.state().attachments.length, 1);
    converse.detach(converse.state().attachments[0]?.id ?? '');
    assert.equal(converse.state().attachments.length, 0);
  });

  it('say why there was nothing to attach', async () => {
    const { converse } = world();
    await converse.attach({ kind: 'selection' });
    assert.equal(converse.state().notice, 'Nothing is selected.');
  });
});

describe('labels through a chat', () => {
  it('give an answer the nearest reach of all that made it', async () => {
    const { converse } = world();
    await converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await converse.ask('Why?');
    assert.equal(lastAnswer(converse).text.label.reach, 'device');
    await converse.ask('And in short?');
    assert.equal(lastAnswer(converse).text.label.reach, 'device', 'through the history');
  });

  it('leave an answer free when all that made it is', async () => {
    const { converse } = world();
    await converse.attach({ kind: 'active-file' });
    await converse.ask('Why?');
    assert.equal(lastAnswer(converse).text.label.reach, 'cloud');
  });

  it('hold an earlier local turn back when the model changes to the cloud, and send nothing before a choice', async () => {
    const { converse, door } = await tainted();
    await converse.ask('And in the cloud?');
    const { state } = lastAnswer(converse);
    assert.equal(state.kind, 'withheld');
    assert.deepEqual(state.kind === 'withheld' && state.items.map(({ title }) => title), [
      'secrets/k.ts',
      'your message',
      'an answer',
    ]);
    assert.deepEqual(
      door.sent.map(({ model }) => model),
      [local],
    );
  });

  it('hold it back on a retry with another model too', async () => {
    const { converse, door } = await tainted();
    await converse.retry(lastAnswer(converse).id, far);
    assert.equal(lastAnswer(converse).state.kind, 'withheld');
    assert.deepEqual(
      door.sent.map(({ model }) => model),
      [local],
    );
  });

  it('hold back an answer that a policy made later forbids', async () => {
    const { converse, door } = world({ model: cloud });
    await converse.ask('Why?');
    const honest = createFakeDoor(door.zones);
    door.preview = async (prompt, model, signal) => {
      const found = await honest.preview(prompt, model, signal);
      assert.ok(found.kind === 'decided');
      const parts = found.verdict.parts.map((part) =>
        part.title === 'an answer' ? { ...part, decision: 'drop' as const } : part,
      );
      return { ...found, verdict: { ...found.verdict, parts } };
    };
    await converse.ask('And now?');
    assert.equal(lastAnswer(converse).state.kind, 'withheld');
  });

  it('send without what is held back, and say what stayed', async () => {
    const { converse, door } = await tainted();
    await converse.ask('And in the cloud?');
    await converse.resolve(lastAnswer(converse).id, 'without');
    const answer = lastAnswer(converse);
    assert.equal(answer.state.kind, 'done');
    assert.equal(answer.leftOut.length, 3);
    assert.equal(answer.text.label.reach, 'cloud');
    const last = door.sent.at(-1);
    assert.equal(last?.model, cloud);
    assert.ok(!opened(last?.prompt).includes('CANARY'));
    assert.match(opened(last?.prompt), /And in the cloud\?/);
  });

  it('do not ask again about what the user agreed to leave out, but show it each time', async () => {
    const { converse, door } = await tainted();
    await converse.ask('And in the cloud?');
    await converse.resolve(lastAnswer(converse).id, 'without');
    await converse.ask('More?');
    assert.equal(lastAnswer(converse).state.kind, 'done');
    assert.equal(lastAnswer(converse).leftOut.length, 3);
    assert.ok(!opened(door.sent.at(-1)?.prompt).includes('CANARY'));
    await converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await converse.ask('And this?');
    assert.equal(lastAnswer(converse).state.kind, 'withheld', 'what is new is asked about');
  });

  it('send all of it again to a model of this machine', async () => {
    const { converse, door } = await tainted();
    await converse.ask('And in the cloud?');
    await converse.resolve(lastAnswer(converse).id, 'without');
    converse.chooseModel(near);
    await converse.ask('And here?');
    assert.match(opened(door.sent.at(-1)?.prompt), /CANARY_KEY/);
    assert.equal(lastAnswer(converse).text.label.reach, 'device');
  });

  it('stay local with a model that is named', async () => {
    const { converse, door } = await tainted();
    await converse.start();
    await converse.ask('And in the cloud?');
    await converse.resolve(lastAnswer(converse).id, 'local');
    assert.deepEqual(
      door.sent.map(({ model }) => model),
      [local, local],
    );
    assert.equal(lastAnswer(converse).state.kind, 'done');
    assert.deepEqual(converse.state().model, near);
  });

  it('start afresh with the question alone', async () => {
    const { converse, door } = await tainted();
    const before = converse.state().conversation.id;
    await converse.ask('And in the cloud?');
    await converse.resolve(lastAnswer(converse).id, 'afresh');
    assert.notEqual(converse.state().conversation.id, before);
    assert.deepEqual(textsOf(converse.state().conversation), ['And in the cloud?', 'Because.']);
    assert.equal(door.sent.at(-1)?.model, cloud);
    assert.ok(!opened(door.sent.at(-1)?.prompt).includes('CANARY'));
  });

  it('refuse a question that itself may not go', async () => {
    const { converse, door } = world({ model: cloud, typed: 'device' });
    await converse.ask('CANARY_TYPED');
    const { state } = lastAnswer(converse);
    assert.equal(state.kind === 'refused' && state.refusal.reason, 'required-part');
    assert.equal(door.sent.length, 0);
    await converse.start();
    await converse.useLocal(lastAnswer(converse).id);
    assert.deepEqual(
      door.sent.map(({ model }) => model),
      [local],
    );
  });

  it('hold everything back when a rule comes between the look and the sending', async () => {
    const { converse, door } = world({ model: cloud });
    await converse.ask('Why?');
    const honest = createFakeDoor(door.zones);
    door.send = (prompt, model, signal) => {
      // After the preview has allowed everything.
      return honest.send(
        { ...prompt, parts: prompt.parts.map((part) => (part.title === 'an answer' ? heldBack(part) : part)) },
        model,
        signal,
      );
    };
    await converse.ask('And now?');
    assert.equal(lastAnswer(converse).state.kind, 'withheld');
    assert.equal(honest.sent.length, 0);
  });

  it('do nothing about an answer that is not held back', async () => {
    const { converse, door } = world();
    await converse.ask('Why?');
    await converse.resolve(lastAnswer(converse).id, 'without');
    assert.equal(door.sent.length, 1);
  });
});

describe('the record of what was turned down', () => {
  it('holds a question once whose parts are held back, however the user then goes on', async () => {
    const { converse, door } = await tainted();
    await converse.ask('And in the cloud?');
    assert.equal(lastAnswer(converse).state.kind, 'withheld');
    assert.equal(door.turnedDown.length, 1);
    await converse.resolve(lastAnswer(converse).id, 'without');
    assert.equal(lastAnswer(converse).state.kind, 'done');
    await converse.ask('More?');
    assert.equal(lastAnswer(converse).state.kind, 'done');
    assert.equal(door.turnedDown.length, 1, 'what the user agreed to leave out is not turned down again');
  });

  it('holds an attachment that stays here although the question could go without it', async () => {
    const { converse, door } = world({ model: cloud });
    await converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await converse.ask('Why?');
    assert.deepEqual(
      door.turnedDown.map(({ parts }) => parts.filter(({ decision }) => decision === 'drop').map(({ title }) => title)),
      [['secrets/k.ts']],
    );
  });

  it('holds a question that itself may not go, once for each time it was asked', async () => {
    const { converse, door } = world({ model: cloud, typed: 'device' });
    converse.drafting('CANARY_TY');
    converse.drafting('CANARY_TYPED');
    assert.equal(door.turnedDown.length, 0, 'composing leaves no record');
    await converse.ask('CANARY_TYPED');
    assert.equal(door.turnedDown.length, 1);
    await converse.retry(lastAnswer(converse).id);
    assert.equal(door.turnedDown.length, 2);
  });

  it('holds nothing of a look at a part, nor of a look for a stand-in', async () => {
    const at = world({ model: cloud });
    at.door.offers.set('secrets/k.ts', 'ab12');
    await at.converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    await at.converse.ask('Why?');
    const { state, id } = lastAnswer(at.converse);
    assert.ok(state.kind === 'withheld');
    await at.converse.declassify.preview(id, state.items[0]?.id ?? '');
    assert.ok(at.converse.state().offer);
    assert.equal(at.door.turnedDown.length, 1);

    const auto = world({ onOutage: 'auto' });
    await auto.converse.refreshModels();
    await auto.converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
    auto.door.down = { reason: 'not-running', message: 'Ollama is not running.' };
    auto.door.downAt = 'ollama';
    await auto.converse.ask('Why?');
    assert.equal(lastAnswer(auto.converse).state.kind, 'failed');
    assert.equal(auto.door.turnedDown.length, 0);
  });
});

/** A local chat about a file that stays here, with the cloud chosen for what follows. */
async function tainted() {
  const made = world();
  await made.converse.attach({ kind: 'uri', uri: 'secrets/k.ts' });
  await made.converse.ask('Explain the key.');
  made.converse.chooseModel(far);
  return made;
}

function heldBack(part: Part): Part {
  return { ...part, text: labelled('CANARY_LATE', fileLabel('late.ts', 'device')) };
}
