import type { Zone } from '../core/label/reach.ts';
import type { PullEvent } from '../core/exchange/guard.ts';
import type { ModelInfo } from '../core/exchange/model.ts';
import type { BackendError, StreamPart } from '../core/exchange/stream.ts';
import type { Destination } from '../core/zone/destination.ts';
import type { ModelEvidence, ServerEvidence } from '../core/zone/evidence.ts';
import type { Approved } from './approved.ts';
import type { BoundFetch } from './boundFetch.ts';

/** One model server behind one wire protocol. Reaches it only through the fetch that the guard gives it per call. */
export type Backend = {
  readonly id: string;
  readonly place: Place;
  /** Whether a server of this kind can prove, without being vouched for, that its models run on its own machine. */
  readonly proves: 'can prove' | 'cannot prove';
  /** Whether it can be told whom to use as upstream and that nothing may be kept; a backend that cannot is no place where the policy asks for it. */
  readonly keepsTerms: boolean;
  /** What each purpose may ask of the server; everything else is refused below the adapter. */
  readonly routes: Readonly<Record<Purpose, readonly Route[]>>;
  /** Headers of this backend that go on every request, the key among them. */
  headers(): Promise<HeaderResult>;
  /** Finds out, without any user text, which server this is and who would run the model. */
  look(probe: Probe, model: string, signal: AbortSignal): Promise<Look>;
  list(probe: Probe, signal: AbortSignal): Promise<Listing>;
  /** Sends what was approved. Ends with `finish` or `error`; throws only a `PipeError` of reason `aborted`. */
  stream(approved: Approved, signal: AbortSignal): AsyncIterable<StreamPart>;
  /** Loads a model without a prompt, where the protocol has that. */
  load?(probe: Probe, model: LookedAt, signal: AbortSignal): Promise<BackendError | undefined>;
  /** Whether the server holds the model in memory now, where it tells. */
  isLoaded?(probe: Probe, model: string, signal: AbortSignal): Promise<boolean>;
  pull?(probe: Probe, model: string, signal: AbortSignal): AsyncIterable<PullEvent>;
  /** Says what a failed connection means for this kind of server, and what to do about it. */
  explain(error: unknown): BackendError;
};

export type Place =
  | { readonly kind: 'in-process' }
  | {
      readonly kind: 'network';
      readonly destination: Destination;
      /** The zone that the user's own settings name for this very endpoint. */
      readonly attested?: Exclude<Zone, 'cloud'>;
    };

export type Purpose = 'look' | 'completion' | 'chat' | 'load' | 'pull';

/** `path` lies below the server's base path and is compared whole. */
export type Route = { readonly method: 'GET' | 'POST'; readonly path: string };

export type HeaderResult =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** The way to a server for requests without user text. `at` is the address that answered: what is known of one does not hold for another. */
export type Probe = { readonly fetch: BoundFetch; readonly at: string };

export type LookedAt = {
  readonly server: ServerEvidence;
  readonly model: ModelEvidence;
  readonly info: ModelInfo;
};

export type Look = ({ readonly kind: 'seen' } & LookedAt) | { readonly kind: 'failed'; readonly error: BackendError };

export type Listing =
  | {
      readonly kind: 'models';
      readonly server: ServerEvidence;
      readonly models: readonly { readonly info: ModelInfo; readonly model: ModelEvidence }[];
    }
  | { readonly kind: 'failed'; readonly error: BackendError };
