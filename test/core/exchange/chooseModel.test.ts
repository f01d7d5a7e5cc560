import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseChatModel, chooseCompletionModel } from '../../../src/core/exchange/chooseModel.ts';
import type { ListedModel } from '../../../src/core/exchange/guard.ts';
import type { Zone } from '../../../src/core/label/reach.ts';

const models = [
  listed('llama3.1:8b', 4_700, 'device'),
  listed('qwen2.5-coder:7b', 4_600, 'device'),
  listed('qwen2.5-coder:1.5b', 1_000, 'device'),
  listed('nomic-embed-text', 270, 'device'),
  listed('gpt-oss:120b-cloud', 1, 'cloud'),
];

describe('choosing a model', () => {
  it('completes with the smallest local model that can fill a hole', () => {
    assert.equal(chooseCompletionModel(models)?.model, 'qwen2.5-coder:1.5b');
  });

  it('chats with the largest local model', () => {
    assert.equal(chooseChatModel(models)?.model, 'llama3.1:8b');
  });

  it('never chooses a model that runs elsewhere', () => {
    const cloud = models.filter(({ proof }) => proof.zone === 'cloud');
    assert.equal(chooseCompletionModel(cloud), undefined);
    assert.equal(chooseChatModel(cloud), undefined);
  });

  it('prefers the family that does better where sizes are equal', () => {
    const equal = [listed('codellama:7b-code', 986, 'device'), listed('qwen2.5-coder:1.5b', 986, 'device')];
    assert.equal(chooseCompletionModel(equal)?.model, 'qwen2.5-coder:1.5b');
  });

  it('chooses the same whatever the order of the list', () => {
    assert.deepEqual(chooseCompletionModel(models.toReversed()), chooseCompletionModel(models));
  });
});

function listed(model: string, bytes: number, zone: Zone): ListedModel {
  return {
    info: { ref: { backend: 'ollama', model }, capabilities: ['completion', 'chat'], bytes },
    proof: {
      zone,
      because: [],
      evidence: {
        origin: 'http://127.0.0.1:11434',
        peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
        server: { kind: 'ollama', version: '0.33.0' },
        model: { kind: 'local', pinned: true },
        host: 'this machine',
      },
    },
  };
}
