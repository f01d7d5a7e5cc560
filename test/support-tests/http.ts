import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { parseJson, record, type JsonRecord } from '../support/fake-server/json.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as a JSON object; an empty one when it is none. */
  readonly json: JsonRecord;
  /** The body's NDJSON lines. */
  readonly lines: readonly JsonRecord[];
  /** The `data:` lines of an event stream, as text. */
  readonly data: readonly string[];
}

export interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** A bare request: no redirects, no retries, no pool. Rejects when the connection breaks before the reply is whole. */
export function ask(url: string, { method, headers, body, signal }: Ask = {}): Promise<Reply> {
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: method ?? (payload === undefined ? 'GET' : 'POST'),
      headers: { 'content-type': 'application/json', ...headers },
      agent: false,
      ...(signal && { signal }),
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          json: record(parseJson(text)),
          lines: text
            .split('\n')
            .filter(Boolean)
            .map((line) => record(parseJson(line))),
          data: text
            .split('\n')
            .filter((line) => line.startsWith('data: '))
            .map((line) => line.slice(6)),
        });
      });
    });
    outgoing.end(payload);
  });
}
