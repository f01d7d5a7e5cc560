import { zones } from '../label/reach.ts';
import type { LedgerRecord } from './record.ts';
import { createHours, fateOf, type Fate, type Hour } from './reportBins.ts';
import { createCounter, createCounters, emptyGroup, type Counters, type Group, type Tally } from './reportTally.ts';
import { createRules, type AgreedPart, type RuleCount } from './reportRules.ts';
import { requestRow, type RequestRow } from './requestRow.ts';

/** What went where between two moments, counted from the ledger. */
export type PrivacyReport = {
  /** ISO 8601; `to` is the first moment that no longer counts. */
  readonly from: string;
  readonly to: string;
  readonly total: Tally;
  /** Nearest zone first, each also where it is empty. */
  readonly byZone: readonly Group[];
  /** What became of the requests; each fate also where it is empty. */
  readonly byFate: Readonly<Record<Fate, Tally>>;
  /** `backend/model`, the busiest first. */
  readonly byModel: readonly Group[];
  /** By UTC day, ascending, days without a request left out; keyed `YYYY-MM-DD zone`. */
  readonly byDay: readonly Group[];
  /** The same by the hour, ascending, with what became of the requests. */
  readonly hours: readonly Hour[];
  /** Rules that held something back or named a reach, the most active first. */
  readonly byRule: readonly RuleCount[];
  /** What went beyond its reach because the user agreed, part by part. */
  readonly agreed: readonly AgreedPart[];
  readonly refusals: readonly Count[];
  readonly findings: readonly Count[];
  readonly policies: readonly string[];
  /** Records that say that something is missing. */
  readonly gaps: number;
};

/** A report with every request that it counts, by time. */
export type FullReport = PrivacyReport & { readonly rows: readonly RequestRow[] };

export type Count = { readonly name: string; readonly count: number };
export type Span = { readonly from: string; readonly to: string };

/** A report in the making. It keeps sums, so that a ledger may be larger than the memory. */
export type ReportMaker = {
  /** Counts a record; gives its request, if it is one that counts. The order of the records does not matter. */
  readonly add: (record: LedgerRecord) => RequestRow | undefined;
  readonly count: (row: RequestRow) => void;
  readonly end: () => PrivacyReport;
};

/** `from` and `to` are ISO 8601 moments in UTC. */
export function createReport({ from, to }: Span): ReportMaker {
  const total = createCounter();
  const [byZone, byFate, byModel, byDay] = [createCounters(), createCounters(), createCounters(), createCounters()];
  const hours = createHours();
  const [rules, refusals, findings] = [createRules(), createSums(), createSums()];
  const policies = new Set<string>();
  let gaps = 0;
  const count = (row: RequestRow): void => {
    total.add(row);
    byFate.add(fateOf(row), row);
    byModel.add(`${row.backend}/${row.model}`, row);
    hours.add(row);
    if (row.zone !== '') {
      byZone.add(row.zone, row);
      byDay.add(`${row.ts.slice(0, 10)} ${row.zone}`, row);
    }
    rules.add(row);
    if (row.reason !== '') refusals.add(row.reason, 1);
    for (const { rule, count: times } of row.findings) findings.add(rule, times);
    if (row.policy !== '') policies.add(row.policy);
  };
  return {
    count,
    add: (record) => {
      if (record.ts < from || record.ts >= to) return undefined;
      if (record.kind === 'gap') gaps += 1;
      const row = requestRow(record);
      if (row) count(row);
      return row;
    },
    end: () => ({
      from,
      to,
      total: total.tally(),
      byZone: zones.map((zone) => groupOf(byZone, zone)),
      byFate: fateTallies(byFate),
      byModel: byModel.groups().sort((a, b) => b.tally.requests - a.tally.requests),
      byDay: byDay.groups().sort((a, b) => (a.name < b.name ? -1 : 1)),
      hours: hours.list(),
      ...rules.list(),
      refusals: refusals.list(),
      findings: findings.list(),
      policies: [...policies],
      gaps,
    }),
  };
}

/** Counts the records of a span, which are given in the order of time. */
export function report(records: readonly LedgerRecord[], span: Span): FullReport {
  const maker = createReport(span);
  const rows = records.flatMap((record) => maker.add(record) ?? []);
  return { ...maker.end(), rows };
}

function groupOf(counters: Counters, name: string): Group {
  return counters.groups().find((group) => group.name === name) ?? emptyGroup(name);
}

function fateTallies(counters: Counters): PrivacyReport['byFate'] {
  const tallyOf = (fate: Fate): Tally => groupOf(counters, fate).tally;
  return {
    device: tallyOf('device'),
    perimeter: tallyOf('perimeter'),
    cloud: tallyOf('cloud'),
    unsent: tallyOf('unsent'),
  };
}

function createSums(): { readonly add: (name: string, count: number) => void; readonly list: () => readonly Count[] } {
  const sums = new Map<string, number>();
  return {
    add: (name, count) => void sums.set(name, (sums.get(name) ?? 0) + count),
    list: () => [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count),
  };
}
