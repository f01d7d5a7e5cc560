/** Time as the use cases know it. `now` is milliseconds since 1970, `elapsed` never goes backwards. */
export const clock = {
  now: (): number => Date.now(),
  elapsed: (): number => performance.now(),
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  delay: (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      if (signal.aborted) done();
    }),
};
