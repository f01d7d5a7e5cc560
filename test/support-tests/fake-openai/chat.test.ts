import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { list, record, text } from '../../support/fake-server/json.ts';
import type { ReasoningSpelling } from '../../support/fake-openai/options.ts';
import { ask } from '../http.ts';
import { chunksOf, withOpenAI } from './with-openai.ts';

const messages = [{ role: 'user', content: 'hello' }];
const body = { model: 'm', messages, stream: true };

describe('fake OpenAI: /chat/completions', () => {
  it('streams role, deltas, finish, usage with empty choices, and [DONE]', async () => {
    await withOpenAI({ chatAnswer: 'Hi there' }, async ({ baseURL, requests }) => {
      const reply = await ask(`${baseURL}/chat/completions`, {
        body: { ...body, stream_options: { include_usage: true } },
      });
      assert.equal(reply.headers['content-type'], 'text/event-stream');
      assert.equal(reply.data.at(-1), '[DONE]');
      const choices = chunksOf(reply).map((chunk) => list(chunk['choices']).map(record)[0]);
      assert.deepEqual(
        choices.map((choice) => [choice?.['delta'], choice?.['finish_reason']]),
        [
          [{ role: 'assistant', content: '' }, null],
          [{ content: 'Hi' }, null],
          [{ content: ' there' }, null],
          [{}, 'stop'],
          [undefined, undefined],
        ],
      );
      const usage = record(chunksOf(reply).at(-1)?.['usage']);
      assert.deepEqual([usage['prompt_tokens'], usage['completion_tokens']], [1, 2]);
      assert.equal(requests[0]?.tokens, 2);
    });
  });

  it('leaves usage out unless asked, or puts it on the finish chunk', async () => {
    await withOpenAI({ chatAnswer: 'Hi' }, async ({ baseURL }) => {
      assert.doesNotMatch((await ask(`${baseURL}/chat/completions`, { body })).text, /usage/);
    });
    const behaviour = () => ({ usageIn: 'finish-chunk' }) as const;
    await withOpenAI({ chatAnswer: 'Hi', behaviour }, async ({ baseURL }) => {
      const asked = { ...body, stream_options: { include_usage: true } };
      const last = chunksOf(await ask(`${baseURL}/chat/completions`, { body: asked })).at(-1) ?? {};
      assert.equal(list(last['choices']).map(record)[0]?.['finish_reason'], 'stop');
      assert.equal(record(last['usage'])['completion_tokens'], 1);
    });
  });

  const spelled: Readonly<Record<ReasoningSpelling, object>> = {
    reasoning: { reasoning: 'hm' },
    reasoning_content: { reasoning_content: 'hm' },
    thinking: { thinking: 'hm' },
    reasoning_details: {
      reasoning: 'hm',
      reasoning_details: [{ type: 'reasoning.text', text: 'hm', format: 'unknown', index: 0 }],
    },
    inline: { content: '<think>\nhm\n</think>\n\nyes' },
    'inline-close-only': { content: 'hm\n</think>\n\nyes' },
  };
  for (const [spelling, expected] of Object.entries(spelled)) {
    it(`spells reasoning as ${spelling}`, async () => {
      const known = Object.keys(spelled).find((name): name is ReasoningSpelling => name === spelling);
      assert.ok(known);
      await withOpenAI({ answer: () => ({ text: 'yes', reasoning: 'hm', spelling: known }) }, async ({ baseURL }) => {
        const deltas = chunksOf(await ask(`${baseURL}/chat/completions`, { body })).map((chunk) =>
          record(list(chunk['choices']).map(record)[0]?.['delta']),
        );
        const content = deltas.map((delta) => text(delta['content']) ?? '').join('');
        if (known === 'inline' || known === 'inline-close-only') assert.deepEqual({ content }, expected);
        else {
          assert.deepEqual(deltas[1], expected);
          assert.equal(content, 'yes');
        }
      });
    });
  }

  it('streams tool calls with their arguments in pieces', async () => {
    const toolCalls = [{ name: 'read', arguments: '{"path":"src/a.ts"}' }];
    await withOpenAI({ answer: () => ({ text: '', toolCalls }) }, async ({ baseURL }) => {
      const choices = chunksOf(await ask(`${baseURL}/chat/completions`, { body })).map(
        (chunk) => list(chunk['choices']).map(record)[0] ?? {},
      );
      const calls = choices.flatMap(({ delta }) => list(record(delta)['tool_calls']).map(record));
      assert.equal(record(calls[0]?.['function'])['name'], 'read');
      assert.ok(calls.length >= 3);
      assert.equal(
        calls.map((call) => String(record(call['function'])['arguments'])).join(''),
        toolCalls[0]?.arguments,
      );
      assert.equal(choices.at(-1)?.['finish_reason'], 'tool_calls');
    });
  });

  it('answers whole when it is not to stream, stops at max_tokens', async () => {
    await withOpenAI({ chatAnswer: 'one two three' }, async ({ baseURL }) => {
      const { json } = await ask(`${baseURL}/chat/completions`, { body: { model: 'm', messages, max_tokens: 2 } });
      const [choice] = list(json['choices']).map(record);
      assert.deepEqual(
        [choice?.['message'], choice?.['finish_reason']],
        [{ role: 'assistant', content: 'one two' }, 'length'],
      );
      assert.equal(record(json['usage'])['total_tokens'], 3);
    });
  });

  it('stops when the client leaves', async () => {
    await withOpenAI({ tokenMs: 10 }, async ({ baseURL, waitFor }) => {
      const gone = new AbortController();
      const asked = assert.rejects(ask(`${baseURL}/chat/completions`, { body, signal: gone.signal }));
      await waitFor(1, ({ tokens }) => tokens >= 2);
      gone.abort();
      await asked;
      const [seen] = await waitFor(1, ({ outcome }) => outcome === 'cancelled');
      assert.ok((seen?.tokens ?? 0) >= 2);
    });
  });
});

