import type { ChainDigest } from '../../core/audit/chainDigest.ts';
import type { ClaimedChain } from '../../core/audit/ledgerStore.ts';
import { splitLines } from '../../core/audit/ledgerFiles.ts';
import { readRecord, type Attributes } from '../../core/audit/record.ts';

export type RetireDeps = {
  readonly digest: ChainDigest;
  readonly now: () => number;
  readonly settings: () => { readonly retentionDays: number };
};

/**
 * The oldest files of a chain whose records are all older than the retention, with what the ledger must say of them before
 * they are deleted. The current file always stays.
 */
export async function retire(
  claimed: ClaimedChain,
  current: number,
  { now, settings }: RetireDeps,
): Promise<readonly Retired[]> {
  const { retentionDays } = settings();
  if (retentionDays <= 0) return [];
  const cutoff = new Date(now() - retentionDays * dayMs).toISOString();
  const retired: Retired[] = [];
  for (const segment of await claimed.segments()) {
    if (segment >= current) break;
    const last = lastRecord(await claimed.read(segment));
    if (last === undefined || last.ts >= cutoff) break;
    const attributes = {
      'retired.segment': segment,
      'retired.last_seq': last.monotonic_seq,
      'retired.last_hash': last.hash,
      'retired.last_ts': last.ts,
    };
    retired.push({ segment, attributes });
  }
  return retired;
}

export type Retired = { readonly segment: number; readonly attributes: Attributes };

function lastRecord(bytes: Uint8Array): ReturnType<typeof readRecord> {
  for (const line of splitLines(bytes).toReversed()) {
    const record = readRecord(line.bytes);
    if (record) return record;
  }
  return undefined;
}

const dayMs = 24 * 60 * 60 * 1000;
