import { parseSegmentName, splitLines, type LedgerFile } from './ledgerFiles.ts';
import { readRecord, type LedgerRecord } from './record.ts';

/** All records of all chains by time; lines that are no records are left to `verifyLedger`. */
export function readLedger(files: readonly LedgerFile[]): readonly LedgerRecord[] {
  return files
    .filter(({ name }) => parseSegmentName(name) !== undefined)
    .flatMap(({ bytes }) => splitLines(bytes).flatMap((line) => readRecord(line.bytes) ?? []))
    .sort((a, b) => compare(a.ts, b.ts) || compare(a.chain, b.chain) || a.monotonic_seq - b.monotonic_seq);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
