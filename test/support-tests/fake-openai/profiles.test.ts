import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { list, record } from '../../support/fake-server/json.ts';
import { ask } from '../http.ts';
import { chunksOf, withOpenAI } from './with-openai.ts';

const messages = [{ role: 'user', content: 'hello' }];
const body = { model: 'm', messages, stream: true };

describe('fake OpenAI: products', () => {
  it('OpenRouter lists prices per token as strings, without a key', async () => {
    const models = [{ id: 'a/b', contextLength: 128_000, pricing: { prompt: '0.000001', completion: '0.000002' } }];
    await withOpenAI({ profile: 'openrouter', models, apiKey: 'CANARY_KEY' }, async ({ baseURL, url }) => {
      assert.equal(baseURL, `${url}/api/v1`);
      const [model] = list((await ask(`${baseURL}/models`)).json['data']).map(record);
      assert.equal(model?.['context_length'], 128_000);
      assert.equal(record(model?.['pricing'])['completion'], '0.000002');
      assert.equal((await ask(`${baseURL}/key`)).status, 401);
      const known = await ask(`${baseURL}/key`, { headers: { authorization: 'Bearer CANARY_KEY' } });
      assert.equal(record(known.json['data'])['limit_remaining'], 7.5);
    });
  });

  it('OpenRouter streams comments, provider, cost, and who served when asked', async () => {
    const options = {
      profile: 'openrouter',
      chatAnswer: 'Hi there',
      models: [{ id: 'm', servedAs: 'm-2026' }],
      upstream: { provider: 'Some Cloud', region: 'eu', attemptedFallbacks: 1 },
    } as const;
    await withOpenAI(options, async ({ baseURL }) => {
      const headers = { 'X-OpenRouter-Metadata': 'enabled' };
      const reply = await ask(`${baseURL}/chat/completions`, { body, headers });
      assert.match(reply.text, /^: OPENROUTER PROCESSING\n\n/);
      const id = String(reply.headers['x-generation-id']);
      assert.match(id, /^gen-/);
      const last = chunksOf(reply).at(-1) ?? {};
      assert.deepEqual([last['provider'], last['model'], last['choices']], ['Some Cloud', 'm-2026', []]);
      assert.ok(Number(record(last['usage'])['cost']) > 0);
      const metadata = record(last['openrouter_metadata']);
      assert.deepEqual([metadata['requested'], metadata['region'], metadata['attempt']], ['m', 'eu', 2]);
      const silent = await ask(`${baseURL}/chat/completions`, { body });
      assert.doesNotMatch(silent.text, /openrouter_metadata/);
      const later = await ask(`${baseURL}/generation?id=${id}`);
      assert.equal(record(later.json['data'])['provider_name'], 'Some Cloud');
      assert.equal((await ask(`${baseURL}/generation?id=nobody`)).status, 404);
    });
  });

  it('OpenRouter says nothing about who served when the answer came from its cache', async () => {
    const behaviour = () => ({ cacheHit: true });
    await withOpenAI({ profile: 'openrouter', behaviour }, async ({ baseURL }) => {
      const reply = await ask(`${baseURL}/chat/completions`, { body, headers: { 'X-OpenRouter-Metadata': 'enabled' } });
      assert.equal(reply.headers['x-openrouter-cache-status'], 'HIT');
      assert.doesNotMatch(reply.text, /openrouter_metadata/);
    });
  });

  it('OpenRouter finds nobody for a privacy wish that the upstream does not meet', async () => {
    const upstream = { keepsNothing: false, collectsData: true };
    await withOpenAI({ profile: 'openrouter', upstream }, async ({ baseURL }) => {
      for (const provider of [{ zdr: true }, { data_collection: 'deny' }]) {
        const { status, json } = await ask(`${baseURL}/chat/completions`, { body: { ...body, provider } });
        const { availability } = record(json['error']);
        assert.deepEqual([status, record(availability)['code']], [404, 'privacy_restricted']);
      }
      assert.equal((await ask(`${baseURL}/chat/completions`, { body })).status, 200);
    });
  });

  it('LiteLLM names deployment and upstream in headers and puts the asked name in the body', async () => {
    const options = {
      profile: 'litellm',
      models: [{ id: 'm', servedAs: 'other' }],
      upstream: { apiBase: 'https://api.example.com', attemptedFallbacks: 2 },
    } as const;
    await withOpenAI(options, async ({ baseURL }) => {
      const { headers, json } = await ask(`${baseURL}/chat/completions`, { body: { model: 'm', messages } });
      assert.equal(headers['x-litellm-model-api-base'], 'https://api.example.com');
      assert.equal(headers['x-litellm-model-group'], 'm');
      assert.equal(headers['x-litellm-attempted-fallbacks'], '2');
      assert.equal(headers['x-litellm-response-cost'], '0.000041');
      assert.equal(json['model'], 'm');
      const streamed = await ask(`${baseURL}/chat/completions`, { body });
      assert.equal(streamed.headers['x-litellm-response-cost'], undefined);
    });
  });

  it('Portkey wants to know the provider and says which option it used', async () => {
    const upstream = { provider: 'openai', attemptedFallbacks: 1 };
    await withOpenAI({ profile: 'portkey', upstream }, async ({ baseURL }) => {
      const refused = await ask(`${baseURL}/chat/completions`, { body });
      assert.deepEqual([refused.status, refused.json['status']], [400, 'failure']);
      const { headers } = await ask(`${baseURL}/chat/completions`, { body, headers: { 'x-portkey-config': '{}' } });
      assert.equal(headers['x-portkey-provider'], 'openai');
      assert.equal(headers['x-portkey-last-used-option-index'], 'config.targets[1]');
      assert.equal(headers['x-portkey-cache-status'], 'DISABLED');
    });
  });

  it('vLLM and llama.cpp tell the context length in their own fields', async () => {
    const models = [{ id: 'm', contextLength: 16_384 }];
    await withOpenAI({ profile: 'vllm', models }, async ({ baseURL }) => {
      const [model] = list((await ask(`${baseURL}/models`)).json['data']).map(record);
      assert.deepEqual([model?.['owned_by'], model?.['max_model_len']], ['vllm', 16_384]);
    });
    await withOpenAI({ profile: 'llamacpp', models }, async ({ baseURL }) => {
      const [model] = list((await ask(`${baseURL}/models`)).json['data']).map(record);
      assert.deepEqual([model?.['owned_by'], record(model?.['meta'])['n_ctx_train']], ['llamacpp', 16_384]);
    });
  });
});
