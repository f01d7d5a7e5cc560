import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { ErrorReason, FinishReason } from '../../../src/core/exchange/stream.ts';
import { modelNotFound, ollamaFailures } from '../../support/fake-ollama/failures.ts';
import type { OllamaBehaviour } from '../../support/fake-ollama/options.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import { proxyPage } from '../../support/fake-server/behaviour.ts';
import { chat, completion, createWorld, eventOf, part, run } from '../../egress/support/world.ts';

const servers: FakeOllama[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const coder = { name: 'qwen2.5-coder:1.5b', family: 'qwen2' };
const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
const hole = completion([part('prefix', 'return CANARY_PREFIX_1 '), part('suffix', '}')]);

/** Runs one completion against a server that fails so while generating; looking the model up goes well. */
async function failing(behaviour: OllamaBehaviour, patience = {}) {
  const server = await startFakeOllama({
    models: [coder],
    answer: () => 'one two three four five',
    behaviour: ({ path }) => (path === '/api/generate' ? behaviour : undefined),
  });
  servers.push(server);
  const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }], patience });
  return run(guard, hole, model);
}

const failures: readonly (readonly [name: string, behaviour: OllamaBehaviour, reason: ErrorReason, message: RegExp])[] =
  [
    ['is busy', { failure: ollamaFailures.busy }, 'busy', /busy/],
    ['refuses the host with an empty 403', { failure: ollamaFailures.forbidden }, 'forbidden', /host name/],
    ['has its cloud switched off', { failure: ollamaFailures.cloudDisabled }, 'forbidden', /cloud model/],
    [
      'cannot load the model',
      { failure: ollamaFailures.loadFailed },
      'load-failed',
      /could not run qwen2.5-coder:1.5b/,
    ],
    ['loses its runner', { failure: ollamaFailures.runnerStopped }, 'load-failed', /could not run/],
    ['asks for a sign-in', { failure: ollamaFailures.signIn }, 'unauthorized', /sign-in/],
    [
      'does not know the model any more',
      { failure: modelNotFound('qwen2.5-coder:1.5b') },
      'model-missing',
      /not installed/,
    ],
    ['is limited', { failure: ollamaFailures.tooManyRequests }, 'rate-limited', /slow down/],
    ['stands behind a proxy that got nothing', { failure: proxyPage(502, 'Bad Gateway') }, 'upstream-failed', /proxy/],
    ['stands behind a proxy that gave up', { failure: proxyPage(504, 'Gateway Time-out') }, 'upstream-failed', /proxy/],
    ['stands behind a proxy with a small limit', { failure: proxyPage(413, 'Too Large') }, 'too-long', /too large/],
    ['redirects', { failure: { kind: 'redirect', status: 307, to: 'http://127.0.0.1:9/' } }, 'redirected', /elsewhere/],
    ['resets the connection', { failure: { kind: 'reset' } }, 'broken-stream', /closed the connection/],
    [
      'fails with an error frame',
      {
        ending: {
          kind: 'error-frame',
          afterTokens: 2,
          message: 'an error was encountered while running the model: unexpected EOF',
        },
      },
      'broken-stream',
      /middle of the answer/,
    ],
    [
      'runs out of memory in an error frame',
      { ending: { kind: 'error-frame', afterTokens: 2, message: 'CUDA error: out of memory' } },
      'load-failed',
      /could not run/,
    ],
    ['breaks off in the middle', { ending: { kind: 'reset', afterTokens: 2 } }, 'broken-stream', /broke/],
    ['sends garbage', { ending: { kind: 'garbage-line', afterTokens: 2 } }, 'broken-stream', /broke off/],
  ];

