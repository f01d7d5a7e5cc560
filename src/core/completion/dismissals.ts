import { originOf } from './origin.ts';
import { surroundings, type Spot } from './spot.ts';

/** What the user waved away, and where. */
export type Dismissals = {
  /** `text` was offered at the spot and is not wanted there. */
  add(spot: Spot, text: string, now: number): void;
  /** Whether the same words, however far typed by now, were waved away on this line. */
  has(spot: Spot, text: string, now: number): boolean;
};

/** For how long a text stays away, in milliseconds; a change in the lines above ends it sooner. */
const awayMs = 300_000;
const most = 64;

/** Remembers by the place of the line and the whole line as it would read. */
export function createDismissals(): Dismissals {
  const until = new Map<string, number>();
  return {
    add: (spot, text, now) => {
      until.set(keyOf(spot, text), now + awayMs);
      const oldest = until.keys().next();
      if (until.size > most && !oldest.done) until.delete(oldest.value);
    },
    has: (spot, text, now) => (until.get(keyOf(spot, text)) ?? -Infinity) > now,
  };
}

function keyOf(spot: Spot, text: string): string {
  const line = `${surroundings(spot).head}${text.split('\n', 1)[0] ?? ''}`;
  return `${originOf(spot).line} ${line.trim()}`;
}
