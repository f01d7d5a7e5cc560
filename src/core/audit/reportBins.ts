import type { RequestRow } from './requestRow.ts';

/** What becomes of a request, nearest first. */
export const fates = ['device', 'perimeter', 'cloud', 'unsent'] as const;
export type Fate = (typeof fates)[number];

/** One bar of the chart: how many requests of each fate fell into that hour, day or month of UTC. */
export type Bin = { readonly label: string; readonly counts: Readonly<Record<Fate, number>> };

/** Where the bytes of a request went; `unsent` for what was refused or ended before. */
export function fateOf({ zone, verdict }: Pick<RequestRow, 'zone' | 'verdict'>): Fate {
  if (verdict === '' || verdict === 'deny') return 'unsent';
  return zone === 'device' || zone === 'perimeter' ? zone : 'cloud';
}

/** What became of the requests of one hour of UTC, `2026-11-20T09`. */
export type Hour = { readonly hour: string; readonly counts: Bin['counts'] };

/** What a report tells of its requests by the hour, and of when it begins and ends. */
type Hours = { readonly hours: readonly Hour[]; readonly from: string; readonly to: string };

/** Counts requests by the hour. */
export function createHours(): { readonly add: (row: RequestRow) => void; readonly list: () => readonly Hour[] } {
  const hours = new Map<string, Record<Fate, number>>();
  return {
    add: (row) => {
      const hour = row.ts.slice(0, units.hour.length);
      const counts = hours.get(hour) ?? { ...nothing };
      hours.set(hour, counts);
      counts[fateOf(row)] += 1;
    },
    list: () => [...hours].map(([hour, counts]) => ({ hour, counts })).sort((a, b) => (a.hour < b.hour ? -1 : 1)),
  };
}

/**
 * The requests of a report by hour, day or month, whichever makes a readable number of bars; those without a request are
 * there too. A span that reaches back before the first request begins with it.
 */
export function binsOf({ hours, from, to }: Hours): readonly Bin[] {
  const first = hours[0] ? `${hours[0].hour}:00:00.000Z` : to;
  const start = Date.parse(to) - Date.parse(from) > longestMs && first > from ? first : from;
  const unit = unitFor(Date.parse(to) - Date.parse(start));
  const bins = new Map(labelsBetween(start, to, unit).map((label) => [label, { ...nothing }]));
  for (const { hour, counts } of hours) {
    const bin = bins.get(hour.slice(0, units[unit].length));
    if (bin) for (const fate of fates) bin[fate] += counts[fate];
  }
  return [...bins].map(([label, counts]) => ({ label: unit === 'hour' ? `${label.slice(11)}:00` : label, counts }));
}

type Unit = 'hour' | 'day' | 'month';

/** How much of an ISO moment names the unit, and a step that surely leads into the next one or stays in this. */
const units = {
  hour: { length: '2026-11-20T09'.length, stepMs: 60 * 60 * 1000 },
  day: { length: '2026-11-20'.length, stepMs: 24 * 60 * 60 * 1000 },
  month: { length: '2026-11'.length, stepMs: 28 * 24 * 60 * 60 * 1000 },
} as const;

function unitFor(ms: number): Unit {
  if (ms <= 2 * units.day.stepMs) return 'hour';
  return ms <= longestMs ? 'day' : 'month';
}

function labelsBetween(from: string, to: string, unit: Unit): readonly string[] {
  const { length, stepMs } = units[unit];
  const labels = new Set<string>();
  const [start, end] = [Date.parse(from), Date.parse(to)];
  for (let at = start; at < end; at += stepMs) labels.add(new Date(at).toISOString().slice(0, length));
  labels.add(new Date(end - 1).toISOString().slice(0, length));
  return [...labels];
}

const nothing: Readonly<Record<Fate, number>> = { device: 0, perimeter: 0, cloud: 0, unsent: 0 };
const longestMs = 62 * units.day.stepMs;
