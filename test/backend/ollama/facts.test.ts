import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findTag, infoOf, shownOf, tagsOf } from '../../../src/backend/ollama/facts.ts';

const tags = tagsOf({
  models: [
    {
      name: 'qwen2.5-coder:1.5b',
      digest: 'd1',
      size: 986_062_089,
      details: { family: 'qwen2', parameter_size: '1.5B' },
    },
    { name: 'Llama3:latest', digest: 'd2', capabilities: ['completion', 'thinking', 'image'] },
    { name: 'innocent:1b', digest: 'd3', remote_host: 'https://ollama.com:443' },
    { digest: 'nameless' },
    'nonsense',
  ],
});

describe('findTag', () => {
  for (const [asked, found] of [
    ['qwen2.5-coder:1.5b', 'd1'],
    ['qwen2.5-coder:1.5b:local', 'd1'],
    ['library/qwen2.5-coder:1.5b', 'd1'],
    ['registry.ollama.ai/library/qwen2.5-coder:1.5b', 'd1'],
    ['llama3', 'd2'],
    ['qwen2.5-coder', undefined],
    ['acme/qwen2.5-coder:1.5b', undefined],
  ] as const)
    it(`finds ${asked}`, () => assert.equal(findTag(tags, asked)?.digest, found));
});

describe('tagsOf and shownOf', () => {
  it('leave out what is no model', () => assert.equal(tags.length, 3));

  it('read what other hosts run', () => {
    assert.equal(findTag(tags, 'innocent:1b')?.remoteHost, 'https://ollama.com:443');
    assert.equal(shownOf({ remote_model: 'x' }).remoteHost, 'x');
  });

  it('find the context length under the architecture', () =>
    assert.deepEqual(
      shownOf({
        capabilities: ['completion', 'insert'],
        template: '{{ .Suffix }}',
        model_info: { 'general.architecture': 'qwen2', 'qwen2.context_length': 32_768 },
      }),
      {
        capabilities: ['completion', 'insert', 'chat'],
        family: 'qwen2',
        contextLength: 32_768,
        template: '{{ .Suffix }}',
      },
    ));

  it('survive anything', () => {
    for (const value of [undefined, null, 7, 'x', [], {}, { models: 7 }, { model_info: [] }]) {
      assert.deepEqual(tagsOf(value), []);
      assert.deepEqual(shownOf(value).capabilities, []);
    }
  });
});

describe('infoOf', () => {
  it('believes the description before the list', () => {
    const [tag] = tags;
    const shown = shownOf({ capabilities: ['insert'], details: { family: 'other' } });
    const info = infoOf('b', 'm', { tag, shown });
    assert.deepEqual(
      [info.family, info.bytes, info.digest, info.parameterSize, info.capabilities],
      ['other', 986_062_089, 'd1', '1.5B', ['insert']],
    );
  });
});