describe('fake OpenAI: /completions', () => {
  it('completes at the cursor by script, with suffix, streamed and whole', async () => {
    const completions = [{ after: 'return ', text: 'a + b;' }];
    await withOpenAI({ completions }, async ({ baseURL, requests }) => {
      const asked = { model: 'm', prompt: 'function add(a, b) { return ', suffix: '}', max_tokens: 20 };
      const whole = await ask(`${baseURL}/completions`, { body: asked });
      assert.equal(list(whole.json['choices']).map(record)[0]?.['text'], 'a + b;');
      const streamed = await ask(`${baseURL}/completions`, { body: { ...asked, stream: true } });
      const choices = chunksOf(streamed).map((chunk) => list(chunk['choices']).map(record)[0]);
      assert.equal(choices.map((choice) => String(choice?.['text'])).join(''), 'a + b;');
      assert.equal(choices.at(-1)?.['finish_reason'], 'stop');
      assert.equal(streamed.data.at(-1), '[DONE]');
      assert.deepEqual(record(requests[0]?.body)['suffix'], '}');
    });
  });

  it('refuses a suffix where the product does', async () => {
    const asked = { model: 'm', prompt: 'a', suffix: 'b' };
    await withOpenAI({ profile: 'vllm' }, async ({ baseURL }) => {
      const { status, json } = await ask(`${baseURL}/completions`, { body: asked });
      assert.deepEqual([status, record(json['error'])['message']], [400, 'suffix is not currently supported']);
    });
    await withOpenAI({ profile: 'llamacpp' }, async ({ baseURL }) => {
      const { json } = await ask(`${baseURL}/completions`, { body: asked });
      assert.equal(record(json['error'])['message'], 'Unsupported param: suffix');
    });
    await withOpenAI({ profile: 'vllm', takesSuffix: true }, async ({ baseURL }) => {
      assert.equal((await ask(`${baseURL}/completions`, { body: asked })).status, 200);
    });
  });
});
