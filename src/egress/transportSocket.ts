import { isIP, Socket } from 'node:net';
import tls from 'node:tls';
import { isLoopbackAddress } from '../core/zone/address.ts';
import type { Destination } from '../core/zone/destination.ts';
import type { PeerEvidence } from '../core/zone/evidence.ts';
import { PipeError } from '../core/exchange/pipeError.ts';
import type { Patience } from './wireRequest.ts';

/** A connected socket and who is at its other end. */
export type OpenSocket = { readonly stream: Socket; readonly peer: PeerEvidence };

/**
 * Connects without any proxy and checks the other end before a byte is written. A loopback host is reached by literal
 * address only, the pinned one first; what then reports another address or port is closed again.
 */
export async function openSocket(
  destination: Destination,
  how: { readonly pinned: string | undefined; readonly patience: Patience },
  signal: AbortSignal,
): Promise<OpenSocket> {
  let refused: PipeError | undefined;
  for (const host of hostsToTry(destination, how.pinned)) {
    try {
      const stream = await connected(destination, { host, patience: how.patience }, signal);
      return { stream, peer: checkPeer(destination, stream) };
    } catch (error) {
      if (!(error instanceof PipeError) || error.reason !== 'refused') throw whatItMeans(error, refused);
      refused = error;
    }
  }
  throw refused ?? new PipeError('unreachable', `${destination.origin} names no address to connect to.`);
}

/** Where one loopback address refuses and the machine has no other, as without v6, nothing listens: no more is wrong. */
function whatItMeans(error: unknown, refused: PipeError | undefined): unknown {
  return error instanceof PipeError && error.reason === 'unreachable' ? (refused ?? error) : error;
}

function hostsToTry({ host, hostname }: Destination, pinned: string | undefined): readonly string[] {
  if (host.kind !== 'loopback') return [hostname.replace(/^\[|\]$/g, '')];
  if (pinned === undefined) return host.addresses;
  return [pinned, ...host.addresses.filter((address) => address !== pinned)];
}

/** After so many milliseconds without a byte the system asks whether the other end is still there. */
const quietMs = 30_000;

type Dial = { readonly host: string; readonly patience: Patience };

function connected(destination: Destination, dial: Dial, signal: AbortSignal): Promise<Socket> {
  const { origin, secure } = destination;
  const seconds = dial.patience.connect / 1000;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled());
      return;
    }
    const stream = dialled(destination, dial.host);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (error: PipeError): void => {
      settle();
      stream.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(cancelled());
    const timer = setTimeout(
      () => fail(new PipeError('unreachable', `${origin} did not answer within ${seconds} s.`)),
      dial.patience.connect,
    );
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays: a late error of a socket that nobody waits for any more must not end the process.
    stream.on('error', (error) => fail(connectError(error, origin)));
    stream.once(secure ? 'secureConnect' : 'connect', () => {
      settle();
      stream.setNoDelay(true);
      // A machine that was put to sleep, or left the network, closes nothing: without these probes it is waited for for ever.
      stream.setKeepAlive(true, quietMs);
      resolve(stream);
    });
  });
}

/**
 * The constructor and not `net.connect`: the editor replaces the function, to wait for certificates that we need not.
 * `tls.connect` is looked up when it is used, because there the editor adds the certificates that the system trusts.
 */
function dialled({ port, secure, hostname }: Destination, host: string): Socket {
  if (!secure) return new Socket().connect({ host, port });
  return tls.connect({
    host,
    port,
    ALPNProtocols: ['http/1.1'],
    ...(isLiteral(hostname) ? {} : { servername: hostname }),
  });
}

function cancelled(): PipeError {
  return new PipeError('aborted', 'The request was cancelled.');
}

function isLiteral(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

function connectError(error: Error & { readonly code?: unknown }, origin: string): PipeError {
  const codes = codesIn(error);
  const options = { cause: error };
  if (codes.includes('ECONNREFUSED')) return new PipeError('refused', `Nothing listens at ${origin}.`, options);
  if (codes.some((code) => /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)))
    return new PipeError('certificate', `${origin} shows a certificate that this machine does not trust.`, options);
  if (codes.some((code) => code === 'ENOTFOUND' || code === 'EAI_AGAIN'))
    return new PipeError('unreachable', `The name of ${origin} is not known here.`, options);
  return new PipeError('unreachable', `${origin} cannot be reached.`, options);
}

/** Trying v6 and v4 at once gives an AggregateError that holds one error per address. */
function codesIn(error: Error & { readonly code?: unknown }): readonly string[] {
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error, ...inner].flatMap((each) =>
    each instanceof Error && 'code' in each && typeof each.code === 'string' ? [each.code] : [],
  );
}

function checkPeer(destination: Destination, stream: Socket): PeerEvidence {
  const { remoteAddress: address, remotePort: port } = stream;
  if (address === undefined || port === undefined) throw closed(stream, destination);
  const loopback = isLoopbackAddress(address);
  if (destination.host.kind === 'loopback' && (!loopback || port !== destination.port))
    throw closed(stream, destination);
  return { kind: loopback ? 'loopback' : 'network', address, port };
}

function closed(stream: Socket, { origin }: Destination): PipeError {
  stream.destroy();
  return new PipeError('peer', `The connection to ${origin} ended up somewhere else, so nothing was sent.`);
}
