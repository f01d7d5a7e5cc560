import type { BreakEvent } from '../fake-server/break-off.ts';

/** Nanoseconds and counts of the last frame. Zeroes are left out on the wire. */
export interface Metrics {
  readonly total_duration: number;
  readonly load_duration: number;
  readonly prompt_eval_count: number;
  readonly prompt_eval_duration: number;
  readonly eval_count: number;
  readonly eval_duration: number;
}

export interface ToolCall {
  readonly id: string;
  readonly function: { readonly index: number; readonly name: string; readonly arguments: unknown };
}

export interface FinalEvent {
  readonly kind: 'final';
  readonly reason: string | undefined;
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly metrics: Partial<Metrics>;
  /** Token ids of prompt and answer, for requests that are not raw. */
  readonly context: readonly number[] | undefined;
}

export interface ErrorEvent {
  readonly kind: 'error';
  readonly status: number;
  readonly message: string;
  /** Sent instead of `{"error": message}` when nothing has been sent yet. */
  readonly body?: unknown;
}

/** What happens while a model answers, before any wire format. */
export type GenerationEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'tools'; readonly calls: readonly ToolCall[] }
  | FinalEvent
  /** The whole answer to a request that only loads or unloads. */
  | { readonly kind: 'alone'; readonly reason: 'load' | 'unload' }
  | ErrorEvent
  | Exclude<BreakEvent, { kind: 'error' }>;
