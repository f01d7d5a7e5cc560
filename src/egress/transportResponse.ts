import type { ClientRequest, IncomingMessage } from 'node:http';
import { PipeError } from '../core/exchange/pipeError.ts';
import { bodyStream } from './transportBody.ts';
import type { Exchange } from './wireRequest.ts';

/**
 * Writes the request and resolves with a WHATWG `Response` as soon as its headers are here. The signal stays in force until
 * the body has ended: an abort destroys the socket at any moment, so the server sees that nobody listens any more.
 */
export function awaitResponse(outgoing: ClientRequest, exchange: Exchange, signal: AbortSignal): Promise<Response> {
  const { request, patience, destination } = exchange;
  const { origin } = destination;
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const stop = (error: PipeError): void => {
      settle();
      reject(error);
      outgoing.destroy(error);
    };
    const onAbort = (): void => stop(aborted());
    const timer = afterSilence(patience.firstByte, (seconds) =>
      stop(new PipeError('no-answer', `${origin} sent nothing for ${seconds} s.`)),
    );
    outgoing.on('error', (error) => stop(error instanceof PipeError ? error : brokenBefore(error, origin)));
    // A switch of protocols ends in a close and nothing else; nobody here takes part in one.
    outgoing.on('close', () => stop(brokenBefore(new Error('closed'), origin)));
    outgoing.on('response', (message) => {
      settle();
      const status = message.statusCode ?? 0;
      if (status >= 300 && status < 400)
        stop(new PipeError('redirected', `${origin} wants to send the request elsewhere.`));
      else resolve(toResponse(message, { status, idle: patience.idle, signal }));
    });
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.end(request.body);
  });
}

function afterSilence(ms: number, then: (seconds: number) => void): ReturnType<typeof setTimeout> | undefined {
  return ms > 0 ? setTimeout(() => then(ms / 1000), ms) : undefined;
}

/** What every cancelled request fails with. */
export function aborted(): PipeError {
  return new PipeError('aborted', 'The request was cancelled.');
}

/** The server hung up on us before a single byte of an answer, or the proxy in between did. */
function brokenBefore(error: Error, origin: string): PipeError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const options = { cause: error };
  if (code === 'ECONNREFUSED') return new PipeError('refused', `Nothing listens at ${origin}.`, options);
  if (/^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(code))
    return new PipeError('unreachable', `${origin} cannot be reached.`, options);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return new PipeError('certificate', `${origin} shows a certificate that this machine does not trust.`, options);
  return new PipeError('reset', `${origin} closed the connection before it answered.`, options);
}

function toResponse(
  message: IncomingMessage,
  { status, idle, signal }: { readonly status: number; readonly idle: number; readonly signal: AbortSignal },
): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers))
    for (const each of [value ?? []].flat()) headers.append(name, each);
  const empty = status === 204 || status === 205;
  const body = bodyStream(message, { idle, signal });
  return new Response(empty ? null : body, { status, statusText: message.statusMessage ?? '', headers });
}
