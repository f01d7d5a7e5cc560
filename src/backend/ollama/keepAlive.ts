import { textIn, type JsonObject } from '../json.ts';

/** How long models stay in a server's memory after our requests. */
export type KeepAlive = {
  /** Takes note of a model's row in `/api/ps`; undefined where it is in none. */
  readonly saw: (model: string, row: JsonObject | undefined) => void;
  /** Whether the model was looked up of late. */
  readonly isKnown: (model: string) => boolean;
  /** What the next request for the model says. */
  readonly of: (model: string) => string | number;
};

/** After so many milliseconds a model is looked up again. */
const believedMs = 60_000;

/**
 * One value for every use of every model, since each request sets the time anew on the server. Only what someone keeps for
 * ever, by that request or by the server's settings, stays so: any other value would end it. `now` is in milliseconds.
 */
export function createKeepAlive(own: string | number, now: () => number): KeepAlive {
  const seen = new Map<string, { readonly at: number; readonly forEver: boolean }>();
  return {
    saw: (model, row) => void seen.set(model, { at: now(), forEver: row !== undefined && isForEver(row) }),
    isKnown: (model) => now() - (seen.get(model)?.at ?? -Infinity) < believedMs,
    of: (model) => (seen.get(model)?.forEver === true ? -1 : own),
  };
}

/** The server tells of "for ever" as of a moment some centuries away. */
function isForEver(row: JsonObject): boolean {
  return Date.parse(textIn(row, 'expires_at') ?? '') > Date.UTC(2200, 0, 1);
}
