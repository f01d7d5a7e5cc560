import assert from 'node:assert/strict';
import { createServer, request, type OutgoingHttpHeaders, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startFakeOllama, type FakeOllama } from '../support/fake-ollama/start.ts';
import { chat, createWorld, part, run } from './support/world.ts';

const model = { backend: 'ollama', model: 'coder' };
const prompt = chat([
  part('attachment', 'CANARY_BEHIND_PROXY', { id: 'secret', reach: 'device' }),
  part('user', 'hello'),
]);

let ollama: FakeOllama;
before(async () => {
  ollama = await startFakeOllama({ models: [{ name: 'coder', loaded: true }] });
});
after(() => ollama.stop());

describe('an Ollama behind a proxy on this machine', () => {
  for (const headers of [{ server: 'nginx/1.22.1' }, { via: '1.1 Caddy' }])
    it(`counts as the cloud: ${JSON.stringify(headers)}`, async () => {
      const proxy = await startProxy(ollama.port, headers);
      try {
        const { guard, receipts } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: proxy.url }] });
        await run(guard, prompt, model);
        assert.equal(receipts[0]?.proof?.zone, 'cloud');
        assert.match(receipts[0]?.proof?.because.join(' ') ?? '', /proxy at 127\.0\.0\.1:\d+ \((nginx|1\.1 Caddy)/);
        assert.equal(ollama.saw('CANARY_BEHIND_PROXY'), false);
      } finally {
        await proxy.stop();
      }
    });

  it('is part of this machine once the user says so', async () => {
    const proxy = await startProxy(ollama.port, { server: 'nginx/1.22.1' });
    try {
      const { guard, receipts } = createWorld({
        backends: [{ id: 'ollama', kind: 'ollama', url: proxy.url, zone: 'device' }],
      });
      await run(guard, prompt, model);
      assert.equal(receipts[0]?.proof?.zone, 'device');
      assert.equal(ollama.saw('CANARY_BEHIND_PROXY'), true);
    } finally {
      await proxy.stop();
    }
  });
});

/** A proxy that forwards everything to that port of this machine and names itself in the answers. */
async function startProxy(
  port: number,
  named: OutgoingHttpHeaders,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((incoming, reply) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...named });
      answer.pipe(reply);
    });
    onward.once('error', () => reply.destroy());
    incoming.pipe(onward);
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, stop: () => closed(server) };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      resolve(typeof at === 'object' && at ? at.port : 0);
    }),
  );
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
