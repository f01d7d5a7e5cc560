import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { objectOf } from '../../../src/backend/json.ts';
import type { FakeModel, FakeOllamaOptions } from '../../support/fake-ollama/options.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import {
  chat,
  completion,
  createWorld,
  eventOf,
  part,
  policyIn,
  run,
  type Worldly,
} from '../../egress/support/world.ts';

const servers: FakeOllama[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const stub = { remoteHost: 'https://ollama.com:443', remoteModel: 'gpt-oss:120b' };
const coder: FakeModel = { name: 'qwen2.5-coder:1.5b', family: 'qwen2' };
const secret = completion([part('prefix', 'const key = "CANARY_SECRET_1"', { reach: 'device' }), part('suffix', ';')]);
const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };

async function world(options: FakeOllamaOptions, more: Partial<Worldly> = {}) {
  const server = await startFakeOllama({
    answer: () => 'ok',
    chatAnswer: 'ok',
    cloudAnswer: () => 'from afar',
    ...options,
  });
  servers.push(server);
  return { server, ...createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }], ...more }) };
}

describe('a local Ollama that serves a remote model', () => {
  for (const name of ['gpt-oss:120b-cloud', 'kimi:cloud', 'kimi:CLOUD', 'kimi:cloud '])
    it(`is the cloud for the name "${name}", and the name is not looked up`, async () => {
      const { server, guard } = await world({ models: [coder] });
      const result = await run(guard, secret, { backend: 'ollama', model: name });
      const { verdict, proof } = eventOf(result, 'decided');
      assert.equal(proof?.zone, 'cloud');
      assert.equal(verdict.kind, 'refuse');
      assert.equal(server.cloud.requests.length, 0);
      assert.equal(server.saw('CANARY_SECRET_1'), false);
    });

  it('is the cloud for a stub under an innocent name', async () => {
    const { server, guard } = await world({ models: [{ name: 'innocent:1b', stub }] });
    const result = await run(guard, secret, { backend: 'ollama', model: 'innocent:1b' });
    assert.equal(eventOf(result, 'decided').proof?.zone, 'cloud');
    assert.equal(server.saw('CANARY_SECRET_1'), false);
    assert.equal(server.cloud.requests.length, 0);
  });

  it('serves it under a policy and says who ran it', async () => {
    const { guard } = await world({ models: [{ name: 'innocent:1b', stub }] });
    const result = await run(guard, chat([part('user', 'hello')]), { backend: 'ollama', model: 'innocent:1b' });
    assert.equal(eventOf(result, 'decided').verdict.kind, 'allow');
    assert.equal(eventOf(result, 'finish').served.upstream, stub.remoteHost);
    assert.equal(result.text, 'from afar');
  });

  it('refuses it without a policy', async () => {
    const { guard } = await world({ models: [{ name: 'innocent:1b', stub }] }, { policy: policyIn('none') });
    const result = await run(guard, chat([part('user', 'hello')]), { backend: 'ollama', model: 'innocent:1b' });
    const { verdict } = eventOf(result, 'decided');
    assert.ok(verdict.kind === 'refuse' && verdict.cause.reason === 'no-policy');
  });

  it('answers 404 to the pin, not the cloud, when a stub was swapped in after the check', async () => {
    const { server, guard } = await world({ models: [{ ...coder, swapAfterShow: stub }] });
    const result = await run(guard, secret, model);
    assert.equal(eventOf(result, 'decided').proof?.zone, 'device');
    assert.equal(eventOf(result, 'error').error.reason, 'model-missing');
    const next = await run(guard, secret, model);
    assert.equal(eventOf(next, 'decided').proof?.zone, 'cloud', 'it was not looked at again');
    assert.equal(server.cloud.requests.length, 0);
    assert.equal(server.cloud.saw('CANARY_SECRET_1'), false);
  });

  it('is noticed in the list when it is too old to pin and a stub was swapped in since', async () => {
    const { server, guard } = await world({ version: '0.13.0', models: [coder] });
    const first = await run(guard, secret, model);
    assert.equal(first.text, 'ok');
    const evidence = eventOf(first, 'decided').proof?.evidence.model;
    assert.ok(evidence?.kind === 'local' && !evidence.pinned);
    server.setModel({ ...coder, stub });
    const second = await run(guard, secret, model);
    // The list is read again for every request that cannot be pinned, so the swap shows before anything is sent.
    assert.equal(eventOf(second, 'decided').verdict.kind, 'refuse');
    assert.equal(server.cloud.requests.length, 0);
  });

  it('ends the stream at the first frame that names another host', async () => {
    const { guard, receipts } = await world({
      version: '0.13.0',
      models: [coder],
      behaviour: ({ path }) =>
        path === '/api/generate'
          ? {
              failure: {
                kind: 'text',
                status: 200,
                contentType: 'application/x-ndjson',
                body: `${JSON.stringify({ model: 'qwen2.5-coder:1.5b', remote_host: 'https://ollama.com:443', remote_model: 'x', response: 'far', done: false })}\n`,
              },
            }
          : undefined,
    });
    const result = await run(guard, secret, model);
    assert.equal(eventOf(result, 'error').error.reason, 'became-remote');
    assert.equal(result.text, '');
    assert.ok(receipts[0]?.outcome.kind === 'failed' && receipts[0].outcome.reason === 'became-remote');
  });

  it('ends the stream when an unpinned answer comes from another model', async () => {
    const frame = { model: 'gpt-oss:120b', response: 'far', done: false };
    const { guard } = await world({
      version: '0.13.0',
      models: [coder],
      behaviour: ({ path }) =>
        path === '/api/generate'
          ? {
              failure: {
                kind: 'text',
                status: 200,
                contentType: 'application/x-ndjson',
                body: `${JSON.stringify(frame)}\n`,
              },
            }
          : undefined,
    });
    assert.equal(eventOf(await run(guard, secret, model), 'error').error.reason, 'became-remote');
  });

  it('never sends a pin to a server that would take it for a tag', async () => {
    const { server, guard } = await world({ version: '0.13.0', models: [coder] });
    await run(guard, secret, model);
    const asked = server.requests.map(({ body }) => objectOf(body)['model']).filter((name) => name !== undefined);
    assert.deepEqual(asked, [model.model, model.model]);
  });

  it('does not take a model for its own that the server does not list', async () => {
    const body = JSON.stringify({ models: [] });
    const { server, guard } = await world({
      models: [coder],
      behaviour: ({ path }) =>
        path === '/api/tags'
          ? { failure: { kind: 'text', status: 200, contentType: 'application/json', body } }
          : undefined,
    });
    const { verdict, proof } = eventOf(await run(guard, secret, model), 'decided');
    assert.equal(proof?.zone, 'cloud');
    assert.equal(verdict.kind, 'refuse');
    assert.equal(server.saw('CANARY_SECRET_1'), false);
  });

  it('downloads no cloud name and loads no remote model', async () => {
    const { server, guard } = await world({ models: [{ name: 'innocent:1b', stub }] });
    const signal = new AbortController().signal;
    const events = [];
    for await (const event of guard.pull({ backend: 'ollama', model: 'kimi:cloud' }, signal)) events.push(event.kind);
    assert.deepEqual(events, ['error']);
    assert.equal(await guard.load({ backend: 'ollama', model: 'innocent:1b' }, signal), undefined);
    assert.equal(server.cloud.requests.length, 0);
  });

  it('lists every model with the zone it would be served in', async () => {
    const { guard } = await world({ models: [coder, { name: 'innocent:1b', stub }, { name: 'kimi:20b-cloud', stub }] });
    const list = await guard.models('ollama', new AbortController().signal);
    assert.ok(list.kind === 'models');
    const zones = Object.fromEntries(list.models.map(({ info, proof }) => [info.ref.model, proof.zone]));
    assert.deepEqual(zones, { 'qwen2.5-coder:1.5b': 'device', 'innocent:1b': 'cloud', 'kimi:20b-cloud': 'cloud' });
  });
});
