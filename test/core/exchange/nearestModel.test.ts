import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListedModel } from '../../../src/core/exchange/guard.ts';
import { nearestModel } from '../../../src/core/exchange/nearestModel.ts';
import type { ModelUse } from '../../../src/core/exchange/unfit.ts';
import type { Zone } from '../../../src/core/label/reach.ts';

type Pair = readonly [missing: string, installed: string, use: ModelUse];

const same: readonly Pair[] = [
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b-base', 'completion'],
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b-base-q4_K_M', 'completion'],
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b-instruct-q8_0', 'completion'],
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b-instruct-fp16', 'chat'],
  ['qwen2.5-coder:1.5b-base-q4_K_M', 'qwen2.5-coder:1.5b', 'completion'],
  ['qwen2.5-coder:1.5b', 'hf.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF:Q4_K_M', 'completion'],
  [
    'hf.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF:Q4_K_M',
    'hf.co/bartowski/Qwen2.5-Coder-1.5B-Instruct-GGUF:IQ4_XS',
    'chat',
  ],
  ['hf.co/Qwen/Qwen2.5-Coder-7B-GGUF', 'qwen2.5-coder:7b', 'completion'],
  ['registry.example:5000/team/qwen2.5-coder:7b', 'qwen2.5-coder:7b', 'completion'],
  ['qwen2.5-coder', 'qwen2.5-coder:7b', 'completion'],
  ['qwen2.5-coder:latest', 'qwen2.5-coder:7b', 'chat'],
  ['qwen3-coder:30b', 'qwen3-coder:30b-a3b-q8_0', 'completion'],
  ['qwen3-coder:30b', 'hf.co/unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF:UD-Q4_K_XL', 'chat'],
  ['codellama:7b', 'codellama:7b-code-q4_0', 'completion'],
  ['codegemma:2b', 'codegemma:2b-code', 'completion'],
  ['stable-code:3b', 'stable-code:3b-code-q4_0', 'completion'],
  ['starcoder2:15b-instruct', 'starcoder2:15b-q4_0', 'completion'],
  ['deepseek-coder:6.7b', 'hf.co/TheBloke/DeepSeek-Coder-6.7B-base-GGUF:Q5_K_M', 'completion'],
  ['gemma3:12b', 'gemma3:12b-it-qat', 'chat'],
  ['gemma3:12b-it-q4_K_M', 'gemma3:12b', 'chat'],
  ['gpt-oss:20b', 'hf.co/ggml-org/gpt-oss-20b-GGUF:mxfp4', 'chat'],
  ['mixtral:8x7b', 'mixtral:8x7b-instruct-q4_0', 'chat'],
  ['qwen2.5-coder:1.5b-base', 'qwen2.5-coder:1.5b', 'chat'],
];

const different: readonly Pair[] = [
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:7b', 'completion'],
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:0.5b', 'completion'],
  ['qwen2.5-coder:14b', 'qwen2.5-coder:1.4b', 'completion'],
  ['qwen2.5-coder:7b', 'qwen2.5:7b', 'chat'],
  ['qwen2.5:7b', 'qwen2.5-coder:7b', 'chat'],
  ['qwen2.5-coder:7b', 'qwen3-coder:7b', 'completion'],
  ['qwen2.5-coder:7b', 'qwen2.5-coder-abliterated:7b', 'chat'],
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b', 'completion'],
  ['qwen2.5-coder', 'qwen2.5-coder:latest', 'completion'],
  // Fills in, does not answer.
  ['qwen2.5-coder:1.5b', 'qwen2.5-coder:1.5b-base-q4_K_M', 'chat'],
  ['codellama:7b', 'codellama:7b-code', 'chat'],
  // Answers, was not trained to fill in.
  ['starcoder2:15b', 'starcoder2:15b-instruct', 'completion'],
  ['codegemma:7b', 'codegemma:7b-instruct', 'completion'],
  ['codellama:7b', 'codellama:7b-python', 'completion'],
  ['llama3.1:8b', 'llama3.1:8b-instruct-q4_0', 'completion'],
  ['gemma3:4b', 'gemma3n:e4b', 'chat'],
  ['qwen3-coder:480b', 'qwen3-coder:480b-cloud', 'chat'],
  ['qwen3-coder:480b', 'qwen3-coder:480b:cloud', 'completion'],
  ['nomic-embed-text', 'nomic-embed-text:v1.5', 'chat'],
];

