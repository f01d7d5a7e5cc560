import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { PullEvent } from '../../../src/core/exchange/guard.ts';
import type { FakeOllamaOptions } from '../../support/fake-ollama/options.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import { completion, createWorld, eventOf, part, run } from '../../egress/support/world.ts';

const servers: FakeOllama[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
const layers = [
  { digest: 'sha256:6a0746a1ec1a', total: 4000 },
  { digest: 'sha256:1b0000000000', total: 500 },
];
const coder = { name: model.model, family: 'qwen2', layers, stepBytes: 500 };
const hole = completion([part('prefix', 'a'), part('suffix', 'b')]);

async function world(options: FakeOllamaOptions) {
  const server = await startFakeOllama({ answer: () => 'ok', ...options });
  servers.push(server);
  return { server, ...createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] }) };
}

async function gather(events: AsyncIterable<PullEvent>): Promise<readonly PullEvent[]> {
  const all: PullEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const never = new AbortController().signal;

describe('pull', () => {
  it('reports progress in bytes, ends with done, and the model is there at once', async () => {
    const { guard } = await world({ models: [], pullable: [coder] });
    assert.equal(eventOf(await run(guard, hole, model), 'error').error.reason, 'model-missing');
    const events = await gather(guard.pull(model, never));
    assert.equal(events.at(-1)?.kind, 'done');
    const amounts = events.flatMap((event) =>
      event.kind === 'progress' && event.total === 4000 ? [event.completed ?? 0] : [],
    );
    assert.ok(amounts.length > 3);
    assert.deepEqual(
      amounts,
      amounts.toSorted((a, b) => a - b),
    );
    assert.equal((await run(guard, hole, model)).text, 'ok');
  });

  it('stops at the server when it is cancelled, and goes on where it stopped', async () => {
    const { server, guard } = await world({ pullable: [{ ...coder, stepMs: 20 }] });
    const cancel = new AbortController();
    const work = gather(guard.pull(model, cancel.signal));
    await server.waitFor(1, (request) => request.path === '/api/pull' && request.firstByteAt !== undefined);
    setTimeout(() => cancel.abort(), 90);
    const told = await work;
    assert.ok(
      told.every((event) => event.kind === 'progress'),
      'cancelling is not a failure',
    );
    await server.waitFor(1, (request) => request.path === '/api/pull' && request.outcome === 'cancelled');
    const events = await gather(guard.pull(model, never));
    const first = events.find((event) => event.kind === 'progress' && event.completed !== undefined);
    assert.ok(first?.kind === 'progress' && (first.completed ?? 0) > 0, 'it began again from nothing');
    assert.equal(events.at(-1)?.kind, 'done');
  });

  it('says nothing where it was cancelled before the server was asked', async () => {
    const { guard } = await world({ pullable: [coder] });
    assert.deepEqual(await gather(guard.pull(model, AbortSignal.abort())), []);
  });

  it('stops at the server when the reader leaves the loop', async () => {
    const { server, guard } = await world({ pullable: [{ ...coder, stepMs: 20 }] });
    for await (const event of guard.pull(model, never)) if (event.kind === 'progress' && event.completed) break;
    await server.waitFor(1, (request) => request.path === '/api/pull' && request.outcome === 'cancelled');
  });

  it('says what stopped it', async () => {
    const failing = {
      ...coder,
      failure: { afterBytes: 1000, message: 'write /models/blobs/x: no space left on device' },
    };
    const { guard } = await world({ pullable: [failing] });
    const full = (await gather(guard.pull(model, never))).at(-1);
    assert.ok(full?.kind === 'error');
    assert.match(full.error.message, /disk/);
    const unknown = (await gather(guard.pull({ backend: 'ollama', model: 'no-such-model:1b' }, never))).at(-1);
    assert.ok(unknown?.kind === 'error');
    assert.equal(unknown.error.reason, 'model-missing');
  });

  it('is refused where the backend has no such thing', async () => {
    const { guard } = createWorld({ backends: [{ id: 'x', kind: 'custom', url: 'http://127.0.0.1:9/v1' }] });
    const [event] = await gather(guard.pull({ backend: 'x', model: 'm' }, never));
    assert.ok(event?.kind === 'error');
  });
});
