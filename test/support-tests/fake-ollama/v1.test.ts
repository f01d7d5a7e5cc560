import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { record } from '../../support/fake-server/json.ts';
import { ask } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const models = [{ name: 'm', template: '{{ .Suffix }}' }];
const messages = [{ role: 'user', content: 'hello' }];

describe('fake Ollama: the OpenAI routes', () => {
  it('streams chat chunks: role once, finish alone, usage with empty choices, [DONE]', async () => {
    await withOllama({ models, answer: () => 'Hi there' }, async ({ url }) => {
      const body = { model: 'm', messages, stream: true, stream_options: { include_usage: true } };
      const { data, headers } = await ask(`${url}/v1/chat/completions`, { body });
      assert.equal(headers['content-type'], 'text/event-stream');
      assert.equal(data.at(-1), '[DONE]');
      const chunks = data
        .slice(0, -1)
        .map((line): unknown => JSON.parse(line))
        .map(record);
      assert.deepEqual(
        chunks.map(({ choices }) => choices),
        [
          [{ index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: null }],
          [{ index: 0, delta: { content: ' there' }, finish_reason: null }],
          [{ index: 0, delta: {}, finish_reason: 'stop' }],
          [],
        ],
      );
      assert.equal(record(chunks.at(-1)?.['usage'])['completion_tokens'], 2);
      assert.equal(chunks[0]?.['system_fingerprint'], 'fp_ollama');
    });
  });

  it('turns an error in the middle into an empty chunk of no model and an early end', async () => {
    const behaviour = () => ({ ending: { afterTokens: 1, kind: 'error-frame', message: 'boom' } as const });
    await withOllama({ models, answer: () => 'a b', behaviour }, async ({ url }) => {
      const { data, text } = await ask(`${url}/v1/chat/completions`, { body: { model: 'm', messages, stream: true } });
      assert.doesNotMatch(text, /boom|DONE/);
      const last = record(JSON.parse(data.at(-1) ?? ''));
      assert.deepEqual(
        [last['model'], last['choices']],
        ['', [{ index: 0, delta: { content: '' }, finish_reason: null }]],
      );
    });
  });

  it('takes a suffix on /v1/completions where the model can insert', async () => {
    await withOllama({ models: [...models, { name: 'plain' }], answer: () => 'mid' }, async ({ url }) => {
      const good = await ask(`${url}/v1/completions`, { body: { model: 'm', prompt: 'a', suffix: 'b' } });
      assert.deepEqual(good.json['choices'], [{ text: 'mid', index: 0, finish_reason: 'stop' }]);
      const bad = await ask(`${url}/v1/completions`, { body: { model: 'plain', prompt: 'a', suffix: 'b' } });
      assert.deepEqual(bad.json, {
        error: {
          message: 'registry.ollama.ai/library/plain:latest does not support insert',
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      });
      const streamed = await ask(`${url}/v1/completions`, { body: { model: 'm', prompt: 'a', stream: true } });
      assert.equal(streamed.data.at(-1), '[DONE]');
    });
  });

  it('lists models without a word about where they run', async () => {
    const stub = { remoteHost: 'https://ollama.com:443', remoteModel: 'x' };
    await withOllama({ models: [{ name: 'cloudy', stub }] }, async ({ url }) => {
      const { json, text } = await ask(`${url}/v1/models`);
      assert.equal(json['object'], 'list');
      assert.doesNotMatch(text, /remote/);
    });
  });

  it('puts thinking in reasoning, and stops it for effort none', async () => {
    const thinker = [{ name: 'r1', capabilities: ['completion', 'thinking'] as const }];
    await withOllama({ models: thinker, answer: () => ({ text: 'yes', thinking: 'hm' }) }, async ({ url }) => {
      const say = async (extra: object): Promise<string> =>
        (await ask(`${url}/v1/chat/completions`, { body: { model: 'r1', messages, ...extra } })).text;
      assert.match(await say({}), /"content":"yes","reasoning":"hm"/);
      assert.doesNotMatch(await say({ reasoning_effort: 'none' }), /reasoning/);
    });
  });
});
