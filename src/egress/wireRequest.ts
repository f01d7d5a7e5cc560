import type { Destination } from '../core/zone/destination.ts';

/** One request, ready to be written. The body's length is sent ahead; redirects are never followed. */
export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query below the origin. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
};

/** Milliseconds. `firstByte` 0 waits for ever: a cold model may load for many minutes before the first header. */
export type Patience = { readonly connect: number; readonly firstByte: number; readonly idle: number };

/** A request with whom it is for. */
export type Exchange = {
  readonly destination: Destination;
  readonly request: WireRequest;
  readonly patience: Patience;
};
