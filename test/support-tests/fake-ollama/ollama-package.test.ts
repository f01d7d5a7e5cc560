import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ollama } from 'ollama';
import { withOllama } from './with-ollama.ts';

const models = [
  { name: 'm', template: '{{ .Suffix }}', capabilities: ['completion', 'insert', 'tools', 'thinking'] as const },
];
const messages = [{ role: 'user', content: 'hello' }];

describe('fake Ollama driven by the ollama package', () => {
  it('serves version, lists, show and ps', async () => {
    await withOllama({ models }, async ({ url }) => {
      const client = new Ollama({ host: url });
      assert.deepEqual(await client.version(), { version: '0.33.0' });
      assert.equal((await client.list()).models[0]?.name, 'm:latest');
      assert.equal((await client.show({ model: 'm' })).capabilities.length, 4);
      await client.generate({ model: 'm', prompt: '' });
      assert.equal((await client.ps()).models.length, 1);
    });
  });

  it('streams generate and chat to a done frame', async () => {
    const answer = () => ({ text: 'one two', thinking: 'hm', toolCalls: [{ name: 'f', arguments: { a: 1 } }] });
    await withOllama({ models, answer }, async ({ url }) => {
      const client = new Ollama({ host: url });
      const said = [];
      for await (const part of await client.generate({ model: 'm', prompt: 'p', suffix: 's', stream: true }))
        said.push(part);
      assert.equal(said.map(({ response }) => response).join(''), 'one two');
      assert.equal(said.at(-1)?.done_reason, 'stop');
      assert.ok((said.at(-1)?.eval_duration ?? 0) > 0);
      const turns = [];
      for await (const part of await client.chat({ model: 'm', messages, stream: true })) turns.push(part.message);
      assert.equal(turns.map(({ thinking = '' }) => thinking).join(''), 'hm');
      assert.deepEqual(turns.flatMap(({ tool_calls = [] }) => tool_calls)[0]?.function.arguments, { a: 1 });
    });
  });

  it('pulls with progress', async () => {
    const pullable = [{ name: 'new', layers: [{ digest: 'sha256:00112233445566', total: 10 }] }];
    await withOllama({ models, pullable }, async ({ url }) => {
      const seen = [];
      for await (const part of await new Ollama({ host: url }).pull({ model: 'new', stream: true }))
        seen.push(part.status);
      assert.deepEqual([seen[0], seen.at(-1)], ['pulling manifest', 'success']);
    });
  });

  it('raises the errors that the package is known for', async () => {
    await withOllama({ models }, async ({ url }) => {
      await assert.rejects(new Ollama({ host: url }).generate({ model: 'x', prompt: 'p' }), {
        name: 'ResponseError',
        status_code: 404,
        error: "model 'x' not found",
      });
    });
    const cases = [
      [{ kind: 'error-frame', message: 'boom', afterTokens: 1 }, /^Error: boom$/],
      [{ kind: 'cut', afterTokens: 1 }, /Did not receive done or success response in stream/],
      [{ kind: 'reset', afterTokens: 1 }, /terminated/],
    ] as const;
    for (const [ending, message] of cases) {
      await withOllama({ models, behaviour: () => ({ ending }) }, async ({ url }) => {
        const drain = async (): Promise<void> => {
          const parts = await new Ollama({ host: url }).generate({
            model: 'm',
            prompt: 'p',
            think: false,
            stream: true,
          });
          for await (const part of parts) assert.equal(part.done, false);
        };
        await assert.rejects(drain(), message);
      });
    }
  });

  it('sees an aborted iterator as a client that left', async () => {
    await withOllama({ models, tokenMs: 10 }, async ({ url, waitFor }) => {
      const stream = await new Ollama({ host: url }).chat({ model: 'm', messages, stream: true });
      await assert.rejects(
        (async () => {
          for await (const part of stream) if (part.message.thinking) stream.abort();
        })(),
        { name: 'AbortError' },
      );
      await waitFor(1, ({ outcome }) => outcome === 'cancelled');
    });
  });
});
