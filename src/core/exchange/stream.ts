import type { RefusalReason } from './verdict.ts';

/** What a backend streams back. Exactly one `finish` or `error` ends a stream; after an abort neither is owed. */
export type StreamPart =
  | { readonly kind: 'loading' }
  | { readonly kind: 'delta'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'finish'; readonly reason: FinishReason; readonly usage: Usage; readonly served: Served }
  | { readonly kind: 'error'; readonly error: BackendError };

/** `incomplete`: the stream ended without saying so; what came is shown, marked as possibly cut. */
export type FinishReason = 'stop' | 'length' | 'incomplete';

/** Tokens and times as the server counted them; absent where it did not say. Milliseconds. */
export type Usage = {
  readonly promptTokens?: number;
  readonly outputTokens?: number;
  readonly cachedTokens?: number;
  readonly loadMs?: number;
  readonly promptMs?: number;
  readonly outputMs?: number;
  readonly costUsd?: number;
};

/** Who ran the model, from the wire. `upstream` is absent where nothing on the wire tells. */
export type Served = { readonly model: string; readonly upstream?: string };

/** `reason` is for code, `message` and `action` are for the user: one sentence each, no content of the request. */
export type BackendError = {
  readonly reason: ErrorReason;
  readonly message: string;
  readonly action?: string;
  /** Milliseconds after which another try may succeed, where the server said. */
  readonly retryAfterMs?: number;
  /** Says on which machine the server was looked for, where that could surprise. */
  readonly asked?: string;
  /** Set where not the server but the guard said no. */
  readonly refusal?: RefusalReason;
  readonly cause?: unknown;
};

export type ErrorReason =
  | 'not-running'
  | 'model-missing'
  | 'no-insert'
  | 'forbidden'
  | 'unauthorized'
  | 'payment'
  | 'busy'
  | 'rate-limited'
  | 'too-long'
  | 'load-failed'
  | 'upstream-failed'
  | 'privacy-restricted'
  | 'broken-stream'
  | 'timeout'
  | 'redirected'
  | 'became-remote'
  | 'not-permitted'
  | 'bad-request'
  | 'unexpected';