describe('an Ollama that', () => {
  for (const [name, behaviour, reason, message] of failures)
    it(`${name} gives ${reason}`, async () => {
      const { error } = eventOf(await failing(behaviour), 'error');
      assert.equal(error.reason, reason);
      assert.match(error.message, message);
      assert.ok(error.action !== undefined && error.action.length > 5, 'no action');
      assert.doesNotMatch(`${error.message} ${error.action}`, /CANARY/);
    });

  it('says how much memory is missing', async () => {
    const error = 'model requires more system memory (5.6 GiB) than is available (3.2 GiB)';
    const result = await failing({ failure: { kind: 'json', status: 500, body: { error } } });
    assert.equal(
      eventOf(result, 'error').error.message,
      'qwen2.5-coder:1.5b needs 5.6 GiB of memory and 3.2 GiB is free.',
    );
  });

  it('stalls in the middle gives timeout', async () => {
    const result = await failing({ ending: { kind: 'stall', afterTokens: 2 } }, { idle: 60 });
    assert.equal(eventOf(result, 'error').error.reason, 'timeout');
  });

  for (const ending of [
    { kind: 'cut', afterTokens: 3 },
    { kind: 'repeat', afterTokens: 1, token: '\n' },
  ] as const)
    it(`ends without saying so (${ending.kind}) gives an incomplete answer`, async () => {
      const result = await failing({ ending });
      assert.equal(eventOf(result, 'finish').reason, 'incomplete' satisfies FinishReason);
      assert.ok(result.text.length > 0);
    });

  it('cuts frames and characters anywhere is read all the same', async () => {
    const server = await startFakeOllama({
      models: [coder],
      answer: () => 'größer ≥ 𝛼 // naïve',
      behaviour: () => ({ splitBytes: 1 }),
    });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    assert.equal((await run(guard, hole, model)).text, 'größer ≥ 𝛼 // naïve');
  });

  it('is not running says how to start it', async () => {
    const server = await startFakeOllama({});
    await server.stop();
    const { guard, receipts } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const result = await run(guard, hole, model);
    const { error } = eventOf(result, 'error');
    assert.equal(error.reason, 'not-running');
    assert.match(error.action ?? '', /ollama serve/);
    assert.equal(receipts[0]?.outcome.kind, 'failed');
    assert.equal(receipts[0]?.bytesOut, 0);
  });

  it('lacks the model says how to download it', async () => {
    const server = await startFakeOllama({ models: [] });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const { error } = eventOf(await run(guard, hole, model), 'error');
    assert.equal(error.reason, 'model-missing');
    assert.match(error.action ?? '', /ollama pull qwen2.5-coder:1.5b/);
    assert.equal(server.saw('CANARY_PREFIX_1'), false);
  });

  it('has a model without FIM says so without asking it', async () => {
    const server = await startFakeOllama({ models: [{ name: 'acme-talker:8b', capabilities: ['completion'] }] });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const { error } = eventOf(await run(guard, hole, { backend: 'ollama', model: 'acme-talker:8b' }), 'error');
    assert.equal(error.reason, 'no-insert');
    assert.equal(server.saw('CANARY_PREFIX_1'), false);
  });

  it('cannot hold the prompt says too-long instead of cutting it', async () => {
    const server = await startFakeOllama({ models: [coder], behaviour: () => undefined });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const long = completion([part('prefix', 'word '.repeat(30_000)), part('suffix', '}')]);
    assert.equal(eventOf(await run(guard, long, model), 'error').error.reason, 'too-long');
  });

  it('loads a cold model says loading and waits', async () => {
    const server = await startFakeOllama({ models: [{ ...coder, loadMs: 700 }], answer: () => 'ok' });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const result = await run(guard, hole, model);
    assert.deepEqual(result.kinds, ['decided', 'loading', 'delta', 'finish', 'receipt']);
  });

  it('is slow with a loaded model does not say loading', async () => {
    const server = await startFakeOllama({
      models: [{ ...coder, loaded: true }],
      answer: () => 'ok',
      defaultContext: 8192,
      behaviour: ({ path }) => (path === '/api/generate' ? { delayMs: 600 } : undefined),
    });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    assert.deepEqual((await run(guard, hole, model)).kinds, ['decided', 'delta', 'finish', 'receipt']);
  });

  it('is asked to chat and to complete is never made to load again', async () => {
    const server = await startFakeOllama({ models: [coder], answer: () => 'ok', chatAnswer: 'ok' });
    servers.push(server);
    const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
    const signal = new AbortController().signal;
    assert.equal(await guard.load(model, signal), undefined);
    for (let round = 0; round < 2; round += 1) {
      await run(guard, hole, model);
      await run(guard, { ...hole, intent: 'warm' }, model);
      await run(guard, chat([part('user', 'hello')]), model);
    }
    assert.equal(server.counters().reloads, 0);
    assert.equal(server.counters().loads, 1);
    const described = await guard.describe(model, signal);
    assert.ok(described.kind === 'described' && described.loaded);
  });
});
