import { PipeError } from '../core/exchange/pipeError.ts';
import type { Destination } from '../core/zone/destination.ts';
import type { BoundFetch } from '../backend/boundFetch.ts';
import type { Route } from '../backend/backend.ts';
import type { Connection } from './transport.ts';
import type { WireRequest } from './wireRequest.ts';

export type Binding = {
  readonly destination: Destination;
  readonly routes: readonly Route[];
  /** Headers of the backend's own record, the key among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Requests with a body that this approval covers. */
  readonly bodies: number;
  /** Gives the connection for the next request, already checked. */
  readonly open: (signal: AbortSignal) => Promise<Connection>;
  /** Sees the final bytes before the first of them leaves; returns those that may go, or throws. */
  readonly clear: Clear;
  /** Ends with the approval: whatever is still open is cut, and nothing new begins. */
  readonly signal: AbortSignal;
};

/** Sees the final bytes before the first of them leaves; returns those that may go, or throws. */
export type Clear = (body: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export type BoundDoor = { readonly fetch: BoundFetch; bytesOut(): number };

/**
 * A `fetch` for one approval: one origin, the listed methods and paths, a counted number of bodies. Client libraries set
 * headers from the environment and describe the machine; of theirs only the content types pass.
 */
export function bindFetch(binding: Binding): BoundDoor {
  let bodies = 0;
  let bytes = 0;
  return {
    bytesOut: () => bytes,
    async fetch(input, init) {
      binding.signal.throwIfAborted();
      if (input instanceof Request) throw refused('a request object');
      const wire = wireRequest(binding, new URL(input), init ?? {});
      if (wire.body && (bodies += 1) > binding.bodies) throw refused('a second body');
      const body = wire.body && (await binding.clear(wire.body));
      const signal = init?.signal ? AbortSignal.any([init.signal, binding.signal]) : binding.signal;
      const connection = await binding.open(signal);
      bytes += body?.byteLength ?? 0;
      return connection.exchange(body ? { ...wire, body } : wire, signal);
    },
  };
}

function wireRequest({ destination, routes, headers }: Binding, url: URL, init: RequestInit): WireRequest {
  if (url.origin !== destination.origin || url.username !== '' || url.search !== '')
    throw refused(`the address ${url.origin}`);
  const method = (init.method ?? 'GET').toUpperCase();
  const route = routes.find((each) => each.method === method && destination.basePath + each.path === url.pathname);
  if (!route) throw refused(`${method} ${url.pathname}`);
  const body = bytesOf(init.body);
  if (body && route.method === 'GET') throw refused('a body on GET');
  return {
    method: route.method,
    path: url.pathname,
    headers: {
      ...contentHeaders(new Headers(init.headers), body !== undefined),
      ...headers,
      'user-agent': 'Ringfence',
    },
    ...(body && { body }),
  };
}

/** Even these two could carry something out of the environment: only values that mean a content type pass. */
function contentHeaders(given: Headers, hasBody: boolean): Record<string, string> {
  const accept = given.get('accept') ?? '';
  return {
    accept: accepts.has(accept) ? accept : 'application/json',
    ...(hasBody && { 'content-type': 'application/json' }),
  };
}

const accepts: ReadonlySet<string> = new Set(['application/json', 'application/x-ndjson', 'text/event-stream']);

function bytesOf(body: RequestInit['body']): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw refused('a body that is neither text nor bytes');
}

function refused(what: string): PipeError {
  return new PipeError('not-permitted', `This approval does not cover ${what}.`);
}
