import { ledgerOrder, parseSegmentName, splitLines, type LedgerFile } from './ledgerFiles.ts';
import { readRecord, type LedgerRecord } from './record.ts';

/** All records of all chains by time; lines that are no records are left to `verifyLedger`. */
export function readLedger(files: readonly LedgerFile[]): readonly LedgerRecord[] {
  return files
    .toSorted((a, b) => ledgerOrder(a.name, b.name))
    .flatMap((file) => [...recordsIn(file)].flatMap((record) => record ?? []))
    .sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
}

/** What stands in one file, line by line; undefined for a line that is no record. */
export function* recordsIn({ name, bytes }: LedgerFile): Generator<LedgerRecord | undefined> {
  if (parseSegmentName(name) === undefined) return;
  for (const line of splitLines(bytes)) yield readRecord(line.bytes);
}
