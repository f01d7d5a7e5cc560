import type { StoredFile } from './ledgerFiles.ts';
import { recordsIn } from './readLedger.ts';
import { createReport, type FullReport, type PrivacyReport, type Span } from './report.ts';
import type { RequestRow } from './requestRow.ts';
import { takeFiles, type Pace } from './takeFiles.ts';

/** Counts what the files of a ledger say of a span, at that pace. */
export async function readReport(files: readonly StoredFile[], span: Span, pace: Pace): Promise<PrivacyReport> {
  return count({ files, span, each: () => undefined }, pace);
}

/** The same with every request, by time. It holds all of them in memory. */
export async function readFullReport(files: readonly StoredFile[], span: Span, pace: Pace): Promise<FullReport> {
  const rows: RequestRow[] = [];
  const found = await count({ files, span, each: (row) => rows.push(row) }, pace);
  return { ...found, rows: rows.sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0)) };
}

type Counted = {
  readonly files: readonly StoredFile[];
  readonly span: Span;
  readonly each: (row: RequestRow) => void;
};

async function count({ files, span, each }: Counted, pace: Pace): Promise<PrivacyReport> {
  const maker = createReport(span);
  const take = function* (file: Parameters<typeof recordsIn>[0]): Iterable<void> {
    for (const record of recordsIn(file)) {
      const row = record && maker.add(record);
      if (row) each(row);
      yield;
    }
  };
  await takeFiles(files, take, pace);
  return maker.end();
}
