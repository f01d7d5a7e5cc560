/** What became of suggestions on one day. Counts only. */
export type Tally = {
  /** On screen for half a second at least, or taken sooner. */
  readonly offered: number;
  readonly accepted: number;
  /** Taken a word or a line at a time. */
  readonly partly: number;
  /** Of what was accepted: how many were looked at again after 30, 120 and 600 seconds, and how many still stood there. */
  readonly checked: Rounds;
  readonly stood: Rounds;
};

export type Rounds = readonly [number, number, number];

/** When an accepted suggestion is looked at again, in seconds after it was taken. */
export const roundSeconds = [30, 120, 600] as const satisfies Rounds;

export const noTally: Tally = { offered: 0, accepted: 0, partly: 0, checked: [0, 0, 0], stood: [0, 0, 0] };

/** Tallies by day, `2026-11-20`. */
export type Tallies = Readonly<Record<string, Tally>>;

/** How many days are kept, today among them. */
const keptDays = 7;

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    offered: a.offered + b.offered,
    accepted: a.accepted + b.accepted,
    partly: a.partly + b.partly,
    checked: addRounds(a.checked, b.checked),
    stood: addRounds(a.stood, b.stood),
  };
}

/** Adds to a day and forgets the days before the last seven. `now` is milliseconds since 1970; days are the machine's own. */
export function addToDay(tallies: Tallies, more: Tally, now: number): Tallies {
  const today = dayOf(now);
  const kept = { ...recent(tallies, now), [today]: addTallies(tallies[today] ?? noTally, more) };
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sum of the last seven days. */
export function lastDays(tallies: Tallies, now: number): Tally {
  return Object.values(recent(tallies, now)).reduce(addTallies, noTally);
}

/** Reads what was stored; whatever is not a day's tally is left out. */
export function parseTallies(stored: unknown): Tallies {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([day, value]: [string, unknown]) => {
      const tally = /^\d{4}-\d{2}-\d{2}$/.test(day) ? parseTally(value) : undefined;
      return tally ? [[day, tally] as const] : [];
    }),
  );
}

function recent(tallies: Tallies, now: number): Tallies {
  const oldest = new Date(now);
  oldest.setDate(oldest.getDate() - (keptDays - 1));
  const [from, to] = [dayOf(oldest.getTime()), dayOf(now)];
  return Object.fromEntries(Object.entries(tallies).filter(([day]) => day >= from && day <= to));
}

function dayOf(now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function addRounds(a: Rounds, b: Rounds): Rounds {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function parseTally(value: unknown): Tally | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => Reflect.get(value, name);
  const [offered, accepted, partly] = [field('offered'), field('accepted'), field('partly')];
  const [checked, stood] = [parseRounds(field('checked')), parseRounds(field('stood'))];
  if (!isCount(offered) || !isCount(accepted) || !isCount(partly) || !checked || !stood) return undefined;
  return { offered, accepted, partly, checked, stood };
}

function parseRounds(value: unknown): Rounds | undefined {
  if (!Array.isArray(value)) return undefined;
  const [a, b, c]: readonly unknown[] = value;
  return isCount(a) && isCount(b) && isCount(c) ? [a, b, c] : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
