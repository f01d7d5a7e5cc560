/** A clock that stands still until a test moves it. `delay` resolves at its time or when the signal aborts. */
export type VirtualClock = {
  now(): number;
  delay(ms: number, signal: AbortSignal): Promise<void>;
  /** Moves on to a time, waking every sleeper at its own moment and letting all that follows from it happen first. */
  advanceTo(time: number): Promise<void>;
  /** Lets everything happen that waits for no time. */
  settle(): Promise<void>;
};

export function createVirtualClock(start = 0): VirtualClock {
  let now = start;
  let order = 0;
  const sleepers = new Map<number, { readonly at: number; readonly wake: () => void }>();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const earliest = (): [number, { readonly at: number; readonly wake: () => void }] | undefined =>
    [...sleepers].sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];

  return {
    now: () => now,
    delay: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const id = ++order;
        const wake = (): void => {
          sleepers.delete(id);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        sleepers.set(id, { at: now + Math.max(0, ms), wake });
        signal.addEventListener('abort', wake, { once: true });
      }),
    advanceTo: async (time) => {
      await settle();
      for (let next = earliest(); next && next[1].at <= time; next = earliest()) {
        now = Math.max(now, next[1].at);
        next[1].wake();
        await settle();
      }
      now = Math.max(now, time);
    },
    settle,
  };
}
