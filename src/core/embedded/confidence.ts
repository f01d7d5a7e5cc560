import { isBreak } from './vocabulary.ts';
import type { Nominee } from './vote.ts';

/** What the confidence in one token is judged by; see `features`. */
export type Features = readonly number[];

/** What is known of the place besides the votes. */
export type Circumstances = {
  /** Characters of the token that are typed already. */
  readonly typed: number;
  /** Tokens of the line before this one. */
  readonly onLine: number;
  /** Tokens foretold before this one. */
  readonly ahead: number;
};

/**
 * Describes a vote by numbers that say how often such a vote is right: how long the match is, how far the others are
 * behind, how many places agree, what kind of token it is, and how far ahead.
 */
export function features(nominees: readonly Nominee[], { typed, onLine, ahead }: Circumstances): Features {
  const [best, second] = nominees;
  if (!best) return [];
  const total = nominees.reduce((sum, nominee) => sum + nominee.weight, 0);
  const others = Math.log(1 - best.weight / total + 0.01);
  const ends = isBreak(best.token) ? 1 : 0;
  const matched = Math.log(best.longest);
  const wholeLine = best.longest > onLine ? 1 : 0;
  return [
    1,
    matched,
    ...lengths.map((length) => (best.longest >= length ? 1 : 0)),
    others,
    Math.log(best.places),
    second && second.longest >= best.longest ? 1 : 0,
    best.here ? 1 : 0,
    ends,
    ends * matched,
    ends * others,
    wholeLine,
    wholeLine * matched,
    wholeLine * others,
    Math.log(typed + 1),
    typed > 0 ? 1 : 0,
    typed > 0 ? others : 0,
    nominees.length === 1 ? 1 : 0,
    Math.log(best.owners.size),
    Math.log(ahead + 1),
    ahead > 0 ? 1 : 0,
    ahead > 0 ? others : 0,
    Math.log(onLine + 1),
    best.places === 1 && best.here ? 1 : 0,
    others * matched,
    others * Math.log(best.places),
    matched * Math.log(best.places),
    others * others,
    ahead > 0 ? matched : 0,
    typed > 0 ? matched : 0,
    onLine === 0 ? 1 : 0,
    onLine === 0 ? others : 0,
  ];
}

const lengths = [3, 4, 5, 6, 8, 10, 13, 17, 22, 28];

/** The probability that the best of the votes is what the developer types next. */
export function confidence(values: Features): number {
  const sum = values.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** Fitted by logistic regression; `test/bench/embeddedFit.bench.ts` prints them anew from any traces. */
const weights: readonly number[] = [
  -1.83, -0.79, 0.61, 0.67, 0.23, 0.2, 0.21, 0.04, 0.19, -0.33, 0.43, 0.4, -0.57, 0.07, -0.59, 0.76, -1.76, 0.6, 0.03,
  -0.2, 0.08, 0.01, -0.06, 1.37, -0.09, 0.89, 0.34, 0.47, -0.1, -0.15, 0.08, -0.52, -0.13, -0.12, -0.1, -0.13, -0.23,
  -0.54, 0.4, -0.02,
];
