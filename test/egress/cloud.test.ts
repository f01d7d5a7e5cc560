import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { objectOf } from '../../src/backend/json.ts';
import { startFakeOpenAI } from '../support/fake-openai/start.ts';
import type { FakeOpenAIOptions } from '../support/fake-openai/options.ts';
import { defaultSettings } from '../../src/core/policy/settings.ts';
import { chat, completion, createWorld, eventOf, part, policyIn, run, type Worldly } from './support/world.ts';

type Server = Awaited<ReturnType<typeof startFakeOpenAI>>;
const servers: Server[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

async function openai(options: FakeOpenAIOptions): Promise<Server> {
  const server = await startFakeOpenAI(options);
  servers.push(server);
  return server;
}

/** A relay on loopback that nobody vouches for: its zone is the cloud, and the test can look at what came in. */
function relay(server: Server, kind: 'custom' | 'openrouter' = 'custom', more: Partial<Worldly> = {}) {
  return createWorld({
    backends: [{ id: 'relay', kind, url: `${server.url}/v1` }],
    keys: { relay: 'CANARY_KEY_relay' },
    ...more,
  });
}

const model = { backend: 'relay', model: 'acme/large' };
const models = [{ id: 'acme/large' }];
const hello = chat([part('user', 'hello')]);

describe('guard towards the cloud', () => {
  it('takes an unattested relay on loopback for the cloud, and serves under a policy', async () => {
    const server = await openai({ models, chatAnswer: 'Good day.' });
    const { guard } = relay(server);
    const result = await run(guard, hello, model);
    assert.equal(eventOf(result, 'decided').proof?.zone, 'cloud');
    assert.equal(result.text, 'Good day.');
    assert.deepEqual(eventOf(result, 'finish').reason, 'stop');
  });

  it('sends nothing but the key, two content headers and its own name', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_API_KEY: 'CANARY_ENV_KEY_1',
      OPENAI_ADMIN_KEY: 'CANARY_ENV_KEY_2',
      OPENAI_ORG_ID: 'CANARY_ENV_ORG_3',
      OPENAI_PROJECT_ID: 'CANARY_ENV_PROJECT_4',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/CANARY_ENV_URL_5',
      OPENAI_CUSTOM_HEADERS:
        'x-canary: CANARY_ENV_HEADER_6\nauthorization: Bearer CANARY_ENV_HEADER_7\naccept: CANARY_ENV_HEADER_8',
      OPENAI_LOG: 'debug',
    });
    try {
      const server = await openai({ models, chatAnswer: 'ok' });
      const { guard } = relay(server);
      await run(guard, hello, model);
      await guard.models('relay', new AbortController().signal);
      assert.equal(server.saw('CANARY_ENV_'), false);
      const [sent] = server.requests;
      assert.deepEqual(Object.keys(sent?.headers ?? {}).sort(), [
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'content-length',
        'content-type',
        'host',
        'user-agent',
      ]);
      assert.equal(sent?.headers.authorization, 'Bearer CANARY_KEY_relay');
      assert.equal(sent?.headers['user-agent'], 'Ringfence');
    } finally {
      for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    }
  });

  it('asks OpenRouter for the terms of the policy and says who served', async () => {
    const server = await openai({
      profile: 'openrouter',
      models,
      upstream: { provider: 'Acme Inference', keepsNothing: true },
      chatAnswer: 'ok',
    });
    const cloud = { ...defaultSettings.cloud, retention: 'deny', upstreams: [['Acme', 'Other'], ['acme']] } as const;
    const { guard } = relay(server, 'openrouter', { policy: policyIn('loaded', { cloud }) });
    const result = await run(guard, hello, model);
    assert.equal(eventOf(result, 'finish').served.upstream, 'Acme Inference');
    const body = objectOf(server.requests[0]?.body);
    assert.deepEqual(body['provider'], { data_collection: 'deny', zdr: true, only: ['acme'], allow_fallbacks: false });
  });

  for (const spelling of ['reasoning', 'reasoning_content', 'thinking', 'reasoning_details', 'inline'] as const) {
    it(`shows reasoning apart when it comes as ${spelling}`, async () => {
      const server = await openai({ models, chatAnswer: { text: 'Four.', reasoning: 'Two and two.', spelling } });
      const result = await run(relay(server).guard, hello, model);
      assert.equal(result.reasoning.trim(), 'Two and two.');
      assert.equal(result.text, 'Four.');
    });
  }

  it('shows reasoning apart when the template had opened the tag', async () => {
    const server = await openai({
      models: [{ id: 'acme/r1' }],
      chatAnswer: { text: 'Four.', reasoning: 'Two and two.', spelling: 'inline-close-only' },
    });
    const result = await run(relay(server).guard, hello, { backend: 'relay', model: 'acme/r1' });
    assert.equal(result.reasoning.trim(), 'Two and two.');
    assert.equal(result.text, 'Four.');
  });

  it('fills in code with its own template where the server takes no suffix', async () => {
    const server = await openai({
      profile: 'vllm',
      models: [{ id: 'qwen2.5-coder' }],
      completions: [],
      answer: () => 'b;',
    });
    const prompt = completion([part('prefix', 'return '), part('suffix', '}')]);
    const result = await run(relay(server).guard, prompt, { backend: 'relay', model: 'qwen2.5-coder' });
    assert.equal(result.text, 'b;');
    assert.equal(objectOf(server.requests[0]?.body)['prompt'], '<|fim_prefix|>return <|fim_suffix|>}<|fim_middle|>');
  });

  it('marks an answer without a finish reason as incomplete', async () => {
    const server = await openai({
      models,
      chatAnswer: 'one two three four',
      behaviour: () => ({ ending: { kind: 'cut', afterTokens: 2 } }),
    });
    assert.equal(eventOf(await run(relay(server).guard, hello, model), 'finish').reason, 'incomplete');
  });

  it('closes the socket when the request is cancelled in the middle', async () => {
    const server = await openai({ models, chatAnswer: 'word '.repeat(500), tokenMs: 10 });
    const { guard, receipts } = relay(server);
    const cancel = new AbortController();
    for await (const event of guard.send(hello, model, cancel.signal)) if (event.kind === 'delta') cancel.abort();
    await server.waitFor(1, (request) => request.outcome === 'cancelled');
    assert.equal(receipts[0]?.outcome.kind, 'aborted');
  });

  it('keeps a gateway that named a public provider in the cloud from then on', async () => {
    const server = await openai({
      profile: 'litellm',
      models,
      upstream: { apiBase: 'https://api.openai.com/v1' },
      chatAnswer: 'ok',
    });
    const { guard } = createWorld({
      backends: [{ id: 'relay', kind: 'custom', url: `${server.url}/v1`, zone: 'perimeter' }],
    });
    const first = await run(guard, chat([part('user', 'hello', { reach: 'perimeter' })]), model);
    assert.equal(eventOf(first, 'decided').proof?.zone, 'perimeter');
    assert.equal(eventOf(first, 'error').error.reason, 'became-remote');
    const second = await run(guard, chat([part('user', 'hello', { reach: 'perimeter' })]), model);
    assert.equal(eventOf(second, 'decided').proof?.zone, 'cloud');
    assert.equal(eventOf(second, 'decided').verdict.kind, 'refuse');
    assert.equal(server.requests.length, 1);
  });
});
