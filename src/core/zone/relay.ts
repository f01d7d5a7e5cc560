import type { Evidence, ZoneProof } from './evidence.ts';
import { tunnelAt } from './tunnel.ts';

/**
 * Whether a destination counts as the cloud for one reason alone: it is a program on this machine that may pass requests on
 * to anyone, and the user has not said that it does not.
 */
export function isUnattestedRelay({ zone, evidence }: ZoneProof): boolean {
  const { peer, model, attested } = evidence;
  return (
    zone === 'cloud' &&
    peer.kind === 'loopback' &&
    !answersForItself(evidence) &&
    model.kind !== 'remote' &&
    attested === undefined
  );
}

/** Whether the server is known to run its models itself. Behind a proxy or a tunnel it may stand on any machine. */
export function answersForItself({ server, listener }: Pick<Evidence, 'server' | 'listener'>): boolean {
  if (tunnelAt(listener) !== undefined) return false;
  return server.kind === 'embedded' || (server.kind === 'ollama' && server.behind === undefined);
}

/** What the user is told of such a server, with the one thing to do about it. */
export const relayWords =
  'A program on this machine that may forward what it gets, so it counts as the cloud. If it does not, set its "zone" in your settings.';
