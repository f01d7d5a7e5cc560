import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelInfo } from '../../../src/core/exchange/model.ts';
import { unfitFor } from '../../../src/core/exchange/unfit.ts';

describe('what a model is of no use for', () => {
  it('is completion where it was not trained to fill in', () => {
    assert.match(unfitFor('completion', info('llama3.1:8b')) ?? '', /^llama3\.1:8b was not trained to fill in code/);
    assert.equal(unfitFor('completion', info('qwen2.5-coder:1.5b-base')), undefined);
  });

  it('is decided by the template of the server or the user before the name', () => {
    const renamed = { ...info('mine'), template: '{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}' };
    assert.equal(unfitFor('completion', renamed), undefined);
    assert.equal(unfitFor('completion', info('mine'), 'qwen'), undefined);
    assert.notEqual(unfitFor('completion', info('mine')), undefined);
  });

  for (const [name, why] of [
    ['qwen2.5-coder:1.5b-base', /was not trained to answer/],
    ['codellama:7b-code', /was not trained to answer/],
    ['nomic-embed-text', /writes none/],
    ['qwen2.5-coder:1.5b', undefined],
    ['granite-code:8b', undefined],
  ] as const)
    it(`${why ? 'is' : 'is not'} chat for ${name}`, () => {
      const said = unfitFor('chat', info(name));
      if (why) assert.match(said ?? '', why);
      else assert.equal(said, undefined);
    });

  it('is chat where the server says that it makes embeddings', () => {
    assert.match(unfitFor('chat', { ...info('bge-m3'), capabilities: ['embedding'] }) ?? '', /writes none/);
  });
});

function info(model: string): ModelInfo {
  return { ref: { backend: 'ollama', model }, capabilities: ['completion', 'chat'] };
}
