import type { LabelledPrompt } from '../prompt/labelledPrompt.ts';
import type { LeaveOffer } from '../declassify/declassification.ts';
import type { Label } from '../label/labelled.ts';
import type { Receipt } from '../audit/receipt.ts';
import type { ZoneProof } from '../zone/evidence.ts';
import type { ModelInfo, ModelRef } from './model.ts';
import type { BackendError, StreamPart } from './stream.ts';
import type { Verdict } from './verdict.ts';

/** The one door, as the rest of the product sees it. Its implementation is known to the composition root alone. */
export type Guard = {
  /**
   * Decides without sending: proves the destination's zone with an empty body and says what would be kept back. A prompt with
   * a required part is a question that waits to be sent: turned down here, it leaves a receipt as it would from `send`. A
   * prompt that requires nothing is only looked at.
   */
  preview(prompt: LabelledPrompt, model: ModelRef, signal: AbortSignal): Promise<Preview>;
  /** Decides, sends what may go and streams what comes back. Ends with `receipt`. Never throws for a refusal or a broken pipe. */
  send(prompt: LabelledPrompt, model: ModelRef, signal: AbortSignal): AsyncIterable<SendEvent>;
  /** The models a backend has, asked through the same door with an empty label. */
  models(backend: string, signal: AbortSignal): Promise<ModelList>;
  /** What the server says of one model, in more detail than the list. */
  describe(model: ModelRef, signal: AbortSignal): Promise<ModelDescription>;
  /** Loads a model without a prompt, so that a later abort cannot undo the load. Resolves when loaded or failed. */
  load(model: ModelRef, signal: AbortSignal): Promise<BackendError | undefined>;
  /** Downloads a model to the backend, where it can. An abort ends it without a word. */
  pull(model: ModelRef, signal: AbortSignal): AsyncIterable<PullEvent>;
};

export type Preview =
  | {
      readonly kind: 'decided';
      readonly verdict: Verdict;
      readonly proof?: ZoneProof;
      /** For each part kept back that the user may send after all: what the leave would be for. */
      readonly offers?: readonly LeaveOffer[];
    }
  /** Nothing could be decided: the server was not reached, or something broke on the way. */
  | { readonly kind: 'failed'; readonly error: BackendError };

export type SendEvent =
  | { readonly kind: 'decided'; readonly verdict: Verdict; readonly proof?: ZoneProof; readonly label: Label }
  | StreamPart
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

export type ModelList =
  | { readonly kind: 'models'; readonly models: readonly ListedModel[] }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** A model as listed, with the zone it would be served in as far as can be told without a request. */
export type ListedModel = { readonly info: ModelInfo; readonly proof: ZoneProof };

export type ModelDescription =
  | { readonly kind: 'described'; readonly info: ModelInfo; readonly proof: ZoneProof; readonly loaded: boolean }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** Bytes; `total` is absent until the server knows it. */
export type PullEvent =
  | { readonly kind: 'progress'; readonly status: string; readonly completed?: number; readonly total?: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'error'; readonly error: BackendError };
