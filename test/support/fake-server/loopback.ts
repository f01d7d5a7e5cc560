import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A plain HTTP server on this machine. */
export interface Loopback {
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Closes the server and every connection; settles when all are gone. */
  readonly stop: () => Promise<void>;
}

export interface LoopbackPlace {
  /** A literal loopback address; 127.0.0.1 unless told. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

export interface LoopbackEvents {
  readonly onRequest: (incoming: IncomingMessage, reply: ServerResponse) => void;
  /** Every byte as it comes off a socket, also of requests that never become complete. */
  readonly onBytes: (remotePort: number, bytes: Buffer) => void;
}

/** Starts listening. Rejects when the port is taken; throws a RangeError when the address is not a loopback one. */
export async function startLoopback(place: LoopbackPlace, events: LoopbackEvents): Promise<Loopback> {
  const host = place.host ?? '127.0.0.1';
  if (!/^(?:127(?:\.\d{1,3}){3}|::1)$/.test(host)) throw new RangeError(`${host} is no literal loopback address.`);
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: 1 << 20, requestTimeout: 0, headersTimeout: 0 });
  server.keepAliveTimeout = 120_000;
  server.on('request', (incoming, reply) => events.onRequest(incoming, reply));
  server.on('connection', (socket) => {
    sockets.add(socket);
    const remotePort = socket.remotePort ?? 0;
    socket.on('data', (bytes: Buffer) => events.onBytes(remotePort, bytes));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server, host, place.port ?? 0);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    stop: () => close(server, sockets),
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error(`The server on ${host} has no port.`));
    });
  });
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
