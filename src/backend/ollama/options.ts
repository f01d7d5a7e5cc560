import type { FimFamily } from '../../core/prompt/fimFamilies.ts';
import type { Approved } from '../approved.ts';
import type { KeepAlive } from './keepAlive.ts';

/** What holds for every request to one Ollama server. */
export type OllamaOptions = {
  readonly base: string;
  /** Tokens of context for every model and every use: a second value would make the server load the model again. */
  readonly contextLength: number;
  readonly keepAlive: KeepAlive;
  /** Milliseconds without a first token after which the server is asked whether it is still loading. */
  readonly loadingAfterMs: number;
  /** Milliseconds until the server must have said what it is and what it has. */
  readonly lookMs: number;
  /** The FIM template that the user chose for a model, where the choice by name is wrong. */
  templateFor(model: string): FimFamily | 'suffix' | undefined;
};

/**
 * The `options` object. Of those that make the server reload a model only `num_ctx` is sent, always the same value;
 * `repeat_penalty` 1 switches off a default of older servers that spoils code.
 */
export function runnerOptions(
  { options, intent, info }: Approved,
  server: OllamaOptions,
  stop: readonly string[],
): Record<string, unknown> {
  const stops = [...stop, ...(options.stop ?? [])];
  return {
    ...loadOptions(info.contextLength, server),
    // Zero would only evaluate, but some runners drop what they evaluated unless a token was asked for.
    num_predict: intent === 'warm' ? 1 : Math.max(1, options.maxTokens),
    repeat_penalty: 1,
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    ...(stops.length === 0 ? {} : { stop: stops }),
  };
}

/** The part of the options that decides whether a loaded model fits a request; a bare load sends just these. */
export function loadOptions(trained: number | undefined, { contextLength }: OllamaOptions): { num_ctx: number } {
  return { num_ctx: Math.min(contextLength, trained ?? contextLength) };
}
