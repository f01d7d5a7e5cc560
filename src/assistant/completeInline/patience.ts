import type { DocumentSnapshot } from '../../core/completion/documentSnapshot.ts';
import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import type { Clock } from './ports.ts';

/** How long a refusal by the policy is taken to hold, and the pauses after a server that does not answer, in milliseconds. */
const refusedMs = 10_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** No longer than this is a server left alone at its own wish: it may be wrong about the time, or be served by somebody else. */
const longestWishMs = 600_000;

/**
 * Remembers who need not be asked for a while: a model that failed by anyone, a model that was refused a text for that text.
 * `random` is between 0 and 1.
 */
export function createPatience(clock: Pick<Clock, 'now'>, random: () => number = Math.random) {
  const closed = new Map<string, { readonly until: number; readonly pause: number }>();
  const failedKey = (model: ModelRef): string => formatModelRef(model);
  // A selected item may lower the reach of a document: that is another text.
  const refusedKey = (model: ModelRef, { uri, text }: DocumentSnapshot): string =>
    `${formatModelRef(model)} ${uri} ${text.label.reach}`;

  return {
    isClosed: (model: ModelRef, document: DocumentSnapshot): boolean =>
      [failedKey(model), refusedKey(model, document)].some(
        (key) => (closed.get(key)?.until ?? -Infinity) > clock.now(),
      ),
    /** Whether a model that failed last may be asked again by now. */
    isDue: (model: ModelRef): boolean => (closed.get(failedKey(model))?.until ?? Infinity) <= clock.now(),
    refused: (model: ModelRef, document: DocumentSnapshot): void => {
      closed.set(refusedKey(model, document), { until: clock.now() + refusedMs, pause: refusedMs });
    },
    /**
     * Doubles the pause each time; it is longer where the server said that it wants to be left alone for longer. Up to a quarter
     * is left to chance, so that the windows of one person, or of a team, do not all come back to a server at the same moment.
     */
    failed: (model: ModelRef, error: BackendError): void => {
      const before = closed.get(failedKey(model))?.pause;
      const pause = Math.min(longestPauseMs, before === undefined ? firstPauseMs : before * 2);
      const wished = Math.min(longestWishMs, error.retryAfterMs ?? 0);
      const wait = Math.max(pause, wished) * (1 + random() / 4);
      closed.set(failedKey(model), { until: clock.now() + wait, pause });
    },
    answered: (model: ModelRef): void => void closed.delete(failedKey(model)),
    /** A new policy, new settings: every model gets another chance. */
    reset: (): void => closed.clear(),
  };
}

export type Patience = ReturnType<typeof createPatience>;
