import { sharedTokens } from '../fake-server/tokens.ts';

/** A place to generate in. It remembers the last prompt it evaluated. */
export interface Slot {
  cached: readonly string[];
}

/** The places of one runner, given out in order of arrival. */
export interface Slots {
  /** The free slot that shares most with the prompt, as soon as there is one; undefined when the client leaves first. */
  take(prompt: readonly string[], signal: AbortSignal): Promise<Slot | undefined>;
  give(slot: Slot): void;
}

interface Waiting {
  readonly prompt: readonly string[];
  serve(slot: Slot): void;
}

/** `count` empty slots. */
export function createSlots(count: number): Slots {
  const free: Slot[] = Array.from({ length: count }, () => ({ cached: [] }));
  const queue: Waiting[] = [];
  return {
    take: (prompt, signal) => {
      const slot = queue.length === 0 ? bestOf(free, prompt) : undefined;
      if (slot !== undefined) return Promise.resolve(slot);
      return new Promise((resolve) => {
        const leave = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          resolve(undefined);
        };
        const waiting: Waiting = {
          prompt,
          serve: (given) => {
            signal.removeEventListener('abort', leave);
            resolve(given);
          },
        };
        if (signal.aborted) return resolve(undefined);
        queue.push(waiting);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    give: (slot) => {
      free.push(slot);
      const next = queue.shift();
      const best = next === undefined ? undefined : bestOf(free, next.prompt);
      if (best !== undefined) next?.serve(best);
    },
  };
}

function bestOf(free: Slot[], prompt: readonly string[]): Slot | undefined {
  let best: Slot | undefined;
  let most = -1;
  for (const slot of free) {
    const shared = sharedTokens(slot.cached, prompt);
    if (shared > most) {
      best = slot;
      most = shared;
    }
  }
  if (best !== undefined) free.splice(free.indexOf(best), 1);
  return best;
}
