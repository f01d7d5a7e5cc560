import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from './fake-server.ts';
import { pause, untilAborted } from './pause.ts';

/** How one request is to be served; everything left out goes well. */
export interface Behaviour {
  /** Milliseconds before anything happens, headers included. */
  readonly delayMs?: number;
  /** Milliseconds per generated token. */
  readonly tokenMs?: number;
  /** At most so many bytes per TCP write, cutting through UTF-8 sequences. */
  readonly splitBytes?: number;
  /** Answer with this instead of a generation. */
  readonly failure?: Failure;
  /** How the generation breaks off. */
  readonly ending?: Ending;
}

/** An answer that has nothing to do with a model. */
export type Failure =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown; readonly headers?: OutgoingHttpHeaders }
  | { readonly kind: 'text'; readonly status: number; readonly body: string; readonly contentType: string }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status: 301 | 302 | 307 | 308; readonly to: string }
  /** Accepts the request and never answers. */
  | { readonly kind: 'stall' }
  /** A TCP reset instead of an answer. */
  | { readonly kind: 'reset' };

/** What happens after `afterTokens` tokens of the answer (0: instead of the first one). */
export type Ending = { readonly afterTokens: number } & (
  | { readonly kind: 'error-frame'; readonly message: string }
  /** The stream ends properly on the HTTP level, without the mark that ends an answer. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'stall' }
  | { readonly kind: 'reset' }
  /** The model says the same token for ever. */
  | { readonly kind: 'repeat'; readonly token: string }
  /** A line that is no JSON, then the rest of the answer. */
  | { readonly kind: 'garbage-line' }
);

/** The page that a reverse proxy sends when what stands behind it fails. */
export function proxyPage(status: 413 | 502 | 504, phrase: string): Failure {
  const title = `${status} ${phrase}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;
  return { kind: 'text', status, body, contentType: 'text/html' };
}

/** Applies what comes before any generation. Gives false when the request is dealt with or the client left. */
export async function enter(exchange: Exchange, behaviour: Behaviour): Promise<boolean> {
  if (behaviour.splitBytes !== undefined) exchange.wire.splitEvery(behaviour.splitBytes);
  if (!(await pause(behaviour.delayMs ?? 0, exchange.signal))) return false;
  if (behaviour.failure === undefined) return true;
  await fail(exchange, behaviour.failure);
  return false;
}

async function fail({ wire, signal, note }: Exchange, failure: Failure): Promise<void> {
  switch (failure.kind) {
    case 'json':
      return wire.json(failure.status, failure.body, failure.headers ?? {});
    case 'text':
      return wire.whole(failure.status, { 'content-type': failure.contentType }, failure.body);
    case 'empty':
      return wire.whole(failure.status, {}, '');
    case 'redirect':
      note({ outcome: 'error' });
      return wire.whole(failure.status, { location: failure.to }, '');
    case 'stall':
      return untilAborted(signal);
    case 'reset':
      note({ outcome: 'error' });
      return wire.reset();
  }
}
