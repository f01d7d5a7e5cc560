import type { Intent } from '../prompt/labelledPrompt.ts';
import type { ModelRef } from '../exchange/model.ts';
import type { FinishReason, Served, Usage, ErrorReason } from '../exchange/stream.ts';
import type { Verdict } from '../exchange/verdict.ts';
import type { ZoneProof } from '../zone/evidence.ts';
import type { FindingSummary } from '../scan/finding.ts';

/** The record of one request, sent or refused. Never holds content, prompts or keys. */
export type Receipt = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly intent: Intent;
  readonly model: ModelRef;
  readonly proof?: ZoneProof;
  readonly verdict: Verdict;
  readonly outcome: ReceiptOutcome;
  /** Bytes of request bodies that went out, after the guard. */
  readonly bytesOut: number;
  readonly durationMs: number;
  /** Until the first delta. */
  readonly firstTokenMs?: number;
  readonly usage: Usage;
  readonly served?: Served;
  /** Hash of the policy that held, as hex. */
  readonly policy: string;
  /** What the content scan found in it, without the text; absent where nothing was scanned or found. */
  readonly findings?: readonly FindingSummary[];
};

export type ReceiptOutcome =
  | { readonly kind: 'done'; readonly reason: FinishReason }
  | { readonly kind: 'refused' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly reason: ErrorReason; readonly message: string };
