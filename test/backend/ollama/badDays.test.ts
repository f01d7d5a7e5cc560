import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createKeepAlive } from '../../../src/backend/ollama/keepAlive.ts';
import { createOllama } from '../../../src/backend/ollama/ollama.ts';
import { within } from '../../../src/backend/ollama/within.ts';
import { withLoading } from '../../../src/backend/ollama/withLoading.ts';
import { PipeError } from '../../../src/core/exchange/pipeError.ts';
import type { StreamPart } from '../../../src/core/exchange/stream.ts';
import { parseDestination } from '../../../src/core/zone/destination.ts';
import { createGuard } from '../../../src/egress/guard.ts';
import { completion, createWorld, eventOf, part, run } from '../../egress/support/world.ts';
import type { OllamaBehaviour } from '../../support/fake-ollama/options.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';

const servers: FakeOllama[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
const hole = completion([part('prefix', 'return '), part('suffix', '}')]);
const never = new AbortController().signal;
const stall: OllamaBehaviour = { failure: { kind: 'stall' } };
const page: OllamaBehaviour = {
  failure: { kind: 'text', status: 200, body: '<html>CANARY_PAGE</html>', contentType: 'text/html; charset=utf-8' },
};

/** A server that serves each path as told; the rest goes well. */
async function serving(paths: Readonly<Record<string, OllamaBehaviour>>): Promise<FakeOllama> {
  const server = await startFakeOllama({
    models: [{ name: model.model, family: 'qwen2', loaded: true }],
    defaultContext: 8192,
    answer: () => 'ok',
    behaviour: ({ path }) => paths[path],
  });
  servers.push(server);
  return server;
}

/** A guard over an Ollama that may take so many milliseconds to say what it has. */
function guardOf({ url }: FakeOllama, lookMs = 15_000) {
  const { deps } = createWorld({ backends: [] });
  const parsed = parseDestination(url);
  assert.ok(parsed.kind === 'destination');
  const now = (): number => performance.now();
  const options = { base: url, contextLength: 8192, loadingAfterMs: 20, lookMs, templateFor: () => undefined };
  const place = { kind: 'network', destination: parsed.destination } as const;
  const ollama = createOllama({
    id: 'ollama',
    place,
    now,
    options: { ...options, keepAlive: createKeepAlive('5m', now) },
  });
  return createGuard({ ...deps, backends: () => [ollama] });
}

describe('an Ollama that', () => {
  for (const path of ['/api/version', '/api/tags', '/api/status', '/api/show'])
    it(`takes connections and never answers ${path} is not waited for`, async () => {
      const guard = guardOf(await serving({ [path]: stall }), 40);
      const { error } = eventOf(await run(guard, hole, model), 'error');
      assert.equal(error.reason, 'timeout');
      assert.match(error.message, /does not answer/);
      const described = await guard.describe(model, never);
      assert.equal(described.kind === 'failed' && described.error.reason, 'timeout');
      const listed = path === '/api/show' ? undefined : await guard.models('ollama', never);
      if (listed) assert.equal(listed.kind === 'failed' && listed.error.reason, 'timeout');
    });

  it('does not say what it holds in memory is asked all the same', async () => {
    const html = { failure: { kind: 'text', status: 500, body: '<html>', contentType: 'text/html' } } as const;
    for (const how of [html, { failure: { kind: 'reset' } }, page] as const) {
      const guard = guardOf(await serving({ '/api/ps': how }));
      const described = await guard.describe(model, never);
      assert.equal(described.kind === 'described' && described.loaded, true);
      assert.equal((await run(guard, hole, model)).text, 'ok');
    }
  });

  it('never says what it holds keeps nobody waiting who knows it by its answer', async () => {
    async function* parts(): AsyncGenerator<StreamPart> {
      await new Promise((resolve) => setTimeout(resolve, 30));
      yield { kind: 'delta', text: 'ok' };
    }
    const silent = (): Promise<boolean> => new Promise(() => undefined);
    const heard: StreamPart[] = [];
    for await (const each of withLoading(parts(), { isLoaded: silent, afterMs: 1 })) heard.push(each);
    assert.deepEqual(heard, [{ kind: 'delta', text: 'ok' }]);
  });

  for (const reason of ['load', 'unload'])
    it(`did nothing but ${reason} the model has not said that nothing follows`, async () => {
      const last = { model: `${model.model}:local`, response: '', done: true, done_reason: reason };
      const body = `${JSON.stringify(last)}\n`;
      const failure = { kind: 'text', status: 200, body, contentType: 'application/x-ndjson' } as const;
      const guard = guardOf(await serving({ '/api/generate': { failure } }));
      assert.equal(eventOf(await run(guard, hole, model), 'finish').reason, 'incomplete');
    });

  it('is a page for people instead says so, and the page is printed nowhere', async (context) => {
    const printed = (['log', 'warn', 'error'] as const).map((name) => context.mock.method(console, name, () => {}));
    for (const path of ['/api/version', '/api/tags', '/api/show', '/api/generate']) {
      const { error } = eventOf(await run(guardOf(await serving({ [path]: page })), hole, model), 'error');
      assert.match(error.message, /may not be Ollama/, path);
      assert.ok(error.action);
    }
    assert.deepEqual(
      printed.flatMap(({ mock }) => mock.calls.map((call) => call.arguments)),
      [],
    );
  });
});

describe('a stream that somebody in between calls otherwise', () => {
  const last = { model: `${model.model}:local`, response: 'ok', done: true, done_reason: 'stop' };
  for (const contentType of ['text/plain', 'application/json', 'application/octet-stream'])
    it(`is read all the same, and what makes no sense in it is printed nowhere: ${contentType}`, async (context) => {
      const printed = (['log', 'warn', 'error'] as const).map((name) => context.mock.method(console, name, () => {}));
      for (const [body, text] of [
        [`${JSON.stringify(last)}\n`, 'ok'],
        [JSON.stringify(last), 'ok'],
        ['CANARY_GARBAGE\n', ''],
      ] as const) {
        const failure = { kind: 'text', status: 200, body, contentType } as const;
        const result = await run(guardOf(await serving({ '/api/generate': { failure } })), hole, model);
        assert.equal(result.text, text);
        assert.ok(result.kinds.includes(text ? 'finish' : 'error'), result.kinds.join());
      }
      assert.deepEqual(
        printed.flatMap(({ mock }) => mock.calls.map((call) => call.arguments)),
        [],
      );
    });
});

describe('a question with an end', () => {
  const untilAborted = (live: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      live.addEventListener('abort', () => reject(new PipeError('aborted', 'Cancelled.')), { once: true });
    });
  it('fails with no-answer once its time is over', async () => {
    const late = within({ ms: 5, base: 'http://localhost' }, untilAborted, never);
    await assert.rejects(late, (error) => error instanceof PipeError && error.reason === 'no-answer');
  });
  it('is cancelled by whoever asked, and that is no fault of the server', async () => {
    const abort = new AbortController();
    const asked = within({ ms: 60_000, base: 'http://localhost' }, untilAborted, abort.signal);
    abort.abort();
    await assert.rejects(asked, (error) => error instanceof PipeError && error.reason === 'aborted');
  });
});
