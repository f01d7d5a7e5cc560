import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is neither undefined nor false, and gives it. An error thrown by `probe` counts as
 * "not yet"; when time is up it is named with what was waited for.
 *
 * @param what Completes the sentence "waited … for".
 * @param milliseconds How long to wait at most.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  milliseconds = 60_000,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    let last: unknown;
    try {
      const answer = await probe();
      if (isPresent(answer)) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(
        `waited ${milliseconds / 1000} s for ${what}${last instanceof Error ? `: ${last.message}` : ''}`,
        {
          cause: last,
        },
      );
    }
    await delay(50);
  }
}

function isPresent<T>(answer: T): answer is Exclude<T, undefined | false> {
  return answer !== undefined && answer !== false;
}
