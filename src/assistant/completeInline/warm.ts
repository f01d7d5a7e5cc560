import { sameSpot, type Spot } from '../../core/completion/spot.ts';
import type { Clock } from './ports.ts';

/**
 * How long someone must look at a file before its prompt is evaluated ahead of need, in milliseconds: not long, as they may be
 * about to write. Whoever comes from a file that they left before `glanceMs` is looking for one, and must look for longer,
 * unless they come back from there.
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
  let arrived: Arrival | undefined;

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
      if (arrived?.uri !== spot.document.uri) arrived = arrival(spot.document.uri, arrived, clock.now());
      void rest(spot, arrived.searching ? searchingMs : dwellMs);
    },
    /** A request is about to do the same. */
    typed: stop,
    dispose: stop,
  };
}

/** When one came to a file, and from which. */
type Arrival = {
  readonly uri: string;
  readonly from: string | undefined;
  readonly at: number;
  readonly searching: boolean;
};

function arrival(uri: string, last: Arrival | undefined, at: number): Arrival {
  const searching = last !== undefined && at - last.at < glanceMs && uri !== last.from;
  return { uri, from: last?.uri, at, searching };
}
