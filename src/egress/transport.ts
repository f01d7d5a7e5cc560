import type { Destination } from '../core/zone/destination.ts';
import type { PeerEvidence } from '../core/zone/evidence.ts';
import { PipeError } from '../core/exchange/pipeError.ts';
import { exchangeOver, exchangeThroughSystem } from './transportExchange.ts';
import { openSocket } from './transportSocket.ts';
import type { Patience, WireRequest } from './wireRequest.ts';

/** An open way to one server, good for a single request. Whoever opened it and does not use it closes it. */
export type Connection = {
  readonly peer: PeerEvidence;
  exchange(request: WireRequest, signal: AbortSignal): Promise<Response>;
  close(): void;
};

/** `direct` is our own socket without any proxy; `system` goes the way the editor's proxy settings say. */
export type Way = 'direct' | 'system';

export type Transport = {
  /** Opens the way to a server and says who stands at its other end. Fails with a `PipeError`. */
  connect(destination: Destination, way: Way, signal: AbortSignal): Promise<Connection>;
};

/** The only code that opens sockets. Remembers which literal address answered for `localhost` and stays with it. */
export function createTransport(patience: Patience): Transport {
  const pins = new Map<string, string>();
  return {
    async connect(destination, way, signal) {
      if (way === 'system') return throughSystem(destination, patience);
      const socket = await openSocket(destination, { pinned: pins.get(destination.origin), patience }, signal);
      if (socket.peer.kind === 'loopback') pins.set(destination.origin, socket.peer.address);
      return {
        peer: socket.peer,
        exchange: (request, signal) => exchangeOver(socket.stream, { destination, request, patience }, signal),
        close: () => socket.stream.destroy(),
      };
    },
  };
}

function throughSystem(destination: Destination, patience: Patience): Connection {
  if (!destination.secure)
    throw new PipeError('not-permitted', `${destination.origin} is not encrypted; only https may leave this network.`);
  return {
    peer: { kind: 'unverified', why: `${destination.hostname} lies beyond this machine and the servers you named.` },
    exchange: (request, signal) => exchangeThroughSystem({ destination, request, patience }, signal),
    close: () => undefined,
  };
}
