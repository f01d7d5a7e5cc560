import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson, record, type JsonRecord } from './json.ts';
import { startLoopback, type LoopbackPlace } from './loopback.ts';
import { createRequestLog, type LogEntry, type RequestLog, type RequestMatch } from './request-log.ts';
import type { RequestFacts, SeenRequest } from './seen-request.ts';
import { createWire, type Wire } from './wire.ts';

/** What every fake server offers to a test. */
export interface FakeServer {
  /** Origin without a trailing slash, e.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  /** Live list of all requests in order of arrival; each entry is a snapshot that is replaced as the request goes on. */
  readonly requests: readonly SeenRequest[];
  /** Settles once at least `count` requests match; rejects after `timeoutMs` (10 s) and says what came in instead. */
  readonly waitFor: (count: number, match?: RequestMatch, timeoutMs?: number) => Promise<readonly SeenRequest[]>;
  /** True when the canary came in with any byte of any request, in whatever common encoding. */
  readonly saw: (canary: string) => boolean;
  /** Drops all recorded bytes and every request that has ended, so that one server can serve many rounds. */
  readonly forget: () => void;
  /** Ends everything under way and frees the port. Rejects when a hook of the test had thrown. */
  readonly stop: () => Promise<void>;
}

/** One request together with the way back. */
export interface Exchange {
  readonly wire: Wire;
  /** Aborts when the client has left or the server stops. */
  readonly signal: AbortSignal;
  /** The JSON body, or an empty object. */
  readonly body: JsonRecord;
  readonly seen: () => SeenRequest;
  readonly note: (facts: RequestFacts) => void;
}

/** Starts a server that logs every request and lets `route` answer it. */
export async function startFakeServer(
  place: LoopbackPlace,
  route: (exchange: Exchange) => Promise<void>,
): Promise<FakeServer> {
  const log = createRequestLog();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  const faults: unknown[] = [];
  const loopback = await startLoopback(place, {
    onBytes: log.received,
    onRequest: (incoming, reply) => {
      const work = serve({ log, route, stopping: stopping.signal, faults }, incoming, reply);
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    },
  });
  return {
    url: loopback.url,
    port: loopback.port,
    requests: log.all,
    waitFor: log.waitFor,
    saw: log.saw,
    forget: log.forget,
    stop: async () => {
      stopping.abort();
      await loopback.stop();
      await Promise.all(underWay);
      log.close();
      if (faults.length > 0) throw new AggregateError(faults.splice(0), 'A hook or route of the fake server threw.');
    },
  };
}

interface Service {
  readonly log: RequestLog;
  readonly route: (exchange: Exchange) => Promise<void>;
  readonly stopping: AbortSignal;
  readonly faults: unknown[];
}

async function serve(service: Service, incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
  const entry = service.log.open(incoming);
  const gone = new AbortController();
  const closed = watchEnd(service.stopping, reply, gone);
  const wire = createWire(reply, gone.signal, (status) => entry.note({ status, firstByteAt: now() }));
  try {
    const rawBody = await readBody(incoming, entry);
    if (rawBody !== undefined) {
      const body = bodyOf(incoming, rawBody, service.log);
      entry.note({ body });
      const { seen, note } = entry;
      await service.route({ wire, signal: gone.signal, body: record(body), seen, note });
    }
  } catch (fault) {
    service.faults.push(fault);
    entry.note({ outcome: 'error' });
    if (wire.started()) wire.reset();
    else await wire.json(500, { error: `fake server: ${String(fault)}` });
  }
  const { outcome, endedAt } = await closed;
  // Only now has the route let go of slots and loads, so whoever waited for the end finds everything settled.
  const { outcome: own, status } = entry.seen();
  const usual = outcome === 'done' && (status ?? 0) >= 400 ? 'error' : outcome;
  entry.note({ outcome: own === 'open' ? usual : own, endedAt });
}

interface End {
  readonly outcome: 'done' | 'cancelled' | 'error';
  readonly endedAt: number;
}

/** Aborts `gone` as soon as nobody reads the reply any more, and says who ended it: this side or the client. */
function watchEnd(stopping: AbortSignal, reply: ServerResponse, gone: AbortController): Promise<End> {
  return new Promise((resolve) => {
    const stop = (): void => end('error');
    const end = (outcome: End['outcome']): void => {
      stopping.removeEventListener('abort', stop);
      gone.abort();
      resolve({ outcome, endedAt: now() });
    };
    stopping.addEventListener('abort', stop, { once: true });
    reply.once('close', () => end(reply.writableFinished ? 'done' : 'cancelled'));
  });
}

/** The whole body, or undefined when the client left in the middle; what had come in is in the log all the same. */
async function readBody(incoming: IncomingMessage, entry: LogEntry): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  return new Promise((resolve) => {
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.once('close', () => {
      const rawBody = Buffer.concat(parts);
      entry.note({ rawBody });
      resolve(incoming.complete ? rawBody : undefined);
    });
    incoming.once('error', () => entry.note({ rawBody: Buffer.concat(parts) }));
  });
}

function bodyOf(incoming: IncomingMessage, rawBody: Buffer, log: RequestLog): unknown {
  const plain = decode(rawBody, incoming.headers['content-encoding'] ?? 'identity');
  // On the connection's tape such a body is cut up by chunk sizes or compressed; here it is searchable.
  if (plain !== rawBody || incoming.headers['transfer-encoding'] !== undefined) log.decoded(plain);
  return parseJson(plain.toString('utf8'));
}

function decode(bytes: Buffer, coding: string): Buffer {
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(bytes);
    if (coding === 'deflate') return inflateSync(bytes);
    if (coding === 'br') return brotliDecompressSync(bytes);
  } catch {
    return bytes;
  }
  return bytes;
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
