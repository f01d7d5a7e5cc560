import type { IncomingHttpHeaders } from 'node:http';

/**
 * How a request ended. `done`: answered in full. `error`: refused, broken off or failed by this server. `cancelled`: the
 * client left first. `open`: still under way.
 */
export type Outcome = 'open' | 'done' | 'cancelled' | 'error';

/** One request as a fake server saw it. Times are milliseconds since the epoch, with fractions. */
export interface SeenRequest {
  readonly id: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As sent, with the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes of the body without transfer coding; what had come in when the client left early. */
  readonly rawBody: Buffer;
  /** The parsed JSON body, or undefined when there is none. */
  readonly body: unknown;
  readonly remotePort: number;
  readonly receivedAt: number;
  /** When the first byte of the answer was handed to the socket. */
  readonly firstByteAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly status: number | undefined;
  readonly outcome: Outcome;
  /** Tokens generated so far, also for a client that left. */
  readonly tokens: number;
  /** Tokens of the prompt as the model got it (after any truncation), cached ones included. */
  readonly promptTokens: number;
  /** How many of them the slot still had from the prompt before. */
  readonly cachedTokens: number;
  /** The server cut the prompt to fit the context. */
  readonly truncated: boolean;
  /** The request made the server load the model again with other runner options. */
  readonly reloaded: boolean;
}

/** The facts about a request that become known only while it is served. */
export type RequestFacts = Partial<Omit<SeenRequest, 'id' | 'method' | 'path' | 'url' | 'headers' | 'receivedAt'>>;

/** The model that the body asks for, or undefined. */
export function requestedModel(request: SeenRequest): string | undefined {
  if (typeof request.body !== 'object' || request.body === null) return undefined;
  if ('model' in request.body && typeof request.body.model === 'string') return request.body.model;
  return 'name' in request.body && typeof request.body.name === 'string' ? request.body.name : undefined;
}
