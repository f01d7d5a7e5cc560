import type { Offer } from '../../core/completion/offer.ts';
import type { Ask, Clock } from './ports.ts';

/** A place where a suggestion is wished for, by an editor that waits for it or by one that will ask. */
export type Wish = {
  readonly ask: Ask;
  /** Set while the editor waits. */
  answer?: ((offer: Offer | undefined) => void) | undefined;
  /** Set while a stand-in is shown: told whether something better has come, or will not. */
  better?: ((came: boolean) => void) | undefined;
  /** Set while the wish waits for its time. */
  timer?: AbortController | undefined;
  /** The id of the job that was made for it. */
  job?: number | undefined;
};

/** The newest wish. It is the only one that counts: what it replaces is given up. */
export type Wishes = {
  newest(): Wish | undefined;
  replace(wish: Wish): Wish;
  /** Nothing is wished for any more. */
  end(): void;
  /** Acts after so many milliseconds, unless the wish was replaced or its timer stopped by then. */
  later(wish: Wish, ms: number, act: () => void): void;
};

export function createWishes(clock: Pick<Clock, 'delay'>): Wishes {
  let newest: Wish | undefined;

  const end = (): void => {
    newest?.timer?.abort();
    if (newest) giveUp(newest);
    newest = undefined;
  };
  return {
    newest: () => newest,
    replace: (wish) => {
      end();
      newest = wish;
      return wish;
    },
    end,
    later: (wish, ms, act) => {
      const timer = new AbortController();
      wish.timer = timer;
      void clock.delay(ms, timer.signal).then(() => {
        if (timer.signal.aborted || wish !== newest) return;
        wish.timer = undefined;
        act();
      });
    },
  };
}

/** The editor has its answer. */
export function answer(wish: Wish, offer: Offer | undefined): void {
  wish.answer?.(offer);
  wish.answer = undefined;
}

/** Something better than the stand-in has come, or will not. */
export function answerBetter(wish: Wish, came: boolean): void {
  wish.better?.(came);
  wish.better = undefined;
}

/** Nothing will come, or nothing better than what stands in for it. */
export function giveUp(wish: Wish): void {
  answer(wish, undefined);
  answerBetter(wish, false);
}
