import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observeModels } from '../../src/assistant/observeModels.ts';
import type { Guard, ListedModel, ModelList } from '../../src/core/exchange/guard.ts';

const model: ListedModel = {
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
};

describe('who waits for models', () => {
  it('is told when a backend has listed some', async () =>
    assert.equal(await told({ kind: 'models', models: [model] }), 1));
  it('is not told of a list without any', async () => assert.equal(await told({ kind: 'models', models: [] }), 0));
  it('is not told of a backend that does not answer', async () =>
    assert.equal(
      await told({ kind: 'failed', error: { reason: 'not-running', message: 'Ollama is not running.' } }),
      0,
    ));
});

async function told(list: ModelList): Promise<number> {
  let times = 0;
  const guard: Pick<Guard, 'models'> = { models: () => Promise.resolve(list) };
  const observed = observeModels(guard, () => void times++);
  assert.equal(await observed.models('ollama', new AbortController().signal), list);
  return times;
}
