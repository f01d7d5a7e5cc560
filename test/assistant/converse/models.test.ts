import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFakeDoor } from '../fakeDoor.ts';
import { lastAnswer, local, world } from './world.ts';

const notRunning = { reason: 'not-running', message: 'Ollama is not running.', action: 'Start it.' } as const;

describe('models', () => {
  it('are asked of every backend at the start', async () => {
    const { converse } = world();
    await converse.start();
    assert.deepEqual(
      converse.state().board.map(({ models, loading }) => [models.map(({ info }) => info.ref.model), loading]),
      [
        [['small:1b'], false],
        [['far/model'], false],
      ],
    );
  });

  it('of one backend do not wait for another that says nothing', async () => {
    const { converse, door, clock } = world();
    const quick = createFakeDoor(door.zones);
    door.models = (backend, signal) =>
      backend === 'openrouter' ? new Promise(() => undefined) : quick.models(backend, signal);
    const started = converse.start();
    await clock.settle();
    assert.equal(converse.state().board[0]?.models.length, 1);
    await clock.advanceTo(20_000);
    await started;
    assert.equal(converse.state().board[1]?.error?.reason, 'timeout');
  });

  it('can be chosen, for this chat and for those to come', async () => {
    const { converse, remembered, door } = world();
    converse.chooseModel({ backend: 'openrouter', model: 'far/model' });
    await converse.ask('Why?');
    assert.equal(door.sent[0]?.model, 'openrouter/far/model');
    assert.deepEqual(remembered, ['openrouter/far/model']);
  });

  it('are downloaded with progress, and the question is answered then', async () => {
    const { converse, door } = world({ zones: {} });
    const seen: string[] = [];
    converse.listen(() => {
      const { pull } = converse.state();
      if (pull?.total) seen.push(`${pull.completed}/${pull.total}`);
    });
    door.down = { reason: 'model-missing', message: 'small:1b is not installed.' };
    await converse.ask('Why?');
    await converse.pull(lastAnswer(converse).id);
    assert.deepEqual(door.pulled, [local]);
    assert.ok(seen.includes('1/2'));
    assert.equal(converse.state().pull, undefined);
    assert.equal(lastAnswer(converse).state.kind, 'done');
  });

  it('are replaced by what is installed under another tag when the user says so, and not before', async () => {
    const { converse, door, remembered } = world({
      zones: { 'ollama/small:1b-instruct-q8_0': 'device', 'ollama/other:1b': 'device' },
    });
    await converse.start();
    door.down = { reason: 'model-missing', message: 'small:1b is not installed.' };
    await converse.ask('Why?');
    assert.equal(lastAnswer(converse).state.kind, 'failed');
    door.down = undefined;
    assert.deepEqual([door.sent.length, remembered], [0, []]);
    await converse.useInstalled(lastAnswer(converse).id);
    assert.deepEqual(
      door.sent.map(({ model }) => model),
      ['ollama/small:1b-instruct-q8_0'],
    );
    assert.deepEqual(remembered, ['ollama/small:1b-instruct-q8_0']);
    assert.equal(lastAnswer(converse).state.kind, 'done');
  });

  it('are replaced before the first question, too', async () => {
    const { converse, remembered } = world({ zones: { 'ollama/small:1b-instruct-q8_0': 'device' } });
    await converse.start();
    await converse.useInstalled();
    assert.deepEqual(remembered, ['ollama/small:1b-instruct-q8_0']);
    assert.equal(converse.state().model?.model, 'small:1b-instruct-q8_0');
  });

  it('are looked for again where what was offered has gone meanwhile', async () => {
    const { converse, door, remembered } = world({ zones: { 'ollama/small:1b-instruct-q8_0': 'device' } });
    await converse.start();
    door.zones = {};
    await converse.refreshModels();
    await converse.useInstalled();
    assert.deepEqual([remembered, converse.state().model], [[], undefined]);
  });

  it('say why a download failed', async () => {
    const { converse, door } = world();
    door.pull = async function* () {
      yield { kind: 'error', error: { reason: 'unexpected', message: 'No space left.', action: 'Free some.' } };
    };
    await converse.pull();
    assert.equal(converse.state().notice, 'No space left. Free some.');
  });

  it('stop being downloaded when the user says so', async () => {
    const { converse, door } = world();
    door.pull = async function* (_model, signal) {
      yield { kind: 'progress', status: 'pulling' };
      converse.cancelPull();
      if (!signal.aborted) yield { kind: 'done' };
    };
    await converse.pull();
    assert.equal(converse.state().pull, undefined);
    assert.equal(converse.state().notice, undefined);
  });

  it('leave no progress behind when the download breaks off', async () => {
    for (const cancelled of [true, false]) {
      const { converse, door } = world();
      door.pull = async function* () {
        yield { kind: 'progress', status: 'pulling' };
        if (cancelled) converse.cancelPull();
        throw new Error('broken off');
      };
      await converse.pull();
      assert.equal(converse.state().pull, undefined);
      assert.equal(converse.state().notice !== undefined, !cancelled);
    }
  });

  it('start with a good one where none is chosen or installed', async () => {
    const { converse, door } = world({ zones: {}, model: 'nothing' });
    await converse.pull();
    assert.deepEqual(door.pulled, ['ollama/qwen2.5-coder:1.5b']);
  });

  it('are waited for when Ollama is started, and the question is answered then', async () => {
    const { converse, door, clock, started } = world();
    door.down = notRunning;
    await converse.ask('Why?');
    const starting = converse.startOllama(lastAnswer(converse).id);
    assert.equal(started(), 1);
    await clock.advanceTo(4_000);
    door.down = undefined;
    await clock.advanceTo(6_000);
    await starting;
    assert.equal(lastAnswer(converse).state.kind, 'done');
  });

  it('are not waited for without end', async () => {
    const { converse, door, clock } = world();
    door.down = notRunning;
    const starting = converse.startOllama();
    await clock.advanceTo(60_000);
    await starting;
    assert.equal(converse.state().board[0]?.models.length, 0);
    assert.match(converse.state().notice ?? '', /ollama\.com\/download/);
  });

  it('that came by another way are found without hiding what was known', async () => {
    const { converse, door } = world({ zones: {} });
    await converse.start();
    assert.ok(converse.isIncomplete());
    door.zones = { [local]: 'device' };
    const looking = converse.lookAgain();
    assert.ok(converse.state().board.every(({ loading }) => !loading));
    await looking;
    assert.equal(converse.state().board[0]?.models.length, 1);
  });

  it('do not stop being waited for when they are listed anew', async () => {
    const { converse, door, clock } = world();
    door.down = notRunning;
    await converse.ask('Why?');
    const starting = converse.startOllama(lastAnswer(converse).id);
    await clock.advanceTo(2_000);
    await converse.lookAgain();
    door.down = undefined;
    await clock.advanceTo(6_000);
    await starting;
    assert.equal(lastAnswer(converse).state.kind, 'done');
  });
});
