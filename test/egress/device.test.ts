import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Backend } from '../../src/backend/backend.ts';
import { objectOf } from '../../src/backend/json.ts';
import { createGuard } from '../../src/egress/guard.ts';
import { startFakeOllama, type FakeOllama } from '../support/fake-ollama/start.ts';
import type { FakeOllamaOptions } from '../support/fake-ollama/options.ts';
import { chat, completion, createWorld, eventOf, part, policyIn, run } from './support/world.ts';

const servers: FakeOllama[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

async function ollama(options: FakeOllamaOptions): Promise<FakeOllama> {
  const server = await startFakeOllama(options);
  servers.push(server);
  return server;
}

const coder = { name: 'qwen2.5-coder:1.5b', family: 'qwen2', template: '{{ .Prompt }}{{ .Suffix }}' };
const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };

describe('guard on this machine', () => {
  it('completes raw with a pinned model and proves the device', async () => {
    const server = await ollama({ models: [coder], answer: () => 'a + b;' });
    const { guard, receipts } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const result = await run(guard, completion([part('prefix', 'return '), part('suffix', '\n}')]), model);
    assert.equal(result.text, 'a + b;');
    const decided = eventOf(result, 'decided');
    assert.equal(decided.proof?.zone, 'device');
    assert.deepEqual(decided.proof.evidence.model.kind === 'local' && decided.proof.evidence.model.pinned, true);
    assert.deepEqual(eventOf(result, 'finish').served, { model: 'qwen2.5-coder:1.5b' });
    const sent = server.requests.find((request) => request.path === '/api/generate');
    assert.ok(sent);
    const fim = '<|fim_prefix|>return <|fim_suffix|>\n}<|fim_middle|>';
    const { options, ...body } = objectOf(sent.body);
    assert.deepEqual(body, {
      model: 'qwen2.5-coder:1.5b:local',
      prompt: fim,
      raw: true,
      think: false,
      truncate: false,
      stream: true,
      keep_alive: '30m',
    });
    const { stop, ...numbers } = objectOf(options);
    assert.deepEqual(numbers, { num_ctx: 8192, num_predict: 64, repeat_penalty: 1 });
    assert.ok(Array.isArray(stop));
    assert.equal(receipts.length, 1);
    assert.equal(receipts[0]?.bytesOut, sent.rawBody.byteLength);
    assert.equal(receipts[0]?.outcome.kind, 'done');
  });

  it('chats and shows thinking apart', async () => {
    const thinker = { name: 'qwen3:8b', capabilities: ['completion', 'thinking'] as const };
    const server = await ollama({ models: [thinker], chatAnswer: { text: 'Four.', thinking: 'Two and two.' } });
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const prompt = chat([part('system', 'Be brief.'), part('user', '2+2?')], { think: true });
    const result = await run(guard, prompt, { backend: 'ollama', model: 'qwen3:8b' });
    assert.equal(result.text, 'Four.');
    assert.equal(result.reasoning, 'Two and two.');
  });

  it('serves without any policy and in an untrusted workspace', async () => {
    const server = await ollama({ models: [coder], answer: () => 'ok' });
    for (const kind of ['none', 'loading', 'invalid'] as const) {
      const { guard } = createWorld({
        backends: [{ id: 'ollama', kind: 'ollama', url: server.url }],
        policy: policyIn(kind),
        trusted: () => false,
      });
      assert.equal((await run(guard, completion([part('prefix', 'x')]), model)).text, 'ok');
    }
  });

  it('asks about a model once a minute and not once a request', async () => {
    const server = await ollama({ models: [coder], answer: () => 'ok' });
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    for (let round = 0; round < 3; round += 1) await run(guard, completion([part('prefix', 'x')]), model);
    const paths = server.requests.map((request) => request.path).filter((path) => path !== '/api/generate');
    assert.deepEqual(paths.sort(), ['/api/ps', '/api/show', '/api/status', '/api/tags', '/api/version']);
  });

  it('tells the server when a request is cancelled before the first token', async () => {
    const server = await ollama({
      models: [coder],
      behaviour: ({ path }) => (path === '/api/generate' ? { failure: { kind: 'stall' } } : undefined),
    });
    const { guard, receipts } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const cancel = new AbortController();
    const work = run(guard, completion([part('prefix', 'x')]), model, cancel.signal);
    await server.waitFor(1, ({ path }) => path === '/api/generate');
    cancel.abort();
    assert.deepEqual((await work).kinds, ['decided', 'receipt']);
    await server.waitFor(1, ({ path, outcome }) => path === '/api/generate' && outcome === 'cancelled');
    assert.equal(receipts[0]?.outcome.kind, 'aborted');
    assert.ok((receipts[0]?.bytesOut ?? 0) > 0);
  });

  it('tells the server when the reader leaves the loop', async () => {
    const server = await ollama({ models: [coder], answer: () => 'word '.repeat(500), tokenMs: 5 });
    const { guard, receipts } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const never = new AbortController().signal;
    for await (const event of guard.send(completion([part('prefix', 'x')]), model, never))
      if (event.kind === 'delta') break;
    await server.waitFor(1, ({ path, outcome }) => path === '/api/generate' && outcome === 'cancelled');
    assert.equal(receipts[0]?.outcome.kind, 'aborted');
  });

  it('serves from inside the process without any connection', async () => {
    const { deps } = createWorld({ backends: [] });
    const embedded: Backend = {
      id: 'embedded',
      place: { kind: 'in-process' },
      proves: 'can prove',
      keepsTerms: false,
      routes: { look: [], completion: [], chat: [], load: [], pull: [] },
      headers: async () => ({ kind: 'headers', headers: {} }),
      look: async (_probe, name) => ({
        kind: 'seen',
        server: { kind: 'embedded' },
        model: { kind: 'local', pinned: true },
        info: { ref: { backend: 'embedded', model: name }, capabilities: ['completion'] },
      }),
      list: async () => ({ kind: 'models', server: { kind: 'embedded' }, models: [] }),
      async *stream({ parts, fetch, model: { model: name } }) {
        yield { kind: 'delta', text: `${parts.length} parts` };
        await assert.rejects(fetch('http://127.0.0.1:11434/api/generate', { method: 'POST', body: '{}' }));
        yield { kind: 'finish', reason: 'stop', usage: {}, served: { model: name } };
      },
      explain: () => ({ reason: 'unexpected', message: 'Broken.' }),
    };
    const transport = { connect: () => Promise.reject(new Error('must not be reached')) };
    const guard = createGuard({ ...deps, backends: () => [embedded], transport, policy: policyIn('none') });
    const prompt = completion([part('prefix', 'x', { reach: 'device' })]);
    const result = await run(guard, prompt, { backend: 'embedded', model: 'code' });
    assert.equal(result.text, '1 parts');
    assert.equal(eventOf(result, 'decided').proof?.zone, 'device');
  });
});
