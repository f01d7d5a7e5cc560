import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import net, { Socket } from 'node:net';
import { after, describe, it, mock } from 'node:test';
import { parseSettings } from '../../src/core/settings/parseSettings.ts';
import { selfSigned } from './support/certificate.ts';
import { ask, closeAll, get, listen, never, reasonOf, serve, to, transport } from './support/wire.ts';

after(closeAll);

describe('the way to a server', () => {
  it('goes past every proxy that the environment or a patched http names', async () => {
    const proxy = await serve((_request, response) => response.end('proxied'));
    const server = await serve((_request, response) => response.end('direct'));
    const environment = mockEnvironment({
      http_proxy: proxy.url,
      HTTP_PROXY: proxy.url,
      https_proxy: proxy.url,
      HTTPS_PROXY: proxy.url,
      ALL_PROXY: proxy.url,
    });
    // What the editor does to these modules when a proxy is set, and more.
    const through = http.request(proxy.url).on('error', () => undefined);
    const detour = new Socket().connect(proxy.port, '127.0.0.1');
    const mocks = [
      mock.method(http, 'request', () => through),
      mock.method(http, 'get', () => through),
      mock.method(net, 'connect', () => detour),
      mock.method(net, 'createConnection', () => detour),
    ];
    try {
      const { response } = await ask(server.url);
      assert.equal(await response.text(), 'direct');
      assert.equal(proxy.requests.length, 0);
      assert.deepEqual(
        mocks.map((each) => each.mock.callCount()),
        [0, 0, 0, 0],
      );
    } finally {
      for (const each of mocks) each.mock.restore();
      environment.restore();
      through.destroy();
      detour.destroy();
    }
  });

  it('sends nothing over a socket that ended up at another port', async () => {
    const proxy = await serve((_request, response) => response.end('caught'));
    const server = await serve((_request, response) => response.end('right'));
    // A stack that is patched below us: every connection goes to a proxy on loopback instead.
    const connects = mockConnect(() => ({ host: '127.0.0.1', port: proxy.port }));
    try {
      assert.equal(await reasonOf(ask(server.url, { ...get, method: 'POST', body: new Uint8Array([1]) })), 'peer');
    } finally {
      connects.restore();
    }
    assert.equal(proxy.requests.length + server.requests.length, 0);
  });

  it('reaches localhost by literal address and stays with the one that answered', async () => {
    const server = await serve((_request, response) => response.end('here'));
    const hosts: unknown[] = [];
    const connects = mockConnect((options) => {
      hosts.push(options.host);
      return options;
    });
    try {
      const one = transport();
      for (let round = 0; round < 2; round += 1) {
        const { response } = await ask(`http://localhost:${server.port}`, get, { transport: one });
        assert.equal(await response.text(), 'here');
      }
    } finally {
      connects.restore();
    }
    assert.deepEqual(hosts, ['127.0.0.1', '127.0.0.1']);
    assert.equal(server.requests[0]?.headers.host, `localhost:${server.port}`);
  });

  it('tries the other literal address where the first refuses', async () => {
    const server = await serve((_request, response) => response.end('here'));
    const nobody = await unusedPort();
    const hosts: unknown[] = [];
    const connects = mockConnect((options) => {
      hosts.push(options.host);
      // This machine may have no v6: the second address is played by the first, the refusal by a port nobody has.
      return { host: '127.0.0.1', port: options.host === '::1' ? server.port : nobody };
    });
    try {
      const { response } = await ask(`http://localhost:${server.port}`);
      assert.equal(await response.text(), 'here');
    } finally {
      connects.restore();
    }
    assert.deepEqual(hosts, ['127.0.0.1', '::1']);
  });

  it('asks both loopback addresses for Ollama where nothing is set, and nobody else', async () => {
    const { settings } = parseSettings({});
    const url = settings.backends[0]?.url ?? '';
    const nobody = await unusedPort();
    const hosts: string[] = [];
    const connects = mockConnect(({ host, port }) => {
      hosts.push(`${host} ${port}`);
      return { host: '127.0.0.1', port: nobody };
    });
    try {
      assert.equal(await reasonOf(ask(url)), 'refused');
    } finally {
      connects.restore();
    }
    assert.deepEqual(hosts, ['127.0.0.1 11434', '::1 11434']);
  });

  it('says that nothing listens where v4 refuses and the machine has no v6', async () => {
    const nobody = await unusedPort();
    // An address that this machine does not have fails as v6 does where it is switched off.
    const connects = mockConnect(({ host, port }) =>
      host === '::1' ? { host: 'no-such-host.invalid', port } : { host: '127.0.0.1', port: nobody },
    );
    try {
      assert.equal(await reasonOf(ask('http://localhost:11434')), 'refused');
    } finally {
      connects.restore();
    }
  });

  it('goes on to the other loopback address where the one that answered last has gone', async () => {
    const server = await serve((_request, response) => response.end('here'));
    const nobody = await unusedPort();
    let at = '127.0.0.1';
    const hosts: string[] = [];
    const connects = mockConnect(({ host }) => {
      hosts.push(host);
      return { host: '127.0.0.1', port: host === at ? server.port : nobody };
    });
    const patient = transport();
    try {
      for (const address of ['127.0.0.1', '::1']) {
        at = address;
        const { response } = await ask(`http://localhost:${server.port}`, get, { transport: patient });
        assert.equal(await response.text(), 'here');
      }
    } finally {
      connects.restore();
    }
    assert.deepEqual(hosts, ['127.0.0.1', '127.0.0.1', '::1']);
  });

  it('speaks TLS on its own socket and does not trust a stranger', async () => {
    const port = await sealed();
    assert.equal(await reasonOf(ask(`https://127.0.0.1:${port}`)), 'certificate');
    await trustingAnyone(async () => {
      for (const host of ['127.0.0.1', 'localhost']) {
        const { response, connection } = await ask(`https://${host}:${port}`);
        assert.equal(await response.text(), 'sealed');
        assert.deepEqual(connection.peer, { kind: 'loopback', address: '127.0.0.1', port });
      }
    });
  });

  it('asks the wrapped https of the editor for the cloud, and says that the peer is not verified', async () => {
    const port = await sealed();
    const wrapped = mock.method(https, 'request');
    try {
      await trustingAnyone(async () => {
        const connection = await transport().connect(to(`https://127.0.0.1:${port}`), 'system', never);
        assert.equal(connection.peer.kind, 'unverified');
        const response = await connection.exchange({ ...get, method: 'POST', body: new Uint8Array([49]) }, never);
        assert.equal(await response.text(), 'sealed');
      });
    } finally {
      wrapped.mock.restore();
    }
    assert.equal(wrapped.mock.callCount(), 1);
    const connection = await transport().connect(to(`https://127.0.0.1:${port}`), 'system', never);
    assert.equal(await reasonOf(connection.exchange(get, never)), 'certificate');
  });
});

