import type { Zone } from '../label/reach.ts';
import { classifyHost, type HostClass } from './address.ts';
import { isKnownCloud } from './knownCloud.ts';

/** A server as a backend's record names it, taken apart once. */
export type Destination = {
  /** Scheme, host and port, as evidence and messages show it. */
  readonly origin: string;
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  /** Path under which the server's routes lie, without a slash at the end. */
  readonly basePath: string;
  readonly host: HostClass;
};

export type ParsedDestination =
  | { readonly kind: 'destination'; readonly destination: Destination }
  | { readonly kind: 'invalid'; readonly why: string };

/** Takes a URL apart by the WHATWG rules; what carries a user name, a query or another scheme is refused with a reason. */
export function parseDestination(text: string): ParsedDestination {
  if (!URL.canParse(text)) return invalid('The address is not a URL.');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return invalid('The address must begin with http or https.');
  if (url.username !== '' || url.password !== '') return invalid('The address must not hold a user name or password.');
  if (url.search !== '' || url.hash !== '') return invalid('The address must not hold a query or fragment.');
  if (url.hostname === '') return invalid('The address names no host.');
  const secure = url.protocol === 'https:';
  return {
    kind: 'destination',
    destination: Object.freeze({
      origin: url.origin,
      hostname: url.hostname,
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      secure,
      basePath: url.pathname.replace(/\/+$/, ''),
      host: classifyHost(url.hostname),
    }),
  };
}

/**
 * The nearest zone that this address could turn out to be in, before anything was asked of it. On this machine only a server
 * that can prove where its models run, or one that the user has vouched for, can turn out to be near.
 */
export function nearestPossibleZone(
  destination: Destination,
  attested: Zone | undefined,
  proves: 'can prove' | 'cannot prove' = 'can prove',
): Zone {
  if (destination.host.kind === 'loopback')
    return proves === 'cannot prove' && attested === undefined ? 'cloud' : 'device';
  const named = attested === 'device' || attested === 'perimeter';
  return named && !isKnownCloud(destination.hostname) ? 'perimeter' : 'cloud';
}

function invalid(why: string): ParsedDestination {
  return { kind: 'invalid', why };
}
