import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { record } from '../../support/fake-server/json.ts';
import { ask } from '../http.ts';
import { withOllama } from './with-ollama.ts';

const messages = [{ role: 'user', content: 'hello' }];
const tools = [{ type: 'function', function: { name: 'read', parameters: {} } }];

describe('fake Ollama: /api/chat', () => {
  it('streams message deltas and closes with an empty message and metrics', async () => {
    await withOllama({ models: [{ name: 'm' }], chatAnswer: 'Hi there' }, async ({ url }) => {
      const { lines } = await ask(`${url}/api/chat`, { body: { model: 'm', messages } });
      assert.deepEqual(
        lines.map((frame) => [frame['message'], frame['done']]),
        [
          [{ role: 'assistant', content: 'Hi' }, false],
          [{ role: 'assistant', content: ' there' }, false],
          [{ role: 'assistant', content: '' }, true],
        ],
      );
      assert.equal(lines.at(-1)?.['done_reason'], 'stop');
      assert.equal(lines.at(-1)?.['eval_count'], 2);
    });
  });

  it('keeps thinking in a field of its own', async () => {
    const models = [{ name: 'r1', capabilities: ['completion', 'thinking'] as const }];
    await withOllama({ models, chatAnswer: { text: 'yes', thinking: 'hm' } }, async ({ url }) => {
      const { lines } = await ask(`${url}/api/chat`, { body: { model: 'r1', messages } });
      assert.deepEqual(lines[0]?.['message'], { role: 'assistant', content: '', thinking: 'hm' });
      assert.deepEqual(lines[1]?.['message'], { role: 'assistant', content: 'yes' });
    });
  });

  for (const last of [false, true]) {
    it(`gives whole tool calls ${last ? 'with the last frame' : 'in the middle of the stream'}`, async () => {
      const toolCalls = [{ name: 'read', arguments: { path: 'a.ts' } }];
      const chatAnswer = { text: '', toolCalls, toolCallsLast: last };
      const models = [{ name: 'm', capabilities: ['completion', 'tools'] as const }];
      await withOllama({ models, chatAnswer }, async ({ url }) => {
        const { lines } = await ask(`${url}/api/chat`, { body: { model: 'm', messages, tools } });
        const frame = lines.find(({ message }) => record(message)['tool_calls'] !== undefined) ?? {};
        assert.equal(frame['done'], last);
        assert.match(
          JSON.stringify(frame),
          /"id":"call_[a-z0-9]{8}","function":\{"index":0,"name":"read","arguments":\{"path":"a\.ts"\}/,
        );
        assert.equal(lines.at(-1)?.['done_reason'], 'stop');
      });
    });
  }

  it('refuses tools, thinking and chat where the model cannot', async () => {
    const models = [{ name: 'm' }, { name: 'embed', capabilities: ['embedding'] as const }];
    await withOllama({ models }, async ({ url }) => {
      const say = async (body: object): Promise<unknown> => (await ask(`${url}/api/chat`, { body })).json['error'];
      assert.equal(
        await say({ model: 'm', messages, tools }),
        'registry.ollama.ai/library/m:latest does not support tools',
      );
      assert.equal(await say({ model: 'm', messages, think: 'high' }), '"m" does not support thinking');
      assert.equal(await say({ model: 'embed', messages }), '"embed" does not support chat');
      assert.equal(await say({ messages }), 'model is required');
      assert.equal(await say({ model: 'x', messages }), "model 'x' not found");
    });
  });

  it('loads for no messages', async () => {
    await withOllama({ models: [{ name: 'm' }] }, async ({ url }) => {
      const { json } = await ask(`${url}/api/chat`, { body: { model: 'm', messages: [] } });
      assert.deepEqual(
        [json['done'], json['done_reason'], json['message']],
        [true, 'load', { role: 'assistant', content: '' }],
      );
    });
  });
});
