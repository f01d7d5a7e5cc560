import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { request } from 'node:http';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { startRecorder } from '../../support/recorder.ts';
import { ask } from '../http.ts';

const canary = 'CANARY_5d1f9b';

describe('what every fake server records', () => {
  it('keeps headers, query, body, ports and times of each request', async () => {
    const recorder = await startRecorder();
    const body = { model: 'm', messages: [] };
    await ask(`${recorder.url}/v1/chat/completions?a=1`, { body, headers: { 'X-Team': 'blue' } });
    const [seen] = await recorder.waitFor(1, ({ outcome }) => outcome === 'done');
    assert.equal(seen?.method, 'POST');
    assert.equal(seen?.path, '/v1/chat/completions');
    assert.equal(seen?.url, '/v1/chat/completions?a=1');
    assert.equal(seen?.headers['x-team'], 'blue');
    assert.deepEqual(seen?.body, body);
    assert.equal(seen?.rawBody.toString(), JSON.stringify(body));
    assert.ok((seen?.remotePort ?? 0) > 0);
    const times = [seen?.receivedAt ?? 0, seen?.firstByteAt ?? 0, seen?.endedAt ?? 0];
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    );
    await recorder.stop();
  });

  it('sees a canary in a header, a query, a chunked, a compressed and a half-sent body', async () => {
    const ways: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
      header: (url) => ask(url, { headers: { 'x-note': canary } }),
      query: (url) => ask(`${url}/?q=${Buffer.from(canary).toString('base64url')}`),
      chunked: (url) => sendInPieces(url, canary.split('')),
      compressed: (url) => sendCompressed(url),
      'half-sent': (url) => sendHalf(url),
    };
    for (const [name, send] of Object.entries(ways)) {
      const recorder = await startRecorder();
      await ask(recorder.url, { body: { text: 'nothing of note' } });
      assert.equal(recorder.saw(canary), false, name);
      await send(recorder.url);
      await recorder.waitFor(2, ({ outcome }) => outcome !== 'open');
      assert.equal(recorder.saw(canary), true, name);
      await recorder.stop();
    }
  });

  it('records bytes that are no HTTP at all', async () => {
    const recorder = await startRecorder();
    const socket = connect(recorder.port, '127.0.0.1');
    socket.write(`\u0016\u0003\u0001 ${canary}`);
    socket.resume();
    await once(socket, 'close');
    assert.equal(recorder.saw(canary), true);
    assert.equal(recorder.requests.length, 0);
    await recorder.stop();
  });

  it('forgets what it has seen when it is told to, but not what is under way', async () => {
    const recorder = await startRecorder();
    await ask(`${recorder.url}/${canary}`);
    await recorder.waitFor(1, ({ outcome }) => outcome === 'done');
    const socket = connect(recorder.port, '127.0.0.1');
    socket.write('POST /slow HTTP/1.1\r\nhost: localhost\r\ncontent-length: 20\r\nconnection: close\r\n\r\n{');
    await recorder.waitFor(2);
    recorder.forget();
    assert.equal(recorder.saw(canary), false);
    assert.deepEqual(
      recorder.requests.map(({ id, path }) => [id, path]),
      [[2, '/slow']],
    );
    socket.end(`"key":"${canary}"}`.padEnd(19));
    socket.resume();
    await recorder.waitFor(1, ({ outcome }) => outcome !== 'open');
    assert.equal(recorder.saw(canary), true);
    await recorder.stop();
  });

  it('says what came in instead when it waited in vain', async () => {
    const recorder = await startRecorder();
    await ask(`${recorder.url}/other`);
    await assert.rejects(
      recorder.waitFor(1, ({ path }) => path === '/api/chat', 20),
      /found 0 when 20 ms went by\. Seen: GET \/other done\./,
    );
    const waiting = assert.rejects(recorder.waitFor(5), /the server was stopped/);
    await recorder.stop();
    await waiting;
  });

  it('listens on literal loopback addresses only, and on the port it is told', async () => {
    await assert.rejects(startRecorder({ host: '0.0.0.0' }), /no literal loopback address/);
    const first = await startRecorder();
    await first.stop();
    const second = await startRecorder({ port: first.port });
    assert.equal(second.port, first.port);
    await assert.rejects(startRecorder({ port: second.port }), /EADDRINUSE/);
    await second.stop();
  });

  it('leaves no timers and sockets behind when it stops in the middle of a load', async () => {
    const before = await resources();
    const fake = await startFakeOllama({ models: [{ name: 'm', loadMs: 3_600_000 }] });
    const broken = assert.rejects(ask(`${fake.url}/api/generate`, { body: { model: 'm', prompt: 'p' } }));
    await fake.waitFor(1, ({ body }) => body !== undefined);
    assert.notDeepEqual(await resources(), before);
    await fake.stop();
    await broken;
    assert.deepEqual(await resources(), before);
    assert.equal(fake.requests[0]?.outcome, 'error');
  });

  it('makes a test fail whose hook threw', async () => {
    const recorder = await startRecorder({
      reply: () => {
        throw new Error('hook');
      },
    });
    assert.equal((await ask(recorder.url)).status, 500);
    await assert.rejects(recorder.stop(), /threw/);
  });
});

/** Timers and servers that keep the process alive, once those of earlier tests have had their turns to go. */
async function resources(): Promise<readonly string[]> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'TCPServerWrap');
}

function sendInPieces(url: string, pieces: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent: false }, (incoming) =>
      incoming.resume().once('end', resolve),
    );
    outgoing.once('error', reject);
    for (const piece of pieces) outgoing.write(piece);
    outgoing.end();
  });
}

function sendCompressed(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-encoding': 'gzip' };
    const outgoing = request(url, { method: 'POST', agent: false, headers }, (incoming) =>
      incoming.resume().once('end', resolve),
    );
    outgoing.once('error', reject);
    outgoing.end(gzipSync(`{"text":"${canary}"}`));
  });
}

async function sendHalf(url: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n{"text":"${canary}"`);
  await once(socket, 'connect');
  await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
}
