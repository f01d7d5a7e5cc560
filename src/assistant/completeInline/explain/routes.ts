import type { Offer } from '../../../core/completion/offer.ts';
import { sameSpot, type Spot } from '../../../core/completion/spot.ts';
import type { Counters, Route } from '../../../core/completion/why/explanation.ts';
import type { GenerationEnd } from '../generate.ts';
import type { SendTrace } from './trace.ts';

/** `keyAt` is when the key was pressed, by the clock of the traces. */
type Moment = { readonly keyAt: number; readonly spot: Spot };

/** Tells by which route each offer came, and counts. */
export function createRouteBook(traceOf: (suggestion: number) => SendTrace | undefined) {
  const counts = { keys: 0, questions: 0, requests: 0, cancelled: 0, refused: 0, failed: 0 };
  const byRoute: Record<Route, number> = { fresh: 0, joined: 0, typed: 0, kept: 0, ahead: 0, meanwhile: 0 };
  let before: { readonly suggestion: number; readonly spot: Spot; readonly route: Route } | undefined;

  return {
    count: (name: 'keys' | 'questions'): void => void (counts[name] += 1),
    /** Counts a request that is over. */
    ended: ({ kind }: GenerationEnd): void => {
      counts.requests += 1;
      if (kind === 'aborted') counts.cancelled += 1;
      else if (kind !== 'answered') counts[kind] += 1;
    },
    /** The same offer at the same place keeps the route it came by first, and is counted once. */
    routeOf: ({ suggestion, standIn }: Offer, { keyAt, spot }: Moment): Route => {
      const again = before?.suggestion === suggestion ? before : undefined;
      if (again && sameSpot(again.spot, spot)) return again.route;
      const first = (): Route => (standIn ? 'meanwhile' : firstRoute(traceOf(suggestion), keyAt));
      const route = again ? 'typed' : first();
      before = { suggestion, spot, route };
      byRoute[route] += 1;
      return route;
    },
    counters: (): Omit<Counters, 'warmed'> => ({ ...counts, byRoute: { ...byRoute } }),
  };
}

/** A request that began after the key was made because of it; what one that was over before the key brought was known. */
function firstRoute(trace: SendTrace | undefined, keyAt: number): Route {
  if (!trace) return 'kept';
  if (trace.startedAt >= keyAt) return 'fresh';
  if (trace.endedAt === undefined || trace.endedAt > keyAt) return 'joined';
  return trace.cause.kind === 'ahead' ? 'ahead' : 'kept';
}
