import { ClientRequest } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { awaitResponse } from './transportResponse.ts';
import type { Exchange } from './wireRequest.ts';

/**
 * Sends one HTTP/1.1 request over a socket that is already connected and checked. `ClientRequest` is used directly because
 * the editor wraps `http.request` to insert proxies; with `createConnection` no agent and no name lookup takes part.
 */
export function exchangeOver(stream: Socket, exchange: Exchange, signal: AbortSignal): Promise<Response> {
  const outgoing = new ClientRequest({
    // Whether the socket is encrypted was settled when it was opened; from here on it only carries bytes.
    protocol: 'http:',
    createConnection: () => stream,
    method: exchange.request.method,
    path: exchange.request.path,
    headers: wireHeaders(exchange),
    setHost: false,
  });
  return awaitResponse(outgoing, exchange, signal);
}

/**
 * Sends one request the way the editor's proxy settings say: by Node's own `https.request`, looked up at the moment of use,
 * because the editor replaces it.
 */
export function exchangeThroughSystem(exchange: Exchange, signal: AbortSignal): Promise<Response> {
  const { origin } = exchange.destination;
  const outgoing = https.request(new URL(exchange.request.path, origin), {
    method: exchange.request.method,
    headers: wireHeaders(exchange),
  });
  return awaitResponse(outgoing, exchange, signal);
}

/** The headers as they go out: ours last, so that no caller can smuggle in a length or a host. */
function wireHeaders({ destination, request }: Exchange): Record<string, string> {
  const { hostname, port, secure } = destination;
  const standard = port === (secure ? 443 : 80);
  return {
    ...request.headers,
    host: standard ? hostname : `${hostname}:${port}`,
    connection: 'close',
    'accept-encoding': 'identity',
    ...(request.body && { 'content-length': String(request.body.byteLength) }),
  };
}
