import type { Spot } from '../../core/completion/spot.ts';
import type { Clock } from './ports.ts';

/** How long someone must look at a file before its prompt is evaluated ahead of need, in milliseconds. */
const dwellMs = 400;

/** Decides when to warm up: where someone comes to rest without typing. */
export function createWarmer({ clock, warm }: { readonly clock: Clock; readonly warm: (spot: Spot) => void }) {
  let pending: AbortController | undefined;

  const stop = (): void => {
    pending?.abort();
    pending = undefined;
  };
  return {
    moved: (spot: Spot): void => {
      stop();
      const timer = new AbortController();
      pending = timer;
      void clock.delay(dwellMs, timer.signal).then(() => {
        if (!timer.signal.aborted) warm(spot);
      });
    },
    /** A request is about to do the same. */
    typed: stop,
    dispose: stop,
  };
}
