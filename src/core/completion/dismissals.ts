import { fingerprint } from './fingerprint.ts';
import { keepNewest } from './keepNewest.ts';
import { surroundings, type Spot } from './spot.ts';

/** What the user waved away, and where. */
export type Dismissals = {
  /** `text` was offered at the spot and is not wanted there. */
  add(spot: Spot, text: string, now: number): void;
  /** Whether the same words, however far typed by now, were waved away on this line. */
  has(spot: Spot, text: string, now: number): boolean;
};

/** For how long a text stays away, in milliseconds; a change in so many lines above or below ends it sooner. */
const awayMs = 300_000;
const nearLines = 2;
const most = 64;

/** Remembers by the lines around and the whole line as it would read. */
export function createDismissals(): Dismissals {
  const until = new Map<string, number>();
  return {
    add: (spot, text, now) => {
      until.set(keyOf(spot, text), now + awayMs);
      keepNewest(until, most);
    },
    has: (spot, text, now) => (until.get(keyOf(spot, text)) ?? -Infinity) > now,
  };
}

function keyOf(spot: Spot, text: string): string {
  const { text: whole, head, lineStart, lineEnd } = surroundings(spot);
  const before = lineStart - 1;
  const above = before < 0 ? [] : whole.slice(Math.max(0, before - farUnits), before).split('\n');
  const [, ...below] = whole.slice(lineEnd, lineEnd + farUnits).split('\n');
  const line = `${head}${text.split('\n', 1)[0] ?? ''}`.trim();
  const around = [...above.slice(-nearLines), line, ...below.slice(0, nearLines)];
  return `${spot.document.uri}#${fingerprint(around.join('\n'))}`;
}

/** How far the lines around are looked for, in UTF-16 units. */
const farUnits = 1_000;