describe('the installed model that is the missing one under another tag', () => {
  assert.ok(same.length + different.length >= 25);
  for (const [missing, installed, use] of same)
    it(`${missing} is there as ${installed}, for ${use}`, () =>
      assert.equal(nearest(missing, [listed(installed)], use), installed));

  for (const [missing, installed, use] of different)
    it(`${missing} is not ${installed}, for ${use}`, () =>
      assert.equal(nearest(missing, [listed(installed)], use), undefined));

  it('is found by its size where its tag names none', () => {
    const latest = (parameterSize: string) => listed('qwen2.5-coder:latest', { parameterSize });
    assert.equal(nearest('qwen2.5-coder:7b', [latest('7.6B')], 'completion'), 'qwen2.5-coder:latest');
    assert.equal(nearest('qwen2.5-coder:0.5b', [latest('494.03M')], 'completion'), 'qwen2.5-coder:latest');
    assert.equal(nearest('qwen2.5-coder:1.5b', [latest('7.6B')], 'completion'), undefined);
    assert.equal(nearest('qwen2.5-coder:7b', [latest('unknown')], 'completion'), undefined);
    assert.equal(nearest('qwen2.5-coder:7b', [listed('qwen2.5-coder')], 'completion'), undefined);
  });

  it('is never one that runs in the cloud, whatever it is called', () => {
    assert.equal(nearest('qwen2.5-coder:7b', [listed('qwen2.5-coder:7b-q8_0', { zone: 'cloud' })], 'chat'), undefined);
  });

  it('may run on the server of the organisation that was asked', () => {
    const there = listed('qwen2.5-coder:7b-q8_0', { zone: 'perimeter' });
    assert.equal(nearest('qwen2.5-coder:7b', [there], 'chat'), 'qwen2.5-coder:7b-q8_0');
  });

  it('is never one of another server', () => {
    const missing = { backend: 'team', model: 'qwen2.5-coder:7b' };
    assert.equal(nearestModel(missing, [listed('qwen2.5-coder:7b-q8_0')], 'chat'), undefined);
  });

  it('is the likest of several: by its tuning, then from the library, then the smallest', () => {
    const all = [
      listed('qwen2.5-coder:1.5b-base', { bytes: 1 }),
      listed('hf.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF:Q8_0', { bytes: 2 }),
      listed('qwen2.5-coder:1.5b-instruct-fp16', { bytes: 4 }),
      listed('qwen2.5-coder:1.5b-instruct-q8_0', { bytes: 3 }),
    ];
    for (const models of [all, all.toReversed()]) {
      assert.equal(
        nearest('qwen2.5-coder:1.5b-instruct-q4_K_M', models, 'completion'),
        'qwen2.5-coder:1.5b-instruct-q8_0',
      );
      assert.equal(nearest('qwen2.5-coder:1.5b-base-q4_K_M', models, 'completion'), 'qwen2.5-coder:1.5b-base');
    }
  });
});

function nearest(missing: string, models: readonly ListedModel[], use: ModelUse): string | undefined {
  return nearestModel({ backend: 'ollama', model: missing }, models, use)?.model;
}

function listed(
  model: string,
  known: { readonly zone?: Zone; readonly bytes?: number; readonly parameterSize?: string } = {},
): ListedModel {
  const { zone = 'device', ...rest } = known;
  return {
    info: { ref: { backend: 'ollama', model }, capabilities: ['completion', 'chat'], ...rest },
    proof: {
      zone,
      because: [],
      evidence: {
        origin: 'http://localhost:11434',
        peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
        server: { kind: 'ollama', version: '0.33.0' },
        model: { kind: 'local', pinned: true },
        host: 'this machine',
      },
    },
  };
}
