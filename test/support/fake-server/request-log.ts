import type { IncomingMessage } from 'node:http';
import { containsCanary } from './canary.ts';
import type { RequestFacts, SeenRequest } from './seen-request.ts';
import { createTape, type Tape } from './tape.ts';

export type RequestMatch = (request: SeenRequest) => boolean;

/** All that a fake server received. */
export interface RequestLog {
  readonly all: readonly SeenRequest[];
  /** Opens an entry for a request whose headers have come in. */
  readonly open: (incoming: IncomingMessage) => LogEntry;
  /** Records bytes as they came off the socket, before anything was parsed. */
  readonly received: (remotePort: number, bytes: Buffer) => void;
  /** Records what a body says once its content coding is undone. */
  readonly decoded: (bytes: Buffer) => void;
  readonly waitFor: (count: number, match?: RequestMatch, timeoutMs?: number) => Promise<readonly SeenRequest[]>;
  readonly saw: (canary: string) => boolean;
  /** Drops all bytes and every request that has ended. */
  readonly forget: () => void;
  /** Rejects everyone who still waits. */
  readonly close: () => void;
}

/** One request while it is served. */
export interface LogEntry {
  /** A snapshot; ask again after `note`. */
  readonly seen: () => SeenRequest;
  readonly note: (facts: RequestFacts) => void;
}

interface Waiter {
  readonly look: () => void;
  readonly giveUp: (reason: string) => void;
}

/** An empty log. */
export function createRequestLog(): RequestLog {
  const all: SeenRequest[] = [];
  const bytes = createByteLog();
  const waiters = new Set<Waiter>();
  let opened = 0;
  const changed = (): void => {
    for (const waiter of waiters) waiter.look();
  };
  return {
    all,
    open: (incoming) => openEntry({ all, changed }, incoming, ++opened),
    received: bytes.received,
    decoded: bytes.decoded,
    waitFor: (count, match = () => true, timeoutMs = 10_000) => waitFor({ all, waiters, count, match, timeoutMs }),
    saw: bytes.saw,
    forget: () => {
      bytes.forget();
      all.splice(0, all.length, ...all.filter(({ outcome }) => outcome === 'open'));
    },
    close: () => {
      for (const waiter of waiters) waiter.giveUp('the server was stopped');
    },
  };
}

/** Everything that came off the sockets, and what encoded bodies say. */
function createByteLog(): Pick<RequestLog, 'received' | 'decoded' | 'saw' | 'forget'> {
  const connections = new Map<number, Tape>();
  const bodies: Buffer[] = [];
  return {
    received: (remotePort, bytes) => {
      const tape = connections.get(remotePort) ?? createTape();
      connections.set(remotePort, tape);
      tape.add(bytes);
    },
    decoded: (bytes) => {
      bodies.push(bytes);
    },
    saw: (canary) =>
      [...connections.values()].some((tape) => containsCanary(tape.whole(), canary)) ||
      bodies.some((bytes) => containsCanary(bytes, canary)),
    forget: () => {
      connections.clear();
      bodies.length = 0;
    },
  };
}

/** Adds a request to the list and keeps its place there up to date. */
function openEntry(
  { all, changed }: { readonly all: SeenRequest[]; readonly changed: () => void },
  incoming: IncomingMessage,
  id: number,
): LogEntry {
  let seen = firstSight(incoming, id);
  all.push(seen);
  changed();
  return {
    seen: () => seen,
    note: (facts) => {
      const at = all.lastIndexOf(seen);
      seen = { ...seen, ...facts };
      if (at >= 0) all[at] = seen;
      changed();
    },
  };
}

function firstSight(incoming: IncomingMessage, id: number): SeenRequest {
  const url = incoming.url ?? '/';
  return {
    id,
    method: incoming.method ?? 'GET',
    path: url.split('?', 1)[0] ?? url,
    url,
    headers: incoming.headers,
    rawBody: Buffer.alloc(0),
    body: undefined,
    remotePort: incoming.socket.remotePort ?? 0,
    receivedAt: performance.timeOrigin + performance.now(),
    firstByteAt: undefined,
    endedAt: undefined,
    status: undefined,
    outcome: 'open',
    tokens: 0,
    promptTokens: 0,
    cachedTokens: 0,
    truncated: false,
    reloaded: false,
  };
}

interface Wait {
  readonly all: readonly SeenRequest[];
  readonly waiters: Set<Waiter>;
  readonly count: number;
  readonly match: RequestMatch;
  readonly timeoutMs: number;
}

function waitFor({ all, waiters, count, match, timeoutMs }: Wait): Promise<readonly SeenRequest[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => waiter.giveUp(`${timeoutMs} ms went by`), timeoutMs);
    const leave = (): void => {
      clearTimeout(timer);
      waiters.delete(waiter);
    };
    const waiter: Waiter = {
      look: () => {
        const matching = all.filter(match);
        if (matching.length < count) return;
        leave();
        resolve(matching);
      },
      giveUp: (reason) => {
        leave();
        const seen = all.map((request) => `${request.method} ${request.path} ${request.outcome}`).join(', ');
        const found = all.filter(match).length;
        reject(
          new Error(`Waited for ${count} matching requests, found ${found} when ${reason}. Seen: ${seen || 'none'}.`),
        );
      },
    };
    waiters.add(waiter);
    waiter.look();
  });
}
