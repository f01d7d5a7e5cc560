import type { Span } from './report.ts';

/** How far back a report looks, the present day included. Days are those of UTC, as in the ledger. */
export const periods = ['day', 'week', 'month', 'all'] as const;
export type Period = (typeof periods)[number];

/** Narrows a foreign value to a period. */
export function isPeriod(value: unknown): value is Period {
  return periods.some((period) => period === value);
}

/** The moments between which a period lies; `now` is milliseconds since 1970. */
export function spanOf(period: Period, now: number): Span {
  const tomorrow = Math.floor(now / dayMs) * dayMs + dayMs;
  const from = period === 'all' ? 0 : tomorrow - days[period] * dayMs;
  return { from: new Date(from).toISOString(), to: new Date(tomorrow).toISOString() };
}

const dayMs = 24 * 60 * 60 * 1000;
const days = { day: 1, week: 7, month: 30 } as const;
