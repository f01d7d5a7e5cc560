import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import net, { Socket, type AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { PipeError, type PipeReason } from '../../src/core/exchange/pipeError.ts';
import { parseDestination, type Destination } from '../../src/core/zone/destination.ts';
import { createTransport, type Patience, type Transport, type WireRequest } from '../../src/egress/transport.ts';
import { selfSigned } from './support/certificate.ts';

const open: (http.Server | net.Server)[] = [];
after(() => {
  for (const server of open) {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  }
});

type Served = {
  readonly url: string;
  readonly port: number;
  readonly requests: http.IncomingMessage[];
  readonly closed: () => number;
};

async function serve(answer: http.RequestListener, host = '127.0.0.1'): Promise<Served> {
  const requests: http.IncomingMessage[] = [];
  let closed = 0;
  const server = http.createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', (socket) => socket.on('close', () => (closed += 1)));
  const port = await listen(server, host);
  return { url: `http://127.0.0.1:${port}`, port, requests, closed: () => closed };
}

async function listen(server: http.Server | net.Server, host = '127.0.0.1'): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  // A TCP server's address is an object; only a pipe's is a string.
  return (server.address() as AddressInfo).port;
}

function transport(patience: Partial<Patience> = {}): Transport {
  return createTransport({ connect: 1000, firstByte: 0, idle: 1000, ...patience });
}

function to(url: string): Destination {
  const parsed = parseDestination(url);
  assert.ok(parsed.kind === 'destination');
  return parsed.destination;
}

const get: WireRequest = { method: 'GET', path: '/', headers: {} };
const never = new AbortController().signal;

async function ask(url: string, request: WireRequest = get, how: { transport?: Transport; signal?: AbortSignal } = {}) {
  const { signal = never } = how;
  const connection = await (how.transport ?? transport()).connect(to(url), 'direct', signal);
  return { connection, response: await connection.exchange(request, signal) };
}

async function reasonOf(work: Promise<unknown>): Promise<PipeReason> {
  const error: unknown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  assert.ok(error instanceof PipeError, `not a PipeError: ${String(error)}`);
  return error.reason;
}

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

  it('goes past every proxy that the environment or a patched http names', async () => {
    const proxy = await serve((_request, response) => response.end('proxied'));
    const server = await serve((_request, response) => response.end('direct'));
    const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
    const before = { request: http.request, get: http.get, agent: http.globalAgent, connect: net.connect };
    for (const name of names) process.env[name] = proxy.url;
    const through = (): http.ClientRequest => before.request(proxy.url);
    // What the editor does to these modules when a proxy is set, and more.
    Object.assign(http, {
      request: through,
      get: through,
      globalAgent: new http.Agent({ proxyEnv: process.env } as http.AgentOptions),
    });
    Object.assign(net, {
      connect: () => before.connect(proxy.port, '127.0.0.1'),
      createConnection: () => before.connect(proxy.port, '127.0.0.1'),
    });
    try {
      const { response } = await ask(server.url);
      assert.equal(await response.text(), 'direct');
      assert.equal(proxy.requests.length, 0);
    } finally {
      Object.assign(http, { request: before.request, get: before.get, globalAgent: before.agent });
      Object.assign(net, { connect: before.connect, createConnection: before.connect });
      for (const name of names) delete process.env[name];
    }
  });

  it('sends nothing over a socket that ended up at another port', async () => {
    const proxy = await serve((_request, response) => response.end('caught'));
    const server = await serve((_request, response) => response.end('right'));
    const connect = Socket.prototype.connect;
    // A stack that is patched below us: every connection goes to a proxy on loopback instead.
    Socket.prototype.connect = function detour(this: Socket) {
      return Reflect.apply(connect, this, [{ host: '127.0.0.1', port: proxy.port }]);
    } as typeof connect;
    try {
      assert.equal(await reasonOf(ask(server.url, { ...get, method: 'POST', body: new Uint8Array([1]) })), 'peer');
    } finally {
      Socket.prototype.connect = connect;
    }
    assert.equal(proxy.requests.length + server.requests.length, 0);
  });

  it('reaches localhost by literal address and stays with the one that answered', async () => {
    const server = await serve((_request, response) => response.end('here'));
    const seen: unknown[] = [];
    const connect = Socket.prototype.connect;
    Socket.prototype.connect = function spy(this: Socket, ...args: unknown[]) {
      seen.push(args[0]);
      return Reflect.apply(connect, this, args);
    } as typeof connect;
    try {
      const one = transport();
      for (let round = 0; round < 2; round += 1) {
        const { response } = await ask(`http://localhost:${server.port}`, get, { transport: one });
        assert.equal(await response.text(), 'here');
      }
    } finally {
      Socket.prototype.connect = connect;
    }
    const hosts = seen.map(
      (options) => typeof options === 'object' && options !== null && 'host' in options && options.host,
    );
    assert.deepEqual(
      hosts.filter((host) => host !== false),
      ['127.0.0.1', '127.0.0.1'],
    );
    assert.equal(server.requests[0]?.headers.host, `localhost:${server.port}`);
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

  it('speaks TLS on its own socket and does not trust a stranger', async () => {
    const secure = https.createServer(selfSigned(), (_request, response) => response.end('sealed'));
    const port = await listen(secure);
    assert.equal(await reasonOf(ask(`https://127.0.0.1:${port}`)), 'certificate');
    const warn = process.emitWarning;
    process.emitWarning = () => undefined;
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      for (const host of ['127.0.0.1', 'localhost']) {
        const { response, connection } = await ask(`https://${host}:${port}`);
        assert.equal(await response.text(), 'sealed');
        assert.deepEqual(connection.peer, { kind: 'loopback', address: '127.0.0.1', port });
      }
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      process.emitWarning = warn;
    }
  });
});

describe('transport by the editor’s own way', () => {
  it('asks the wrapped https of the editor and says that the peer is not verified', async () => {
    const secure = https.createServer(selfSigned(), (_request, response) => response.end('sealed'));
    const port = await listen(secure);
    const plain = https.request;
    let wrapped = 0;
    Object.assign(https, {
      request: (...args: Parameters<typeof https.request>) => {
        wrapped += 1;
        return Reflect.apply(plain, https, args);
      },
    });
    const warn = process.emitWarning;
    process.emitWarning = () => undefined;
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const connection = await transport().connect(to(`https://127.0.0.1:${port}`), 'system', never);
      assert.equal(connection.peer.kind, 'unverified');
      const response = await connection.exchange({ ...get, method: 'POST', body: new Uint8Array([49]) }, never);
      assert.equal(await response.text(), 'sealed');
    } finally {
      Object.assign(https, { request: plain });
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      process.emitWarning = warn;
    }
    assert.equal(wrapped, 1);
    const connection = await transport().connect(to(`https://127.0.0.1:${port}`), 'system', never);
    assert.equal(await reasonOf(connection.exchange(get, never)), 'certificate');
  });
});

async function until(met: () => boolean): Promise<void> {
  const deadline = Date.now() + 3000;
  while (!met()) {
    assert.ok(Date.now() < deadline, 'the condition was never met');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
