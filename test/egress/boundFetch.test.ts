import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PipeError } from '../../src/core/exchange/pipeError.ts';
import { parseDestination } from '../../src/core/zone/destination.ts';
import { bindFetch, type Binding } from '../../src/egress/boundFetch.ts';
import type { WireRequest } from '../../src/egress/wireRequest.ts';

const parsed = parseDestination('http://127.0.0.1:11434/ollama');
assert.ok(parsed.kind === 'destination');
const { destination } = parsed;

function bound(change: Partial<Binding> = {}) {
  const sent: WireRequest[] = [];
  const door = bindFetch({
    destination,
    routes: [
      { method: 'POST', path: '/api/chat' },
      { method: 'GET', path: '/api/ps' },
    ],
    headers: { authorization: 'Bearer CANARY_KEY' },
    bodies: 1,
    open: async () => ({
      peer: { kind: 'loopback', address: '127.0.0.1', port: 11434 },
      exchange: async (request) => {
        sent.push(request);
        return new Response('ok');
      },
      close: () => undefined,
    }),
    clear: (body) => body,
    signal: new AbortController().signal,
    ...change,
  });
  return { fetch: door.fetch, bytesOut: () => door.bytesOut(), sent };
}

const chat = 'http://127.0.0.1:11434/ollama/api/chat';

describe('bindFetch', () => {
  for (const [name, url, init] of [
    ['another host', 'http://127.0.0.2:11434/ollama/api/chat', { method: 'POST' }],
    ['another port', 'http://127.0.0.1:80/ollama/api/chat', { method: 'POST' }],
    ['another scheme', 'https://127.0.0.1:11434/ollama/api/chat', { method: 'POST' }],
    ['a user name', 'http://u:p@127.0.0.1:11434/ollama/api/chat', { method: 'POST' }],
    ['a query', `${chat}?x=1`, { method: 'POST' }],
    ['another path', 'http://127.0.0.1:11434/ollama/api/delete', { method: 'POST' }],
    ['a path above the base', 'http://127.0.0.1:11434/api/chat', { method: 'POST' }],
    ['dots in the path', `${chat}/../push`, { method: 'POST' }],
    ['another method', chat, { method: 'DELETE' }],
    ['a body on GET', 'http://127.0.0.1:11434/ollama/api/ps', { body: 'x' }],
    ['a form', chat, { method: 'POST', body: new FormData() }],
    ['a stream', chat, { method: 'POST', body: new ReadableStream() }],
  ] as const)
    it(`refuses ${name}`, async () => {
      const { fetch, sent } = bound();
      await assert.rejects(fetch(url, init), (error) => error instanceof PipeError && error.reason === 'not-permitted');
      assert.equal(sent.length, 0);
    });

  it('covers one body and no more', async () => {
    const { fetch, sent, bytesOut } = bound();
    await fetch(chat, { method: 'POST', body: '{"a":"ä"}' });
    await fetch('http://127.0.0.1:11434/ollama/api/ps');
    await assert.rejects(fetch(chat, { method: 'POST', body: '{}' }));
    assert.equal(sent.length, 2);
    assert.equal(bytesOut(), 10);
  });

  it('passes content types and nothing else of the caller’s headers', async () => {
    const { fetch, sent } = bound();
    const headers = {
      accept: 'text/event-stream',
      'content-type': 'text/CANARY',
      authorization: 'Bearer other',
      cookie: 'CANARY',
      'x-stainless-os': 'Linux',
      'openai-organization': 'CANARY',
      'user-agent': 'ollama-js/0.6.4 (x64 linux Node.js/v20)',
    };
    await fetch(chat, { method: 'POST', headers, body: '{}' });
    assert.deepEqual(sent[0]?.headers, {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: 'Bearer CANARY_KEY',
      'user-agent': 'Ringfence',
    });
  });

  it('asks for clearance before it opens a connection', async () => {
    const order: string[] = [];
    const { fetch } = bound({
      clear: () => {
        order.push('clear');
        throw new PipeError('scan', 'no');
      },
      open: async () => {
        order.push('open');
        throw new Error('must not be reached');
      },
    });
    await assert.rejects(fetch(chat, { method: 'POST', body: '{}' }));
    assert.deepEqual(order, ['clear']);
  });

  it('is dead once its approval has ended', async () => {
    const ending = new AbortController();
    const { fetch, sent } = bound({ signal: ending.signal });
    ending.abort();
    await assert.rejects(fetch(chat, { method: 'POST', body: '{}' }));
    assert.equal(sent.length, 0);
  });
});
