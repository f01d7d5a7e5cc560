import type { Guard, SendEvent } from '../core/exchange/guard.ts';

/** A guard that can be ended. */
export type EndableGuard = {
  readonly guard: Guard;
  /**
   * Gives up every request that is under way, and resolves when their receipts are with the ledger; at the latest after two
   * seconds, of the five that the editor waits. What is sent afterwards is given up at once.
   */
  readonly end: () => Promise<void>;
};

/**
 * What has left the machine must be recorded also where the window is closed in the middle of the answer. `prepare` is called
 * before each request: to get ready for its receipt.
 */
export function createEndableGuard(guard: Guard, prepare: () => void): EndableGuard {
  const ending = new AbortController();
  const running = new Set<AsyncIterator<SendEvent>>();
  return {
    guard: {
      ...guard,
      send: (prompt, model, signal) => {
        prepare();
        return follow(guard.send(prompt, model, AbortSignal.any([signal, ending.signal])), running);
      },
    },
    end: async () => {
      ending.abort();
      // Whoever listens to a request may have stopped asking for more; this makes it end all the same.
      const ended = Promise.allSettled([...running].map(async (events) => events.return?.()));
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
    },
  };
}

async function* follow(
  events: AsyncIterable<SendEvent>,
  running: Set<AsyncIterator<SendEvent>>,
): AsyncGenerator<SendEvent> {
  const iterator = events[Symbol.asyncIterator]();
  running.add(iterator);
  try {
    yield* { [Symbol.asyncIterator]: () => iterator };
  } finally {
    running.delete(iterator);
  }
}

const patienceMs = 2000;
