import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseModelRef, pulledCloudName, qualifiedName } from '../../support/fake-ollama/names.ts';

describe('fake Ollama: model names', () => {
  for (const [name, base, source] of [
    ['gpt-oss:20b-cloud', 'gpt-oss:20b', 'cloud'],
    ['gpt-oss:20b:cloud', 'gpt-oss:20b', 'cloud'],
    ['kimi:cloud', 'kimi', 'cloud'],
    ['kimi:Cloud', 'kimi', 'cloud'],
    ['coder:7b:LOCAL', 'coder:7b', 'local'],
    ['my-cloud-model', 'my-cloud-model', 'unspecified'],
    ['my-cloud', 'my-cloud', 'unspecified'],
    ['m:supercloud', 'm:supercloud', 'unspecified'],
    ['m:cloud-7b', 'm:cloud-7b', 'unspecified'],
    ['registry.example:5000/team/x-cloud', 'registry.example:5000/team/x-cloud', 'unspecified'],
  ] as const) {
    it(`${name} is ${source}`, () => {
      assert.deepEqual(parseModelRef(name, { sources: true }), { kind: 'ref', base, source });
      assert.deepEqual(parseModelRef(name, { sources: false }), { kind: 'ref', base: name, source: 'unspecified' });
    });
  }

  it('names no place twice, and is never empty', () => {
    assert.equal(parseModelRef('x:cloud:local', { sources: true }).kind, 'conflict');
    assert.equal(parseModelRef(' ', { sources: true }).kind, 'missing');
    assert.equal(parseModelRef('x y', { sources: true }).kind, 'invalid');
  });

  it('has a full form and a form for the store', () => {
    assert.equal(qualifiedName('m'), 'registry.ollama.ai/library/m:latest');
    assert.equal(qualifiedName('hf.co/a/b:Q4'), 'hf.co/a/b:Q4');
    assert.deepEqual([pulledCloudName('x'), pulledCloudName('x:20b')], ['x:cloud', 'x:20b-cloud']);
  });
});
