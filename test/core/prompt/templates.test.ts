import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelCapability } from '../../../src/core/exchange/model.ts';
import { chooseTemplate, type ModelTraits } from '../../../src/core/prompt/templates.ts';

/** Names as servers list them, with what they should be asked by; nothing but the name is known. */
const byName: readonly (readonly [name: string, expected: string])[] = [
  ['qwen2.5-coder', 'qwen'],
  ['qwen2.5-coder:latest', 'qwen'],
  ['qwen2.5-coder:0.5b', 'qwen'],
  ['qwen2.5-coder:1.5b-base', 'qwen'],
  ['qwen2.5-coder:7b-instruct-q4_K_M', 'qwen'],
  ['qwen2.5-coder:32b-base-q8_0', 'qwen'],
  ['hf.co/Qwen/Qwen2.5-Coder-7B-GGUF:Q4_K_M', 'qwen'],
  ['hf.co/bartowski/Qwen2.5-Coder-14B-Instruct-GGUF', 'qwen'],
  ['registry.example/team/qwen2.5-coder:3b', 'qwen'],
  ['Qwen/Qwen2.5-Coder-1.5B', 'qwen'],
  ['qwen2.5-coder-1.5b-q8_0.gguf', 'qwen'],
  ['qwen3-coder:30b', 'qwen'],
  ['qwen3-coder:480b-a35b-q4_K_M', 'qwen'],
  ['codeqwen:7b-code', 'starcoder'],
  ['codeqwen:7b-chat', 'unfit'],
  ['codegemma:2b', 'codegemma'],
  ['codegemma:2b-code', 'codegemma'],
  ['codegemma:7b-code-q5_K_M', 'codegemma'],
  ['codegemma:7b-instruct', 'unfit'],
  ['granite-code:3b', 'starcoder'],
  ['granite-code:8b-base', 'starcoder'],
  ['granite-code:20b-instruct', 'unfit'],
  ['granite4:micro', 'granite4'],
  ['granite4:tiny-h', 'granite4'],
  ['starcoder:1b', 'starcoder'],
  ['starcoder:7b-base', 'starcoder'],
  ['starcoder2:3b', 'starcoder2'],
  ['starcoder2:15b-q4_0', 'starcoder2'],
  ['starcoder2:15b-instruct', 'unfit'],
  ['stable-code:3b-code-q4_0', 'starcoder'],
  ['stable-code', 'starcoder'],
  ['bigcode/santacoder', 'santacoder'],
  ['codellama:7b-code', 'codellama'],
  ['codellama:13b', 'codellama'],
  ['codellama:7b-instruct', 'codellama'],
  ['codellama:7b-python', 'unfit'],
  ['codellama:34b-code', 'unfit'],
  ['codellama:70b', 'unfit'],
  ['phind-codellama:34b', 'unfit'],
  ['deepseek-coder:1.3b-base', 'deepseek'],
  ['deepseek-coder:6.7b-instruct', 'deepseek'],
  ['deepseek-coder-v2:16b-lite-base-q4_0', 'deepseek'],
  ['hf.co/lmstudio-community/DeepSeek-Coder-V2-Lite-Instruct-GGUF', 'deepseek'],
  ['deepseek-r1:7b', 'unfit'],
  ['deepseek-v3:671b', 'unfit'],
  ['codestral:22b', 'codestral'],
  ['mistralai/codestral-2508', 'codestral'],
  ['mamba-codestral', 'unfit'],
  ['hf.co/ByteDance-Seed/Seed-Coder-8B-Base-GGUF', 'seed'],
  ['seed-coder:8b-instruct', 'unfit'],
  ['hf.co/JetBrains/Mellum-4b-base-gguf', 'mellum'],
  ['codegeex4:9b', 'codegeex'],
  ['llama3.2:3b', 'unfit'],
  ['qwen2.5:7b', 'unfit'],
  ['qwen3:8b', 'unfit'],
  ['gemma3:4b', 'unfit'],
  ['gpt-oss:20b', 'unfit'],
  ['mistral:instruct', 'unfit'],
  ['devstral:24b', 'unfit'],
  ['phi4:14b', 'unfit'],
  ['nomic-embed-text', 'unfit'],
];