type Target = { readonly host: string; readonly port: number };

/** Stands in for the system below us: where a socket is told to connect to, and where it really goes. */
function mockConnect(change: (asked: Target) => Target): { restore(): void } {
  const plain = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect');
  const connect: unknown = plain?.value;
  assert.ok(typeof connect === 'function');
  const mocked = mock.method(Socket.prototype, 'connect', function redirected(this: Socket, ...args: unknown[]) {
    const [asked] = args;
    return Reflect.apply(connect, this, isTarget(asked) ? [change(asked)] : args);
  });
  return { restore: () => mocked.mock.restore() };
}

function isTarget(value: unknown): value is Target {
  return typeof value === 'object' && value !== null && 'host' in value && 'port' in value;
}

function mockEnvironment(variables: Readonly<Record<string, string>>): { restore(): void } {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  return {
    restore() {
      for (const name of Object.keys(variables))
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
    },
  };
}

async function sealed(): Promise<number> {
  return listen(https.createServer(selfSigned(), (_request, response) => response.end('sealed')));
}

/** The certificate is made up, so this once nobody checks it; the warning about that is expected. */
async function trustingAnyone(work: () => Promise<void>): Promise<void> {
  const quiet = mock.method(process, 'emitWarning', () => undefined);
  const environment = mockEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  try {
    await work();
  } finally {
    environment.restore();
    quiet.mock.restore();
  }
}

async function unusedPort(): Promise<number> {
  const server = net.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
