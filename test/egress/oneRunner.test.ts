import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { objectOf } from '../../src/backend/json.ts';
import { startFakeOllama, type FakeOllama } from '../support/fake-ollama/start.ts';
import { chat, completion, createWorld, part, run } from './support/world.ts';

const servers: FakeOllama[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

/** Models that are asked in each of the ways there are: raw, by the suffix field, thinking, trained for a small window. */
const models = [
  { name: 'qwen2.5-coder:1.5b', family: 'qwen2', template: '{{ .Prompt }}{{ .Suffix }}' },
  { name: 'starcoder:1b', family: 'starcoder', contextLength: 4_096 },
  { name: 'novel:3b', family: 'novel', capabilities: ['completion', 'insert'] as const },
  { name: 'qwen3-coder:30b', family: 'qwen3', capabilities: ['completion', 'thinking'] as const },
];

describe('a session of completion, warming and chat', () => {
  for (const { name, contextLength } of models)
    it(`has one runner of ${name}, kept for as long by every request`, async () => {
      const server = await play(name);
      const asked = server.requests.filter(({ method, path }) => method === 'POST' && path !== '/api/show');
      assert.ok(asked.length >= 8, `${asked.length} requests`);
      const bodies = asked.map(({ body }) => objectOf(body));
      const options = bodies.map((body) => objectOf(body['options']));
      assert.deepEqual(new Set(options.map(({ num_ctx }) => num_ctx)), new Set([contextLength ?? 8_192]));
      for (const key of reloading)
        assert.ok(!options.some((sent) => key in sent) && !bodies.some((body) => key in body), key);
      assert.deepEqual(new Set(bodies.map(({ keep_alive }) => keep_alive)), new Set(['2h']));
      const { loads, reloads } = server.counters();
      assert.deepEqual([loads, reloads], [1, 0]);
    });
  it('asks for one token to warm up, never for none, and for no text to load', async () => {
    const server = await play('qwen2.5-coder:1.5b');
    const [load, warm] = server.requests
      .filter(({ path }) => path === '/api/generate')
      .map(({ body }) => objectOf(body));
    assert.equal(load?.['prompt'], '');
    assert.equal(objectOf(warm?.['options'])['num_predict'], 1);
    assert.notEqual(warm?.['prompt'], '');
  });
  it('keeps a model for ever where the user says so', async () => {
    const server = await play('qwen2.5-coder:1.5b', '-1');
    const kept = server.requests.filter(({ path }) => path === '/api/generate' || path === '/api/chat');
    assert.deepEqual(new Set(kept.map(({ body }) => objectOf(body)['keep_alive'])), new Set([-1]));
  });
});

describe('a model that somebody keeps in memory for ever', () => {
  for (const [use, prompt] of [
    ['chat', chat([part('user', '2+2?')])],
    ['completion', completion([part('prefix', 'return ')])],
  ] as const)
    it(`stays there after ${use}, though the settings say another time`, async () => {
      const server = await startFakeOllama({ models: [{ name: 'qwen2.5-coder:1.5b', loaded: true }] });
      servers.push(server);
      const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
      const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
      for (let round = 0; round < 2; round++) await run(guard, prompt, model);
      assert.equal(await guard.load(model, new AbortController().signal), undefined);
      const kept = server.requests.filter(({ path }) => path === '/api/generate' || path === '/api/chat');
      assert.deepEqual(
        kept.map(({ body }) => objectOf(body)['keep_alive']),
        [-1, -1, -1],
      );
      assert.equal(server.requests.filter(({ path }) => path === '/api/ps').length, 1);
    });
});

/** What makes a server load a model anew when it comes with other values, `num_ctx` aside. */
const reloading = [
  'shift',
  'num_thread',
  'num_gpu',
  'main_gpu',
  'num_batch',
  'use_mmap',
  'draft_num_predict',
  'num_keep',
];

async function play(name: string, keepAlive = '2h'): Promise<FakeOllama> {
  const server = await startFakeOllama({ models, answer: () => 'a + b;', chatAnswer: { text: 'Four.' } });
  servers.push(server);
  const { guard } = createWorld({
    backends: [{ id: 'ollama', kind: 'ollama', url: server.url }],
    settings: { keepAlive },
  });
  const model = { backend: 'ollama', model: name };
  const hole = [part('context', 'export const a = 1;'), part('prefix', 'return '), part('suffix', '\n}')];
  const question = [part('system', 'Be brief.'), part('user', '2+2?')];
  assert.equal(await guard.load(model, new AbortController().signal), undefined);
  for (const prompt of [
    { ...completion(hole, { maxTokens: 1 }), intent: 'warm' as const },
    completion(hole, { maxTokens: 256, temperature: 0 }),
    chat(question),
    completion(hole, { maxTokens: 512, temperature: 0.7, stop: ['\n\n'] }),
    chat(question, { think: true, maxTokens: 4_096 }),
    chat([...question, part('attachment', 'let x = 1;')], { temperature: 0.2 }),
    completion([part('prefix', ''), part('suffix', '')]),
  ])
    assert.ok((await run(guard, prompt, model)).kinds.includes('finish'), prompt.intent);
  return server;
}
