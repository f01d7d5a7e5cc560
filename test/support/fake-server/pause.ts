/** Waits `ms` milliseconds. Gives false as soon as the signal aborts, true when the time is over. Leaves no timer behind. */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  if (ms <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve(true);
    }, ms);
    function leave(): void {
      clearTimeout(timer);
      resolve(false);
    }
    signal.addEventListener('abort', leave, { once: true });
  });
}

/** Settles when the signal aborts, however long that takes. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
