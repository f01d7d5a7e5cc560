import type { Offer } from '../../core/completion/offer.ts';
import type { Ask } from './ports.ts';

/** A place where a suggestion is wanted, by an editor that waits (`answer`) or by one that will ask. */
export type Want = {
  readonly ask: Ask;
  answer?: ((offer: Offer | undefined) => void) | undefined;
  /** Set while a stand-in is shown: whether something better has come, or will not. */
  better?: ((came: boolean) => void) | undefined;
  timer?: AbortController | undefined;
  job?: number | undefined;
};

/** The editor has its answer. */
export function answer(want: Want, offer: Offer | undefined): void {
  want.answer?.(offer);
  want.answer = undefined;
}

/** Something better than the stand-in has come, or will not. */
export function answerBetter(want: Want, came: boolean): void {
  want.better?.(came);
  want.better = undefined;
}

/** Nothing will come, or nothing better than what stands in for it. */
export function giveUp(want: Want): void {
  answer(want, undefined);
  answerBetter(want, false);
}
