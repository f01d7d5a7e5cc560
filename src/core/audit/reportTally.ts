import type { RequestRow } from './requestRow.ts';

/** What a group of requests comes to. */
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

/** Counts one request after the other. */
export type Counter = { readonly add: (row: RequestRow) => void; readonly tally: () => Tally };

export function createCounter(): Counter {
  let sum: Tally = nothing;
  return {
    tally: () => sum,
    add: (row) => {
      const sent = row.verdict === 'deny' ? [] : row.parts.filter((part) => !part.dropped);
      sum = {
        requests: sum.requests + 1,
        refused: sum.refused + (row.verdict === 'deny' ? 1 : 0),
        undecided: sum.undecided + (row.verdict === '' ? 1 : 0),
        bytesOut: sum.bytesOut + row.bytesOut,
        inputTokens: sum.inputTokens + row.inputTokens,
        outputTokens: sum.outputTokens + row.outputTokens,
        costUsd: sum.costUsd + row.costUsd,
        partsKept: sum.partsKept + sent.length,
        partsDeclassified: sum.partsDeclassified + sent.filter((part) => part.declassified).length,
        partsDropped: sum.partsDropped + row.parts.filter((part) => part.dropped).length,
      };
    },
  };
}

/** Counters by name, made when a name is first met. */
export type Counters = { readonly add: (name: string, row: RequestRow) => void; readonly groups: () => Group[] };

export function createCounters(): Counters {
  const byName = new Map<string, Counter>();
  return {
    add: (name, row) => {
      const counter = byName.get(name) ?? createCounter();
      byName.set(name, counter);
      counter.add(row);
    },
    groups: () => [...byName].map(([name, counter]) => ({ name, tally: counter.tally() })),
  };
}

const nothing: Tally = {
  requests: 0,
  refused: 0,
  undecided: 0,
  bytesOut: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  partsKept: 0,
  partsDropped: 0,
  partsDeclassified: 0,
};

/** A group in which nothing happened. */
export function emptyGroup(name: string): Group {
  return { name, tally: nothing };
}
