import assert from 'node:assert/strict';
import http from 'node:http';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { PipeError, type PipeReason } from '../../../src/core/exchange/pipeError.ts';
import { parseDestination, type Destination } from '../../../src/core/zone/destination.ts';
import { createTransport, type Transport } from '../../../src/egress/transport.ts';
import type { Patience, WireRequest } from '../../../src/egress/wireRequest.ts';

const open: (http.Server | net.Server)[] = [];

/** To be called after all tests of a file. */
export function closeAll(): void {
  for (const server of open) {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  }
}

export type Served = {
  readonly url: string;
  readonly port: number;
  readonly requests: http.IncomingMessage[];
  readonly closed: () => number;
};

export async function serve(answer: http.RequestListener, host = '127.0.0.1'): Promise<Served> {
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

export async function listen(server: http.Server | net.Server, host = '127.0.0.1'): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  // A TCP server's address is an object; only a pipe's is a string.
  return (server.address() as AddressInfo).port;
}

export function transport(patience: Partial<Patience> = {}): Transport {
  return createTransport({ connect: 1000, firstByte: 0, idle: 1000, ...patience });
}

export function to(url: string): Destination {
  const parsed = parseDestination(url);
  assert.ok(parsed.kind === 'destination');
  return parsed.destination;
}

export const get: WireRequest = { method: 'GET', path: '/', headers: {} };
export const never = new AbortController().signal;

export async function ask(
  url: string,
  request: WireRequest = get,
  how: { transport?: Transport; signal?: AbortSignal } = {},
) {
  const { signal = never } = how;
  const connection = await (how.transport ?? transport()).connect(to(url), 'direct', signal);
  return { connection, response: await connection.exchange(request, signal) };
}

export async function reasonOf(work: Promise<unknown>): Promise<PipeReason> {
  const error: unknown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  assert.ok(error instanceof PipeError, `not a PipeError: ${String(error)}`);
  return error.reason;
}

/** Waits until the condition holds; fails after three seconds. */
export async function until(met: () => boolean): Promise<void> {
  const deadline = Date.now() + 3000;
  while (!met()) {
    assert.ok(Date.now() < deadline, 'the condition was never met');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
