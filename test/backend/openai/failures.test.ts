import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ErrorReason } from '../../../src/core/exchange/stream.ts';
import { openaiFailures, rateLimited } from '../../support/fake-openai/failures.ts';
import type { FakeOpenAIOptions, OpenAIBehaviour } from '../../support/fake-openai/options.ts';
import { startFakeOpenAI } from '../../support/fake-openai/start.ts';
import { chat, completion, createWorld, eventOf, part, run } from '../../egress/support/world.ts';

const servers: { stop: () => Promise<void> }[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const model = { backend: 'relay', model: 'acme/large' };
const hello = chat([part('user', 'hello CANARY_PROMPT_1')]);

async function failing(behaviour: OpenAIBehaviour, more: Partial<FakeOpenAIOptions> & { idle?: number } = {}) {
  const server = await startFakeOpenAI({
    models: [{ id: 'acme/large' }],
    chatAnswer: 'one two three four five',
    behaviour: () => behaviour,
    ...more,
  });
  servers.push(server);
  const kind = more.profile === 'openrouter' ? 'openrouter' : 'custom';
  const { guard } = createWorld({
    backends: [{ id: 'relay', kind, url: `${server.url}/v1` }],
    keys: { relay: 'CANARY_KEY' },
    patience: { idle: more.idle ?? 5000 },
  });
  return { result: await run(guard, hello, model), server };
}

const failures: readonly (readonly [name: string, behaviour: OpenAIBehaviour, reason: ErrorReason, action: RegExp])[] =
  [
    ['a wrong key', { failure: openaiFailures.unauthorized }, 'unauthorized', /Set API Key/],
    ['an empty account', { failure: openaiFailures.outOfCredits }, 'payment', /credit/],
    ['a used-up quota', { failure: openaiFailures.outOfQuota }, 'payment', /credit/],
    ['moderation', { failure: openaiFailures.moderated }, 'forbidden', /model/],
    ['terms nobody meets', { failure: openaiFailures.privacyRestricted }, 'privacy-restricted', /model/],
    ['a timeout', { failure: openaiFailures.timedOut }, 'timeout', /again/],
    ['a proxy with a small limit', { failure: openaiFailures.tooLarge }, 'too-long', /less/],
    ['too long a request', { failure: openaiFailures.contextExceeded }, 'too-long', /less/],
    ['an internal error', { failure: openaiFailures.serverError }, 'upstream-failed', /again/],
    ['an upstream that fails', { failure: openaiFailures.badGateway }, 'upstream-failed', /again/],
    ['a proxy that got nothing', { failure: openaiFailures.proxyBadGateway }, 'upstream-failed', /again/],
    ['a proxy that gave up', { failure: openaiFailures.proxyTimeout }, 'timeout', /again/],
    ['nobody free', { failure: openaiFailures.noProvider }, 'busy', /again/],
    ['a model still loading', { failure: openaiFailures.loadingModel }, 'busy', /again/],
    ['a gateway’s own exception', { failure: openaiFailures.portkeyException }, 'upstream-failed', /again/],
    ['a redirect', { failure: { kind: 'redirect', status: 308, to: 'http://127.0.0.1:9/' } }, 'redirected', /address/],
    ['a reset before the answer', { failure: { kind: 'reset' } }, 'broken-stream', /again/],
    [
      'a page instead of an answer',
      { failure: { kind: 'text', status: 200, contentType: 'text/html', body: '<html></html>' } },
      'unexpected',
      /\/v1/,
    ],
    [
      'an error in the stream',
      { ending: { kind: 'error-frame', afterTokens: 2, message: 'Provider disconnected' } },
      'upstream-failed',
      /again/,
    ],
    ['a reset in the stream', { ending: { kind: 'reset', afterTokens: 2 } }, 'broken-stream', /again/],
    ['garbage in the stream', { ending: { kind: 'garbage-line', afterTokens: 2 } }, 'broken-stream', /again/],
  ];

describe('an OpenAI-compatible server', () => {
  for (const [name, behaviour, reason, action] of failures)
    it(`gives ${reason} for ${name}, after one request`, async () => {
      const { result, server } = await failing(behaviour);
      const { error } = eventOf(result, 'error');
      assert.equal(error.reason, reason);
      assert.match(error.action ?? '', action);
      assert.doesNotMatch(`${error.message} ${error.action}`, /CANARY/);
      assert.equal(server.requests.length, 1);
    });

  it('says how long to wait when it limits', async () => {
    const { result } = await failing({ failure: rateLimited(7) });
    const { error } = eventOf(result, 'error');
    assert.deepEqual([error.reason, error.retryAfterMs], ['rate-limited', 7000]);
  });

  it('times out in the middle', async () => {
    const { result } = await failing({ ending: { kind: 'stall', afterTokens: 2 } }, { idle: 60 });
    assert.equal(eventOf(result, 'error').error.reason, 'timeout');
  });

  it('is honest about an old llama.cpp error that nobody sees', async () => {
    const { result } = await failing({
      errorField: true,
      ending: { kind: 'error-frame', afterTokens: 2, message: 'x' },
    });
    assert.equal(eventOf(result, 'finish').reason, 'incomplete');
  });

  it('names OpenRouter’s error in the stream', async () => {
    const { result } = await failing(
      { ending: { kind: 'error-frame', afterTokens: 2, message: 'Provider disconnected' } },
      { profile: 'openrouter' },
    );
    assert.equal(eventOf(result, 'error').error.reason, 'upstream-failed');
  });

  it('does not know the model', async () => {
    for (const profile of ['plain', 'openrouter', 'vllm'] as const) {
      const { result } = await failing({}, { profile, models: [] });
      assert.equal(eventOf(result, 'error').error.reason, 'model-missing', profile);
    }
  });

  for (const usageIn of ['own-chunk', 'finish-chunk', 'nowhere'] as const)
    it(`counts tokens when usage comes ${usageIn}`, async () => {
      const { result } = await failing({ usageIn });
      const { usage, reason } = eventOf(result, 'finish');
      assert.equal(reason, 'stop');
      assert.equal(typeof usage.outputTokens, usageIn === 'nowhere' ? 'undefined' : 'number');
    });

  it('offers no completion through OpenRouter and sends nothing', async () => {
    const server = await startFakeOpenAI({ profile: 'openrouter', models: [{ id: 'acme/large' }] });
    servers.push(server);
    const { guard } = createWorld({
      backends: [{ id: 'relay', kind: 'openrouter', url: `${server.url}/v1` }],
      keys: { relay: 'CANARY_KEY' },
    });
    const result = await run(guard, completion([part('prefix', 'a'), part('suffix', 'b')]), model);
    assert.equal(eventOf(result, 'error').error.reason, 'no-insert');
    assert.equal(server.requests.length, 0);
  });

  it('refuses a suffix says no-insert', async () => {
    const server = await startFakeOpenAI({ profile: 'vllm', models: [{ id: 'acme/large' }] });
    servers.push(server);
    const { guard } = createWorld({
      backends: [{ id: 'relay', kind: 'custom', url: `${server.url}/v1` }],
      settings: { 'completion.templates': { 'acme/large': 'suffix' } },
    });
    const result = await run(guard, completion([part('prefix', 'a'), part('suffix', 'b')]), model);
    assert.equal(eventOf(result, 'error').error.reason, 'no-insert');
  });

  it('lists its models with their context', async () => {
    const server = await startFakeOpenAI({
      profile: 'openrouter',
      models: [{ id: 'acme/large', contextLength: 131_072 }],
    });
    servers.push(server);
    const { guard } = createWorld({
      backends: [{ id: 'relay', kind: 'openrouter', url: `${server.url}/v1` }],
      keys: { relay: 'CANARY_KEY' },
    });
    const list = await guard.models('relay', new AbortController().signal);
    assert.ok(list.kind === 'models');
    assert.deepEqual(
      list.models.map(({ info, proof }) => [info.ref.model, info.contextLength, proof.zone]),
      [['acme/large', 131_072, 'cloud']],
    );
  });
});
