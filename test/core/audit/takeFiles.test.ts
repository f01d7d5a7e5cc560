import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredFile } from '../../../src/core/audit/ledgerFiles.ts';
import { readFullReport, readReport } from '../../../src/core/audit/readReport.ts';
import { readLedger } from '../../../src/core/audit/readLedger.ts';
import { report } from '../../../src/core/audit/report.ts';
import { atOnce, sliceMs, takeFiles, type Pace } from '../../../src/core/audit/takeFiles.ts';
import { verifyLedger, verifyStored } from '../../../src/core/audit/verifyLedger.ts';
import { plainDigest } from '../../../src/node/chainDigest.ts';
import { MemoryDisk } from '../../egress/ledger/memoryStore.ts';
import { ledgerOn, receipt } from '../../egress/ledger/sample.ts';

const week = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-08T00:00:00.000Z' };
const digests = [plainDigest];

/** Two windows, several files each. */
async function sample(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  const ledgers = [1, 2].map(() => ledgerOn(disk.store(), { segmentBytes: 20_000, checkpointEvery: 16 }));
  for (let index = 0; index < 120; index++) await ledgers[index % 2]?.append(receipt(`r${index}`));
  return disk;
}

function stored(disk: MemoryDisk): readonly StoredFile[] {
  return disk.list().map(({ name, bytes }) => ({ name, size: bytes.length, read: async () => bytes }));
}

/** A pace at which every look at the clock is a millisecond after the last. */
function counted(): { readonly pace: Pace; readonly slices: number[]; readonly told: number[] } {
  let now = 0;
  let begun = 0;
  const slices: number[] = [];
  const told: number[] = [];
  const pause = async (): Promise<void> => {
    slices.push(now - begun);
    begun = now;
  };
  return { pace: { elapsed: () => (now += 1), pause, progress: (done) => told.push(done) }, slices, told };
}

describe('a large ledger in the editor', () => {
  it('is checked with a pause after every few milliseconds, with the same result', async () => {
    const disk = await sample();
    const { pace, slices, told } = counted();
    const found = await verifyStored(stored(disk), { digests }, pace);
    assert.deepEqual(found, verifyLedger(disk.list(), { digests }));
    assert.equal(found.kind, 'intact');
    assert.ok(slices.length >= found.records / (sliceMs + 2), `${slices.length} pauses for ${found.records} records`);
    assert.ok(Math.max(...slices) <= sliceMs + 2, `went on for ${Math.max(...slices)} ms`);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    assert.equal(told.at(-1), 1);
  });

  it('is counted with a pause after every few milliseconds, with the same result', async () => {
    const disk = await sample();
    const { pace, slices } = counted();
    const wanted = report(readLedger(disk.list()), week);
    const { rows, ...sums } = wanted;
    assert.deepEqual(await readReport(stored(disk), week, pace), sums);
    assert.ok(slices.length >= 120 / (sliceMs + 2));
    assert.ok(Math.max(...slices) <= sliceMs + 2);
    const full = await readFullReport(stored(disk), week, atOnce);
    assert.deepEqual(new Set(full.rows.map(({ id }) => id)), new Set(rows.map(({ id }) => id)));
    assert.deepEqual(
      full.rows.map(({ ts }) => ts),
      full.rows.map(({ ts }) => ts).toSorted(),
    );
  });

  it('is left at the next pause once the user has had enough', async () => {
    const { pace } = counted();
    let pauses = 0;
    const impatient: Pace = {
      ...pace,
      pause: async () => {
        pauses += 1;
        if (pauses === 3) throw new Error('enough');
      },
    };
    await assert.rejects(verifyStored(stored(await sample()), { digests }, impatient), /enough/);
    assert.equal(pauses, 3);
  });

  it('holds one file at a time', async () => {
    const open = new Set<string>();
    const files = ['a', 'b', 'c'].map((name) => ({
      name,
      size: 1,
      read: async () => {
        assert.deepEqual([...open], []);
        open.add(name);
        return new Uint8Array(1);
      },
    }));
    const take = function* ({ name }: { readonly name: string }): Iterable<void> {
      yield;
      open.delete(name);
    };
    await takeFiles(files, take, atOnce);
    assert.equal(open.size, 0);
  });
});
