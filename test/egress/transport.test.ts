import assert from 'node:assert/strict';
import net from 'node:net';
import { after, describe, it } from 'node:test';
import { ask, closeAll, get, listen, never, reasonOf, serve, to, transport, until } from './support/wire.ts';

after(closeAll);

describe('transport', () => {
  it('sends a body with its length and gives a real Response that streams', async () => {
    const server = await serve((request, response) => {
      request.resume();
      request.on('end', () => {
        response.write('one ');
        setTimeout(() => response.end('two'), 5);
      });
    });
    const body = new TextEncoder().encode('{"a":1}');
    const { connection, response } = await ask(server.url, { ...get, method: 'POST', body });
    assert.ok(response instanceof Response);
    assert.equal(await response.text(), 'one two');
    assert.deepEqual(connection.peer, { kind: 'loopback', address: '127.0.0.1', port: server.port });
    const headers = server.requests[0]?.headers ?? {};
    assert.equal(headers['content-length'], '7');
    assert.equal(headers.host, `127.0.0.1:${server.port}`);
    assert.equal(headers.connection, 'close');
  });

  it('lets no caller overwrite length and host', async () => {
    const server = await serve((_request, response) => response.end());
    await ask(server.url, {
      ...get,
      headers: { host: 'evil.example', 'content-length': '5', connection: 'upgrade' },
    }).then(
      ({ response }) => response.text(),
      () => undefined,
    );
    assert.equal(server.requests[0]?.headers.host, `127.0.0.1:${server.port}`);
    assert.equal(server.requests[0]?.headers.connection, 'close');
  });
  for (const status of [301, 302, 303, 304, 307, 308])
    it(`refuses to follow a ${status}`, async () => {
      const elsewhere = await serve((_request, response) => response.end('stolen'));
      const server = await serve((_request, response) => response.writeHead(status, { location: elsewhere.url }).end());
      assert.equal(
        await reasonOf(ask(server.url, { ...get, method: 'POST', body: new Uint8Array([1]) })),
        'redirected',
      );
      assert.equal(elsewhere.requests.length, 0);
    });

  it('says that nothing listens', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await reasonOf(ask(`http://127.0.0.1:${port}`)), 'refused');
    assert.equal(await reasonOf(ask(`http://localhost:${port}`)), 'refused');
  });

  it('says that a name is not known', async () => {
    assert.equal(await reasonOf(ask('http://no-such-host.invalid:1')), 'unreachable');
  });

  it('refuses plain http beyond this network', async () => {
    const work = transport().connect(to('http://models.example'), 'system', never);
    assert.equal(await reasonOf(work), 'not-permitted');
  });

  it('gives up on a server that never begins, only where a limit is set', async () => {
    const server = await serve(() => undefined);
    assert.equal(await reasonOf(ask(server.url, get, { transport: transport({ firstByte: 30 }) })), 'no-answer');
    const patient = transport({ idle: 20 });
    const slow = await serve((_request, response) => setTimeout(() => response.end('at last'), 80));
    const { response } = await ask(slow.url, get, { transport: patient });
    assert.equal(await response.text(), 'at last');
  });

  it('gives up on an answer that stops in the middle', async () => {
    const server = await serve((_request, response) => response.write('half'));
    const { response } = await ask(server.url, get, { transport: transport({ idle: 30 }) });
    assert.equal(await reasonOf(response.text()), 'idle');
  });

  it('waits for a reader that takes its time', async () => {
    const large = Buffer.alloc(3_000_000, 'x');
    const server = await serve((_request, response) => response.end(large));
    const { response } = await ask(server.url, get, { transport: transport({ idle: 30 }) });
    await new Promise((resolve) => setTimeout(resolve, 90));
    assert.equal((await response.arrayBuffer()).byteLength, large.byteLength);
  });

  it('has the system ask whether a silent machine is still there', async (context) => {
    const keepAlive = context.mock.method(net.Socket.prototype, 'setKeepAlive');
    const server = await serve((_request, response) => response.end());
    await ask(server.url);
    assert.ok(keepAlive.mock.calls.some(({ arguments: [on, ms] }) => on === true && ms === 30_000));
  });

  it('fails when the other end breaks off', async () => {
    const server = await serve((_request, response) => {
      response.write('half');
      setTimeout(() => response.destroy(), 5);
    });
    const { response } = await ask(server.url);
    assert.equal(await reasonOf(response.text()), 'reset');
    const rude = await serve((request) => request.socket.destroy());
    assert.equal(await reasonOf(ask(rude.url)), 'reset');
  });

  it('does not change protocols', async () => {
    const switching = await listen(
      net.createServer((socket) => {
        socket.once('data', () =>
          socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
        );
      }),
    );
    assert.equal(await reasonOf(ask(`http://127.0.0.1:${switching}`)), 'reset');
  });

  it('closes the socket whenever the signal aborts', async () => {
    const silent = await serve(() => undefined);
    const before = new AbortController();
    const waiting = ask(silent.url, get, { signal: before.signal });
    setTimeout(() => before.abort(), 20);
    assert.equal(await reasonOf(waiting), 'aborted');

    const talking = await serve((_request, response) => response.write('half'));
    const middle = new AbortController();
    const { response } = await ask(talking.url, get, { signal: middle.signal });
    setTimeout(() => middle.abort(), 20);
    assert.equal(await reasonOf(response.text()), 'aborted');

    const already = AbortSignal.abort();
    assert.equal(await reasonOf(ask(talking.url, get, { signal: already })), 'aborted');
    await until(() => silent.closed() === 1 && talking.closed() === 1);
  });

  it('closes the socket when the reader loses interest', async () => {
    const server = await serve((_request, response) => response.write('half'));
    const { response } = await ask(server.url);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await until(() => server.closed() === 1);
  });

  it('closes a connection that nobody used', async () => {
    const server = await serve(() => undefined);
    const connection = await transport().connect(to(server.url), 'direct', never);
    connection.close();
    await until(() => server.closed() === 1);
    assert.equal(server.requests.length, 0);
  });
});
