import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDownload } from '../../../src/core/settings/parseDownload.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';

const backends: readonly BackendRecord[] = [
  { id: 'far', kind: 'custom', url: 'https://far.example/v1' },
  { id: 'ollama', kind: 'ollama', url: 'http://127.0.0.1:11434' },
  { id: 'team', kind: 'ollama', url: 'http://team.example:11434' },
];

describe('parseDownload', () => {
  for (const [text, backend, model] of [
    ['ollama/qwen2.5-coder:1.5b', 'ollama', 'qwen2.5-coder:1.5b'],
    ['team/small', 'team', 'small'],
    [' qwen2.5-coder:1.5b ', 'ollama', 'qwen2.5-coder:1.5b'],
    ['ollama/someone/model:latest', 'ollama', 'someone/model:latest'],
    ['ollama/hf.co/someone/Model-GGUF:Q4_K_M', 'ollama', 'hf.co/someone/Model-GGUF:Q4_K_M'],
    ['ollama/localhost:5000/someone/model', 'ollama', 'localhost:5000/someone/model'],
    ['ollama/gpt-oss:20b:local', 'ollama', 'gpt-oss:20b:local'],
  ] as const)
    it(`reads ${text}`, () =>
      assert.deepEqual(parseDownload(text, backends), { kind: 'model', model: { backend, model } }));

  for (const text of [
    '',
    '   ',
    'ollama/',
    'two words',
    'ollama/two words',
    'ollama/:tag',
    'ollama/name:',
    'ollama/a:b:c',
    'ollama/-x',
    'ollama/a//b',
    'ollama/x/../y',
    'ollama/a/b/c/d',
    `ollama/${'x'.repeat(81)}`,
  ])
    it(`says how to write "${text.slice(0, 20)}" instead`, () =>
      assert.deepEqual(parseDownload(text, backends), {
        kind: 'problem',
        message: "Write a model's name as Ollama does, for example ollama/qwen2.5-coder:1.5b.",
      }));

  it('does not take a backend that downloads nothing, nor one that nobody set up, for a part of the name', () => {
    for (const text of ['far/model', 'olama/model', '/model'])
      assert.deepEqual(parseDownload(text, backends), {
        kind: 'problem',
        message: 'Begin with a backend that downloads models, for example ollama/qwen2.5-coder:1.5b.',
      });
  });

  it('says what to do where no backend downloads', () => {
    const { kind, ...rest } = parseDownload('small', backends.slice(0, 1));
    assert.equal(kind, 'problem');
    assert.match(JSON.stringify(rest), /Add one under ringfence\.backends/);
  });
});
