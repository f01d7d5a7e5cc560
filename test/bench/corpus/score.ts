import type { Moment } from './replay.ts';

/** What a predictor offers at a cursor. */
export type Guess = { readonly text: string; readonly confidence: number; readonly wholeLine: boolean };

export type Ask = (path: string, prefix: string, suffix: string) => Guess | undefined;

/** Counts over many cursors. */
export type Score = {
  asked: number;
  /** Offers seen; one that is typed along counts once. */
  shown: number;
  right: number;
  /** Characters of right offers. */
  chars: number;
  whole: number;
  wholeRight: number;
  /** Characters written, and those of them that one key (accept) stood for. */
  written: number;
  saved: number;
  readonly ms: number[];
  /** By tenth of confidence. */
  readonly bins: { shown: number; right: number; confidence: number }[];
};

export function newScore(): Score {
  const bins = Array.from({ length: 10 }, () => ({ shown: 0, right: 0, confidence: 0 }));
  return { asked: 0, shown: 0, right: 0, chars: 0, whole: 0, wholeRight: 0, written: 0, saved: 0, ms: [], bins };
}

/** Asks once, where the line begins: next-line prediction. */
export function askAtStart(score: Score, ask: Ask, moment: Moment): void {
  look(score, ask, moment, indentOf(moment.line));
}

/** Writes the line key by key, asks before each key, and accepts whatever is right to its end. */
export function typeLine(score: Score, ask: Ask, moment: Moment): void {
  const end = moment.line.trimEnd().length;
  let at = indentOf(moment.line);
  let seen: Guess | undefined;
  score.written += end - at;
  while (at < end) {
    const found = look(score, ask, moment, at, seen);
    const step = found.right ? Math.max(1, found.guess?.text.length ?? 0) : 1;
    if (found.right) score.saved += step - 1;
    seen = found.right ? undefined : found.guess;
    at += step;
  }
}

/**
 * Right means: all that is shown is what was written next. An offer for the whole line must be the whole line, one for a
 * part must not end within a word.
 */
function look(
  score: Score,
  ask: Ask,
  moment: Moment,
  at: number,
  before?: Guess,
): { readonly guess?: Guess; readonly right: boolean } {
  const prefix = [...moment.above, moment.line.slice(0, at)].join('\n');
  const rest = moment.line.slice(at).trimEnd();
  const suffix = ['', ...moment.below].join('\n');
  const begin = performance.now();
  const guess = ask(moment.path, prefix, suffix);
  score.ms.push(performance.now() - begin);
  score.asked += 1;
  if (!guess) return { right: false };
  const right = guess.wholeLine ? guess.text === rest : beginsWith(rest, guess.text);
  if (before?.text.slice(1) === guess.text && before.text[0] === moment.line[at - 1]) return { guess, right };
  note(score, guess, right);
  return { guess, right };
}

function note(score: Score, guess: Guess, right: boolean): void {
  const one = right ? 1 : 0;
  score.shown += 1;
  score.right += one;
  score.chars += one * guess.text.length;
  if (guess.wholeLine) score.whole += 1;
  if (guess.wholeLine) score.wholeRight += one;
  const bin = score.bins[Math.min(9, Math.floor(guess.confidence * 10))];
  if (!bin) return;
  bin.shown += 1;
  bin.right += one;
  bin.confidence += guess.confidence;
}

/** Whether a line begins with a text that does not end within one of its words. */
export function beginsWith(rest: string, text: string): boolean {
  return rest.startsWith(text) && !(/\w$/.test(text) && /^\w/.test(rest.slice(text.length)));
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

/** Adds one score to another. */
export function addScore(to: Score, from: Score): void {
  for (const key of ['asked', 'shown', 'right', 'chars', 'whole', 'wholeRight', 'written', 'saved'] as const) {
    to[key] += from[key];
  }
  for (const ms of from.ms) to.ms.push(ms);
  for (const [at, bin] of from.bins.entries()) {
    const sum = to.bins[at];
    if (!sum) continue;
    sum.shown += bin.shown;
    sum.right += bin.right;
    sum.confidence += bin.confidence;
  }
}

/** One line of a table. */
export function scoreLine(name: string, score: Score): string {
  return [
    name.padEnd(28),
    `asked ${String(score.asked).padStart(6)}`,
    `shown ${percent(score.shown, score.asked)}`,
    `right ${percent(score.right, score.shown)}`,
    `acceptance length ${(score.chars / Math.max(1, score.right)).toFixed(1).padStart(4)}`,
    `right characters an ask ${(score.chars / Math.max(1, score.asked)).toFixed(2)}`,
    ...(score.written > 0 ? [`keys saved ${percent(score.saved, score.written)}`] : []),
    `ms p50 ${quantile(score.ms, 0.5).toFixed(2)} p95 ${quantile(score.ms, 0.95).toFixed(2)}`,
  ].join('  ');
}

/** The value below which the share `q` of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1).padStart(5)} %`;
}
