import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { list, record } from '../../support/fake-server/json.ts';
import { ask } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const coder = {
  name: 'coder:1b',
  family: 'qwen2',
  template: '{{ .Prompt }}{{ .Suffix }}',
  contextLength: 32_768,
  system: 'You are terse.',
};

describe('fake Ollama: what it tells about itself', () => {
  it('introduces itself as Ollama with its version', async () => {
    await withOllama({ version: '0.32.15' }, async ({ url }) => {
      assert.equal((await ask(`${url}/`)).text, 'Ollama is running');
      assert.deepEqual((await ask(`${url}/api/version`)).json, { version: '0.32.15' });
      assert.equal((await ask(`${url}/api/tags`, { method: 'HEAD' })).status, 200);
      assert.deepEqual((await ask(`${url}/api/status`)).json, { cloud: { disabled: false, source: 'none' } });
    });
  });

  it('lists models with details, and with capabilities since 0.30', async () => {
    for (const [version, known] of [
      ['0.33.0-rc2', true],
      ['0.29.9', false],
    ] as const) {
      await withOllama({ version, models: [coder] }, async ({ url }) => {
        const [model] = list((await ask(`${url}/api/tags`)).json['models']).map(record);
        assert.equal(model?.['name'], 'coder:1b');
        assert.match(String(model?.['digest']), /^[0-9a-f]{64}$/);
        assert.deepEqual(model?.['capabilities'], known ? ['completion', 'insert'] : undefined);
        const details = record(model?.['details']);
        assert.deepEqual(
          [details['family'], details['quantization_level'], details['context_length']],
          ['qwen2', 'Q4_K_M', known ? 32_768 : undefined],
        );
      });
    }
  });

  it('has no /api/status before 0.16.2', async () => {
    await withOllama({ version: '0.16.1' }, async ({ url }) => {
      const { status, text } = await ask(`${url}/api/status`);
      assert.deepEqual([status, text], [404, '404 page not found']);
    });
  });

  it('describes a model: template, capabilities, context length under its architecture', async () => {
    await withOllama({ models: [coder] }, async ({ url }) => {
      const { json } = await ask(`${url}/api/show`, { body: { model: 'coder:1b' } });
      assert.equal(json['template'], coder.template);
      assert.equal(json['system'], 'You are terse.');
      assert.deepEqual(json['capabilities'], ['completion', 'insert']);
      const info = record(json['model_info']);
      assert.equal(info[`${String(info['general.architecture'])}.context_length`], 32_768);
      assert.ok(list(json['tensors']).length > 50);
      assert.equal((await ask(`${url}/api/show`, { body: { name: 'coder:1b' } })).status, 200);
      assert.equal((await ask(`${url}/api/show`, { body: {} })).json['error'], 'model is required');
      assert.equal((await ask(`${url}/api/show`, { body: { model: 'x' } })).json['error'], "model 'x' not found");
    });
  });

  it('tells the context length of what is in memory', async () => {
    await withOllama({ models: [coder, { name: 'other', loaded: true }] }, async ({ url }) => {
      await ask(`${url}/api/generate`, { body: { model: 'coder:1b', options: { num_ctx: 8192 } } });
      const models = list((await ask(`${url}/api/ps`)).json['models']).map(record);
      assert.deepEqual(
        models.map((model) => [model['name'], model['context_length']]),
        [
          ['other:latest', 4096],
          ['coder:1b', 8192],
        ],
      );
    });
  });

  it('answers wrong methods, paths and bodies as the server does', async () => {
    await withOllama({}, async ({ url }) => {
      assert.equal((await ask(`${url}/api/generate`)).status, 405);
      assert.equal((await ask(`${url}/api/nothing`)).status, 404);
      assert.equal((await ask(`${url}/api/chat`, { method: 'POST' })).json['error'], 'missing request body');
      assert.equal((await ask(`${url}/api/chat`, { body: '{"model":' })).json['error'], 'unexpected EOF');
      const typed = await ask(`${url}/api/generate`, { body: { model: 'm', prompt: 5 } });
      assert.equal(
        typed.json['error'],
        'json: cannot unmarshal number into Go struct field GenerateRequest.prompt of type string',
      );
      const both = await ask(`${url}/api/chat`, { body: { model: 'x:cloud:local' } });
      assert.deepEqual(
        [both.status, both.json['error']],
        [400, 'use either :local or :cloud, not both: "x:cloud:local"'],
      );
    });
  });

  it('turns away foreign hosts and origins with an empty 403', async () => {
    await withOllama({}, async ({ url }) => {
      const status = async (headers: Record<string, string>): Promise<readonly unknown[]> => {
        const reply = await ask(`${url}/api/version`, { headers });
        return [reply.status, reply.text === ''];
      };
      assert.deepEqual(await status({ host: 'evil.example' }), [403, true]);
      assert.deepEqual(await status({ origin: 'https://evil.example' }), [403, true]);
      assert.deepEqual(await status({ host: 'localhost:11434', origin: 'vscode-webview://abc' }), [200, false]);
      assert.deepEqual(await status({ host: '[::1]:11434' }), [200, false]);
    });
  });
});
