import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';

/** A request from this server to the cloud behind it. */
export interface CloudRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
  /** The cloud's generation ends when the client here leaves. */
  readonly signal: AbortSignal;
}

/** Sends it on a connection of its own. Rejects when the cloud cannot be reached or the signal aborts. */
export function askCloud({ url, method, headers, body, signal }: CloudRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, signal, agent: false });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** What the server signs its own requests with, in place of whatever the client had sent. */
export const deviceSignature = 'fake-device-key:fake-signature';

const hopByHop = new Set([
  'connection', 'content-length', 'proxy-connection', 'keep-alive', 'proxy-authenticate',
  'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]); // prettier-ignore

/** The headers that a proxy passes on. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}
