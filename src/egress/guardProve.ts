import { PipeError } from '../core/exchange/pipeError.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { Refusal } from '../core/exchange/verdict.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { Zone } from '../core/label/reach.ts';
import { nearestPossibleZone } from '../core/zone/destination.ts';
import type { Evidence, ListenerEvidence, PeerEvidence, ZoneProof } from '../core/zone/evidence.ts';
import { zoneOf } from '../core/zone/zoneOf.ts';
import type { Backend, LookedAt, Place, Probe, Purpose } from '../backend/backend.ts';
import { refusalFor } from './admit.ts';
import { bindFetch, type BoundDoor, type Clear } from './boundFetch.ts';
import type { GuardDeps } from './guardDeps.ts';
import type { Connection } from './transport.ts';

/** A checked way to one backend, open for as long as `signal` lasts. */
export type Reached = {
  readonly backend: Backend;
  readonly peer: PeerEvidence;
  readonly listener?: ListenerEvidence;
  /** For requests without user text. */
  readonly probe: Probe;
  /** Binds a fetch to one purpose; the first request of all goes over the very socket that was checked. */
  bind(purpose: Purpose, clear: Clear): BoundDoor;
};

export type Reaching =
  | ({ readonly kind: 'reached' } & Reached)
  | { readonly kind: 'refused'; readonly zone: Zone; readonly cause: Refusal }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** Opens the way to a backend unless even the nearest zone it could turn out to be in is out of bounds. */
export async function reach(deps: GuardDeps, model: ModelRef, signal: AbortSignal): Promise<Reaching> {
  const backend = deps.backends().find((each) => each.id === model.backend);
  if (!backend) return { kind: 'failed', error: unknownBackend(model.backend) };
  const { place } = backend;
  const nearest =
    place.kind === 'in-process' ? 'device' : nearestPossibleZone(place.destination, place.attested, backend.proves);
  const cause = refusalFor(nearest, { trusted: deps.trusted(), state: deps.policy.current(), model });
  if (cause) return { kind: 'refused', zone: nearest, cause };
  if (place.kind === 'in-process') return { kind: 'reached', ...inProcess(backend) };
  const given = await backend.headers();
  if (given.kind === 'failed') return given;
  try {
    return { kind: 'reached', ...(await overNetwork(deps, { backend, place, headers: given.headers }, signal)) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', error: backend.explain(error) };
  }
}

/** Judges the zone of a model on a server that was reached, by everything that is known of both. */
export function prove(deps: GuardDeps, { backend, peer, listener }: Reached, { server, model }: LookedAt): ZoneProof {
  const { place } = backend;
  const evidence: Evidence = {
    origin: place.kind === 'in-process' ? 'in-process' : place.destination.origin,
    peer,
    ...(listener && { listener }),
    server,
    model,
    host: deps.host(),
    ...(place.kind === 'network' && place.attested && { attested: place.attested }),
  };
  return zoneOf(evidence, deps.policy.current().policy.settings.local);
}

type Target = {
  readonly backend: Backend;
  readonly place: Extract<Place, { kind: 'network' }>;
  readonly headers: Readonly<Record<string, string>>;
};

async function overNetwork(deps: GuardDeps, target: Target, signal: AbortSignal): Promise<Reached> {
  const { backend, headers } = target;
  const { destination, attested } = target.place;
  const way = nearestPossibleZone(destination, attested) === 'cloud' ? 'system' : 'direct';
  const first = await deps.transport.connect(destination, way, signal);
  signal.addEventListener('abort', () => first.close(), { once: true });
  const listener = await listenerAt(deps, first.peer);
  let unused: Connection | undefined = first;
  const open = async (live: AbortSignal): Promise<Connection> => {
    const checked = unused;
    unused = undefined;
    return checked ?? samePlace(first.peer, await deps.transport.connect(destination, way, live));
  };
  const door = (purpose: Purpose, bodies: number, clear: Clear): BoundDoor =>
    bindFetch({ destination, routes: backend.routes[purpose], headers, bodies, open, clear, signal });
  const at = 'address' in first.peer ? `${first.peer.address}:${first.peer.port}` : destination.origin;
  return {
    backend,
    peer: first.peer,
    listener,
    probe: { fetch: door('look', Number.POSITIVE_INFINITY, (body) => body).fetch, at },
    bind: (purpose, clear) => door(purpose, 1, clear),
  };
}

/** Asked with the connection open: whoever holds the port then is who took it. */
async function listenerAt({ listener }: GuardDeps, peer: PeerEvidence): Promise<ListenerEvidence> {
  if (!listener || peer.kind !== 'loopback') return { kind: 'unknown' };
  return listener(peer).catch((): ListenerEvidence => ({ kind: 'unknown' }));
}

/** A second connection of one approval must end where the first did. */
function samePlace(peer: PeerEvidence, connection: Connection): Connection {
  const other = connection.peer;
  const moved = peer.kind === 'loopback' && other.kind === 'loopback' && peer.address !== other.address;
  if (peer.kind === other.kind && !moved) return connection;
  connection.close();
  throw new PipeError('peer', 'A second connection ended up somewhere else, so nothing was sent.');
}

function inProcess(backend: Backend): Reached {
  const nowhere = async (): Promise<Response> => {
    throw new PipeError('not-permitted', 'A model inside the editor has no server to ask.');
  };
  return {
    backend,
    peer: { kind: 'in-process' },
    probe: { fetch: nowhere, at: 'in-process' },
    bind: () => ({ fetch: nowhere, bytesOut: () => 0 }),
  };
}

function unknownBackend(id: string): BackendError {
  return {
    reason: 'bad-request',
    message: `There is no backend "${id}".`,
    action: 'Add it to ringfence.backends in your user settings, or choose another model.',
  };
}
