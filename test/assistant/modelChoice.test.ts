import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createModelChoice } from '../../src/assistant/modelChoice.ts';
import type { Guard, ListedModel } from '../../src/core/exchange/guard.ts';
import type { BackendError } from '../../src/core/exchange/stream.ts';
import { parseSettings } from '../../src/core/settings/parseSettings.ts';

describe('the choice of models', () => {
  it('tells once that models are known, after a server that was down is up', async () => {
    const world = start(down);
    await world.choice.refresh();
    assert.deepEqual([world.told(), world.choice.forCompletion()[0]?.backend], [0, 'embedded']);
    world.models = installed('qwen2.5-coder:1.5b');
    world.now = 5_000;
    await world.choice.refresh();
    assert.deepEqual([world.told(), world.choice.forCompletion()[0]?.model], [1, 'qwen2.5-coder:1.5b']);
    world.now = 50_000;
    await world.choice.refresh();
    assert.equal(world.told(), 1);
  });

  it('asks a server that is down after one second, then twice as long each time, up to a minute', async () => {
    assert.deepEqual(await pauses(start(down), 8), [1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('leaves up to a quarter of the pause to chance', async () => {
    assert.deepEqual(await pauses(start(down, 1), 3), [1.25, 2.5, 5]);
  });

  it('asks soon again once a server was up', async () => {
    const world = start(down);
    await pauses(world, 4);
    world.models = installed('qwen2.5-coder:1.5b');
    assert.deepEqual(await pauses(world, 3), [16, 1, 1]);
  });

  it('asks at once where the user comes back, unless models are known', async () => {
    const world = start(down);
    await pauses(world, 6);
    world.models = installed('qwen2.5-coder:1.5b');
    world.choice.lookAgain();
    await world.choice.refresh();
    assert.equal(world.choice.forCompletion()[0]?.model, 'qwen2.5-coder:1.5b');
    const { asked } = world;
    world.choice.lookAgain();
    assert.equal(world.asked, asked);
  });

  it('takes a server that does not list its models in time for one that is down', async () => {
    const world = start(new Error('aborted'));
    assert.deepEqual(await pauses(world, 2), [1, 2]);
    assert.deepEqual(world.troubles.at(-1)?.message, 'ollama did not list its models.');
  });

  it('finds what is installed in the place of a missing model, and chooses a model no more that has gone', async () => {
    const world = start(installed('qwen2.5-coder:1.5b', 'qwen2.5-coder:7b'));
    await world.choice.refresh();
    const [chosen] = world.choice.forCompletion();
    assert.equal(chosen?.model, 'qwen2.5-coder:1.5b');
    world.models = installed('qwen2.5-coder:1.5b-base', 'qwen2.5-coder:7b');
    const found = chosen && (await world.choice.nearest(chosen, 'completion'));
    assert.equal(found?.model, 'qwen2.5-coder:1.5b-base');
    assert.equal(world.choice.forCompletion()[0]?.model, 'qwen2.5-coder:1.5b-base');
  });

  it('tells who completes while a model that the user named does not', async () => {
    const world = start(installed('qwen2.5-coder:1.5b'));
    await world.choice.refresh();
    const named = { backend: 'ollama', model: 'qwen2.5-coder:7b' };
    assert.equal(world.choice.standIn(named)?.model, 'qwen2.5-coder:1.5b');
    assert.equal(world.choice.standIn({ backend: 'ollama', model: 'qwen2.5-coder:1.5b' }), undefined);
    world.settings = parseSettings({ 'completion.nearerModel': 'ollama/gone:1b' }).settings;
    assert.equal(world.choice.standIn(named)?.model, 'qwen2.5-coder:1.5b');
    world.settings = parseSettings({
      'completion.model': 'ollama/qwen2.5-coder:7b',
      'completion.nearerModel': 'ollama/gone:1b',
    }).settings;
    assert.equal(world.choice.standIn(named), undefined);
  });

  it('knows who completes meanwhile once it has looked for what is in the place of a missing model', async () => {
    const world = start(installed('qwen2.5-coder:1.5b', 'qwen2.5-coder:7b-base'));
    const named = { backend: 'ollama', model: 'qwen2.5-coder:7b' };
    const listing = world.choice.refresh();
    assert.equal((await world.choice.nearest(named, 'completion'))?.model, 'qwen2.5-coder:7b-base');
    assert.equal(world.choice.standIn(named)?.model, 'qwen2.5-coder:1.5b');
    await listing;
  });

  it('finds nothing in the place of a missing model while its server is down', async () => {
    const { choice } = start(down);
    assert.equal(await choice.nearest({ backend: 'ollama', model: 'qwen2.5-coder:1.5b' }, 'completion'), undefined);
  });
});

type Models = Awaited<ReturnType<Guard['models']>>;

const defaults = parseSettings({}).settings;
const down: Models = { kind: 'failed', error: { reason: 'not-running', message: 'Ollama is not running.' } };

/** A choice over one server, which lists what the test says or throws. */
function start(models: Models | Error, random = 0) {
  let told = 0;
  const world = {
    models,
    now: 0,
    asked: 0,
    settings: defaults,
    troubles: [] as (BackendError | undefined)[],
    told: () => told,
  };
  const choice = createModelChoice({
    guard: {
      models: async () => {
        world.asked += 1;
        if (world.models instanceof Error) throw world.models;
        return world.models;
      },
    },
    settings: () => world.settings,
    now: () => world.now,
    random: () => random,
    deadline: () => new AbortController().signal,
    trouble: (error) => void world.troubles.push(error),
    listed: () => void told++,
  });
  return Object.assign(world, { choice });
}

/** Seconds from one question to the next, where somebody would like to ask every quarter of a second. */
async function pauses(world: ReturnType<typeof start>, count: number): Promise<number[]> {
  const seconds: number[] = [];
  await world.choice.refresh();
  for (let asked = world.asked, since = world.now; seconds.length < count; asked = world.asked, since = world.now) {
    while (world.asked === asked) {
      world.now += 250;
      await world.choice.refresh();
    }
    seconds.push((world.now - since) / 1_000);
  }
  return seconds;
}

function installed(...names: readonly string[]): Models {
  return { kind: 'models', models: names.map((name, at) => listed(name, at + 1)) };
}

function listed(model: string, bytes: number): ListedModel {
  return {
    info: { ref: { backend: 'ollama', model }, capabilities: ['completion', 'insert'], bytes },
    proof: {
      zone: 'device',
      because: [],
      evidence: {
        origin: '',
        peer: { kind: 'in-process' },
        server: { kind: 'unknown' },
        model: { kind: 'local', pinned: true },
        host: '',
      },
    },
  };
}
