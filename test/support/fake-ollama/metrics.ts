import type { Metrics } from './events.ts';

/** How a generation went. `…At` and `…Ms` are milliseconds, the former on the monotonic clock. */
export interface Course {
  readonly startedAt: number;
  readonly loadedAt: number;
  readonly promptTokens: number;
  /** Prompt tokens that were not in the slot's cache. */
  readonly freshTokens: number;
  readonly promptTokenMs: number;
  readonly saidTokens: number;
  readonly tokenMs: number;
}

/**
 * The metrics of the last frame. `prompt_eval_count` counts cached tokens too, `prompt_eval_duration` only covers the
 * others. Durations have a floor per token, so that a cache hit shows even when the server runs without delays.
 */
export function metricsOf(course: Course): Metrics {
  const load = nanoseconds(course.loadedAt - course.startedAt);
  const prompt = nanoseconds(course.freshTokens * Math.max(course.promptTokenMs, 0.2));
  const answer = nanoseconds(course.saidTokens * Math.max(course.tokenMs, 2));
  return {
    total_duration: Math.max(nanoseconds(performance.now() - course.startedAt), load + prompt + answer),
    load_duration: load,
    prompt_eval_count: course.promptTokens,
    prompt_eval_duration: prompt,
    eval_count: course.saidTokens,
    eval_duration: answer,
  };
}

function nanoseconds(ms: number): number {
  return Math.round(ms * 1e6);
}