describe('chooseTemplate by name', () => {
  assert.ok(byName.length >= 40);
  for (const [name, expected] of byName) it(`${name} → ${expected}`, () => assert.equal(choice({ name }), expected));
});

describe('chooseTemplate by what the server says', () => {
  const described: readonly (readonly [name: string, template: string, family: string, expected: string])[] = [
    [
      'my-coder',
      '{{ if .Suffix }}<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>',
      'qwen2',
      'qwen',
    ],
    // A copy under a name that says otherwise.
    ['starcoder2:3b', '<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>', 'qwen2', 'qwen'],
    ['team', '<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>', 'gemma', 'codegemma'],
    ['team', '<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>', 'granite', 'granite4'],
    ['x', '{{- if .Suffix }}<PRE> {{ .Prompt }} <SUF>{{ .Suffix }} <MID>', 'llama', 'codellama'],
    ['x', '[SUFFIX]{{ .Suffix }}[PREFIX] {{ .Prompt }}', 'llama', 'codestral'],
    ['x', '<｜fim▁begin｜>{{ .Prompt }}<｜fim▁hole｜>{{ .Suffix }}<｜fim▁end｜>', 'deepseek2', 'deepseek'],
    [
      'x',
      '<file_sep>{{ if .Suffix }}<fim_prefix>{{ .Prompt }}<fim_suffix>{{ .Suffix }}<fim_middle>',
      'starcoder2',
      'starcoder2',
    ],
    ['x', '<fim_prefix>{{ .Prompt }}<fim_suffix>{{ .Suffix }}<fim_middle>', 'starcoder', 'starcoder'],
    ['x', '<fim_suffix>{{ .Suffix }}<fim_prefix>{{ .Prompt }}<fim_middle>', 'llama', 'mellum'],
    ['x', '<[fim-suffix]>{{ .Suffix }}<[fim-prefix]>{{ .Prompt }}<[fim-middle]>', 'llama', 'seed'],
    ['x', '<|code_prefix|>{{ .Prompt }}<|code_suffix|>{{ .Suffix }}<|code_middle|>', 'glm4', 'glm'],
    ['codellama:34b', '<PRE> {{ .Prompt }} <SUF>{{ .Suffix }} <MID>', 'llama', 'codellama'],
  ];
  for (const [name, template, family, expected] of described)
    it(`${name} of family ${family} with ${template.slice(0, 40)} → ${expected}`, () =>
      assert.equal(choice({ name, template, family, capabilities: ['completion', 'insert'] }), expected));

  it('asks an unknown model that can insert by the suffix field', () =>
    assert.equal(choice({ name: 'novel-model', capabilities: ['completion', 'insert'] }), 'suffix'));
  it('says what to do about a model that cannot fill in code', () => {
    const unfit = chooseTemplate({ name: 'llama3.2:3b', capabilities: ['completion', 'chat'] });
    assert.match(unfit.kind === 'unfit' ? unfit.why : '', /llama3\.2:3b.*qwen2\.5-coder/);
  });
});

describe('chooseTemplate by the user', () => {
  it('lets a setting decide against the name', () =>
    assert.equal(choice({ name: 'qwen2.5-coder:7b', override: 'starcoder' }), 'starcoder'));
  it('lets a setting ask by the suffix field', () =>
    assert.equal(choice({ name: 'qwen2.5-coder:7b', override: 'suffix' }), 'suffix'));
});

function choice(traits: Partial<ModelTraits> & { readonly name: string }): string {
  const capabilities: readonly ModelCapability[] = ['completion'];
  const chosen = chooseTemplate({ capabilities, ...traits });
  return chosen.kind === 'raw' ? chosen.template.family : chosen.kind;
}
