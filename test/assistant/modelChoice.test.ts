import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createModelChoice } from '../../src/assistant/modelChoice.ts';
import type { Guard } from '../../src/core/exchange/guard.ts';
import { parseSettings } from '../../src/core/settings/parseSettings.ts';

describe('the choice of models', () => {
  it('tells once that models are known, after a server that was down is up', async () => {
    let now = 0;
    let up = false;
    let told = 0;
    const choice = createModelChoice({
      guard: { models: async () => (up ? installed : down) },
      settings: () => defaults,
      now: () => now,
      deadline: () => new AbortController().signal,
      trouble: () => undefined,
      listed: () => void told++,
    });
    await choice.refresh();
    assert.deepEqual([told, choice.forCompletion()[0]?.backend], [0, 'embedded']);
    up = true;
    now = 5_000;
    await choice.refresh();
    assert.deepEqual([told, choice.forCompletion()[0]?.model], [1, 'qwen2.5-coder:1.5b']);
    now = 50_000;
    await choice.refresh();
    assert.equal(told, 1);
  });
});

type Models = Awaited<ReturnType<Guard['models']>>;

const defaults = parseSettings({}).settings;
const down: Models = { kind: 'failed', error: { reason: 'not-running', message: 'Ollama is not running.' } };
const installed: Models = {
  kind: 'models',
  models: [
    {
      info: { ref: { backend: 'ollama', model: 'qwen2.5-coder:1.5b' }, capabilities: ['completion', 'insert'] },
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
    },
  ],
};
