import { sameSpot, type Spot } from '../../core/completion/spot.ts';
import type { Clock } from './ports.ts';

/**
 * How long someone must look at a file before its prompt is evaluated ahead of need, in milliseconds: not long, as they may be
 * about to write. Whoever comes from a file that they left as soon as `glanceMs` is looking for one, and must look for longer.
 */
const dwellMs = 400;
const searchingMs = 1_500;
const glanceMs = 2_000;

type Parts = {
  readonly clock: Clock;
  /** Warms up; false where that must wait until something else is over. */
  readonly warm: (spot: Spot) => boolean;
};

/** Decides when to warm up: where someone comes to rest without typing. */
export function createWarmer({ clock, warm }: Parts) {
  let pending: { readonly spot: Spot; readonly timer: AbortController } | undefined;
  let arrived: { readonly uri: string; readonly at: number; readonly searching: boolean } | undefined;

  const stop = (): void => {
    pending?.timer.abort();
    pending = undefined;
  };
  const rest = async (spot: Spot, ms: number): Promise<void> => {
    const timer = new AbortController();
    pending = { spot, timer };
    do await clock.delay(ms, timer.signal);
    while (!timer.signal.aborted && !warm(spot));
    if (timer.signal.aborted) return;
    pending = undefined;
    if (arrived) arrived = { ...arrived, searching: false };
  };
  return {
    moved: (spot: Spot): void => {
      // Told again of the same place, one has not moved.
      if (pending && sameSpot(pending.spot, spot)) return;
      stop();
      const { uri } = spot.document;
      const now = clock.now();
      if (arrived?.uri !== uri)
        arrived = { uri, at: now, searching: arrived !== undefined && now - arrived.at < glanceMs };
      void rest(spot, arrived.searching ? searchingMs : dwellMs);
    },
    /** A request is about to do the same. */
    typed: stop,
    dispose: stop,
  };
}
