import type { Usage } from '../exchange/stream.ts';
import type { LineMode } from './lineMode.ts';

/** How fast a model answers on its machine, learned from what it did; absent until measured. */
export type Speed = {
  /** Milliseconds to the first token with a warm prompt. */
  readonly firstTokenMs?: number;
  /** Milliseconds for each further token. */
  readonly tokenMs?: number;
  /** Prompt tokens evaluated in a millisecond. */
  readonly evaluated?: number;
  /** What `evaluated` is taken from, the latest last. */
  readonly rates?: readonly number[];
  readonly charsPerToken: number;
  /** What `charsPerToken` follows. */
  readonly ratio?: number;
  /** Milliseconds from asking to the end of what was of use. */
  readonly answerMs?: Readonly<Partial<Record<LineMode, number>>>;
};

/** One answer, measured. Characters are UTF-16 units of the prompt; `newChars` were not part of the prompt before. */
export type Sample = {
  readonly usage: Usage;
  readonly firstTokenMs: number;
  readonly streamMs: number;
  readonly pieces: number;
  /** Whether it was to say a line or a block; absent where it was to say nothing. */
  readonly lines?: LineMode;
  readonly promptChars: number;
  readonly newChars: number;
};

export const unmeasured: Speed = { charsPerToken: 3.3 };

/**
 * Takes one more sample into account, outliers left out: cold loads and servers that do not count what they say. What decides
 * how long prompts are changes in steps only: another length is another beginning, which a server evaluates anew.
 */
export function learn(speed: Speed, sample: Sample): Speed {
  const { usage } = sample;
  const tokens = usage.outputTokens ?? sample.pieces;
  const perToken = tokens > 3 ? (usage.outputMs ?? sample.streamMs) / tokens : undefined;
  const seen = charsPerTokenOf(sample);
  const ratio = seen === undefined ? speed.ratio : mix(speed.ratio, seen);
  const whole = sample.firstTokenMs + sample.streamMs;
  const newTokens = sample.newChars / (seen ?? speed.charsPerToken);
  const cold = (usage.loadMs ?? 0) > 1_000;
  const rate = newTokens > 96 && !cold ? newTokens / Math.max(1, usage.promptMs ?? sample.firstTokenMs) : undefined;
  const rates = rate === undefined ? speed.rates : [...(speed.rates ?? []).slice(-7), rate];
  const first = cold ? undefined : sample.firstTokenMs;
  const lines = cold ? undefined : sample.lines;
  return {
    ...speed,
    ...(ratio === undefined ? {} : { ratio, charsPerToken: inSteps(speed.charsPerToken, ratio, 1.08) }),
    ...(first === undefined ? {} : { firstTokenMs: mix(speed.firstTokenMs, first) }),
    ...(perToken === undefined ? {} : { tokenMs: mix(speed.tokenMs, perToken) }),
    ...(rates && { rates, evaluated: inSteps(speed.evaluated, believable(rates), 1.4) }),
    ...(lines && { answerMs: { ...speed.answerMs, [lines]: mix(speed.answerMs?.[lines], whole) } }),
  };
}

/** A prompt of so many characters came to more tokens than the model's window has: it is cut by that from now on. */
export function learnTooLong(speed: Speed, { chars, tokens }: { chars: number; tokens: number }): Speed {
  const ratio = Math.min(speed.charsPerToken, chars / tokens);
  return { ...speed, ratio, charsPerToken: ratio };
}

/**
 * Of a prompt long enough for the template's own words not to count. Most scripts but Latin come to a token for each character
 * and some to more; what a server counts beyond that cannot be.
 */
function charsPerTokenOf({ usage, promptChars }: Sample): number | undefined {
  const tokens = usage.promptTokens ?? 0;
  const ratio = promptChars / tokens;
  return tokens >= 100 && ratio > 0.3 && ratio < 8 ? ratio : undefined;
}

/**
 * The lowest of the last rates but one, so that a single slow one does not count. The high ones deceive more: a server that had
 * kept what we took for new has evaluated nothing, and seems as quick as can be.
 */
function believable(rates: readonly number[]): number {
  const [lowest = 0, next = lowest] = rates.toSorted((a, b) => a - b);
  return rates.length < 3 ? lowest : next;
}

/** Keeps to the old value until the new one is so many times larger or smaller. */
function inSteps(old: number | undefined, now: number, factor: number): number {
  return old !== undefined && now < old * factor && now > old / factor ? old : now;
}

function mix(old: number | undefined, sample: number): number {
  return old === undefined ? sample : old + 0.3 * (sample - old);
}
