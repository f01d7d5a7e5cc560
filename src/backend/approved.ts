import type { ModelInfo, ModelRef } from '../core/exchange/model.ts';
import type { Intent, OpenPart, PromptOptions } from '../core/prompt/labelledPrompt.ts';
import type { ZoneProof } from '../core/zone/evidence.ts';
import type { BoundFetch } from './boundFetch.ts';

declare const minted: unique symbol;

/** A request that the guard has let pass: opened parts, the proof they were let pass on, and the one way to send them. */
export type Approved = {
  /** Names no field: only the guard can make one, and the architecture test holds the cast there. */
  readonly [minted]: true;
  readonly model: ModelRef;
  readonly info: ModelInfo;
  readonly intent: Intent;
  readonly parts: readonly OpenPart[];
  readonly options: PromptOptions;
  readonly proof: ZoneProof;
  readonly terms: CloudTerms;
  readonly fetch: BoundFetch;
};

/** What the policy asks of a cloud that is used at all. Backends pass on what their wire can say. */
export type CloudTerms = {
  /** `deny`: only upstreams that neither train on nor sell what they get. */
  readonly dataCollection: 'deny' | 'allow';
  /** Only upstreams that keep nothing. */
  readonly zeroRetention: boolean;
  /** The only upstreams allowed; absent: any. */
  readonly upstreams?: readonly string[];
};
