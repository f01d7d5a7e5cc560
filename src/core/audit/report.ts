import { zones } from '../label/reach.ts';
import type { LedgerRecord } from './record.ts';
import { requestRow, type RequestRow } from './requestRow.ts';

/** What went where between two moments, counted from the ledger. */
export type PrivacyReport = {
  /** ISO 8601; `to` is the first moment that no longer counts. */
  readonly from: string;
  readonly to: string;
  readonly total: Tally;
  /** Nearest zone first, each also where it is empty. */
  readonly byZone: readonly Group[];
  /** `backend/model`, the busiest first. */
  readonly byModel: readonly Group[];
  /** By UTC day, ascending, days without a request left out; keyed `YYYY-MM-DD zone`. */
  readonly byDay: readonly Group[];
  /** Rules that held something back or named a reach, the most active first. */
  readonly byRule: readonly RuleCount[];
  readonly refusals: readonly Count[];
  readonly findings: readonly Count[];
  readonly policies: readonly string[];
  /** Records that say that something is missing. */
  readonly gaps: number;
  readonly rows: readonly RequestRow[];
};

export type Tally = {
  readonly requests: number;
  readonly refused: number;
  /** Ended before it was decided where they would go: given up by the user, or no server answered. Nothing was sent. */
  readonly undecided: number;
  readonly bytesOut: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  readonly partsKept: number;
  readonly partsDropped: number;
  /** Of the parts that were sent: those that went beyond their reach because the user agreed to it. */
  readonly partsDeclassified: number;
};

export type Group = { readonly name: string; readonly tally: Tally };
export type Count = { readonly name: string; readonly count: number };
export type RuleCount = {
  readonly id: string;
  readonly layer: string;
  readonly pattern: string;
  readonly kept: number;
  readonly dropped: number;
};

/** Counts the records of a span; `from` and `to` are ISO 8601 moments in UTC. */
export function report(records: readonly LedgerRecord[], { from, to }: Span): PrivacyReport {
  const within = records.filter(({ ts }) => ts >= from && ts < to);
  const rows = within.flatMap((record) => requestRow(record) ?? []);
  return {
    from,
    to,
    total: tallyOf(rows),
    byZone: zones.map((name) => ({ name, tally: tallyOf(rows.filter((row) => row.zone === name)) })),
    byModel: groups(rows, (row) => `${row.backend}/${row.model}`).sort((a, b) => b.tally.requests - a.tally.requests),
    byDay: groups(rows.filter(isDecided), (row) => `${row.ts.slice(0, 10)} ${row.zone}`).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    byRule: ruleCounts(rows),
    refusals: counts(rows.filter((row) => row.reason !== '').map((row) => [row.reason, 1])),
    findings: counts(rows.flatMap((row) => row.findings.map(({ rule, count }) => [rule, count] as const))),
    policies: [...new Set(rows.map((row) => row.policy))].filter((policy) => policy !== ''),
    gaps: within.filter((record) => record.kind === 'gap').length,
    rows,
  };
}

export type Span = { readonly from: string; readonly to: string };

function isDecided({ zone }: RequestRow): boolean {
  return zone !== '';
}

function tallyOf(rows: readonly RequestRow[]): Tally {
  const sum = (of: (row: RequestRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    requests: rows.length,
    refused: sum((row) => (row.verdict === 'deny' ? 1 : 0)),
    undecided: sum((row) => (row.verdict === '' ? 1 : 0)),
    bytesOut: sum((row) => row.bytesOut),
    inputTokens: sum((row) => row.inputTokens),
    outputTokens: sum((row) => row.outputTokens),
    costUsd: sum((row) => row.costUsd),
    partsKept: sum((row) => sentParts(row).length),
    partsDeclassified: sum((row) => sentParts(row).filter((part) => part.declassified).length),
    partsDropped: sum((row) => row.parts.filter((part) => part.dropped).length),
  };
}

function sentParts({ verdict, parts }: RequestRow): RequestRow['parts'] {
  return verdict === 'deny' ? [] : parts.filter((part) => !part.dropped);
}

function groups(rows: readonly RequestRow[], nameOf: (row: RequestRow) => string): Group[] {
  const byName = new Map<string, RequestRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = byName.get(name);
    if (group === undefined) byName.set(name, [row]);
    else group.push(row);
  }
  return [...byName].map(([name, group]) => ({ name, tally: tallyOf(group) }));
}

function ruleCounts(rows: readonly RequestRow[]): readonly RuleCount[] {
  const rules = new Map<string, RuleCount>();
  for (const part of rows.flatMap((row) => row.parts)) {
    for (const rule of part.rules) {
      const key = JSON.stringify([rule.layer, rule.id, rule.pattern]);
      const { kept, dropped } = rules.get(key) ?? { kept: 0, dropped: 0 };
      rules.set(key, { ...rule, kept: kept + (part.dropped ? 0 : 1), dropped: dropped + (part.dropped ? 1 : 0) });
    }
  }
  return [...rules.values()].sort((a, b) => b.dropped - a.dropped || b.kept - a.kept);
}

function counts(pairs: readonly (readonly [string, number])[]): readonly Count[] {
  const sums = new Map<string, number>();
  for (const [name, count] of pairs) sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}
