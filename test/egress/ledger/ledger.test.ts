import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLedger } from '../../../src/core/audit/readLedger.ts';
import { verifyLedger } from '../../../src/core/audit/verifyLedger.ts';
import { plainDigest } from '../../../src/node/chainDigest.ts';
import { MemoryDisk } from './memoryStore.ts';
import { ledgerOn, receipt } from './sample.ts';

const requests = (disk: MemoryDisk): readonly unknown[] =>
  readLedger(disk.list())
    .filter((record) => record.kind === 'request')
    .map((record) => record.attributes['request.id']);
const verify = (disk: MemoryDisk): ReturnType<typeof verifyLedger> =>
  verifyLedger(disk.list(), { digests: [plainDigest] });

test('keeps every receipt in the order it came, in a chain that verifies', async () => {
  const disk = new MemoryDisk();
  const ledger = ledgerOn(disk.store());
  const results = await Promise.all(['a', 'b', 'c'].map((id) => ledger.append(receipt(id))));
  assert.deepEqual(results, [{ kind: 'ok' }, { kind: 'ok' }, { kind: 'ok' }]);
  assert.deepEqual(requests(disk), ['a', 'b', 'c']);
  assert.equal(verify(disk).kind, 'intact');
});

test('writes nothing before the first request', async () => {
  const disk = new MemoryDisk();
  await ledgerOn(disk.store()).close();
  assert.equal(disk.files.size, 0);
});

test('a restart goes on with the same chain', async () => {
  const disk = new MemoryDisk();
  for (const id of ['a', 'b']) {
    const ledger = ledgerOn(disk.store());
    await ledger.append(receipt(id));
    await ledger.close();
  }
  const found = verify(disk);
  assert.deepEqual([found.kind, found.chains.length, requests(disk)], ['intact', 1, ['a', 'b']]);
});

test('two windows at once write a chain each, and both verify', async () => {
  const disk = new MemoryDisk();
  const [left, right] = [ledgerOn(disk.store()), ledgerOn(disk.store())];
  await Promise.all([left.append(receipt('l1')), right.append(receipt('r1')), left.append(receipt('l2'))]);
  const found = verify(disk);
  assert.deepEqual([found.kind, found.chains.map((chain) => chain.chain)], ['intact', ['plain-0', 'plain-1']]);
  assert.equal(requests(disk).length, 3);
});

test('a crash at any byte of a write loses no confirmed record, and the next start records the gap', async () => {
  const small = { verdict: { kind: 'allow', zone: 'device', parts: [] } } as const;
  const whole = new MemoryDisk();
  await ledgerOn(whole.store()).append(receipt('a', small));
  const before = [...whole.files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  let torn = 0;
  for (let power = 0; power <= before + 1; power++) {
    const disk = new MemoryDisk();
    const first = ledgerOn(disk.store());
    await first.append(receipt('old', small));
    disk.power = power;
    const crashed = await first.append(receipt('a', small));
    disk.restart();
    const afterCrash = verify(disk);
    assert.notEqual(afterCrash.kind, 'broken', `after a crash at byte ${power}: ${JSON.stringify(afterCrash.faults)}`);
    const second = ledgerOn(disk.store(), {}, Date.UTC(2026, 10, 4));
    assert.deepEqual(await second.append(receipt('b', small)), { kind: 'ok' });
    const found = verify(disk);
    assert.deepEqual([found.kind, found.faults], ['intact', []], `after a crash at byte ${power}`);
    const ids = requests(disk);
    assert.equal(ids[0], 'old');
    assert.equal(ids.at(-1), 'b');
    if (crashed.kind === 'ok')
      assert.ok(ids.includes('a'), `the confirmed record is gone after a crash at byte ${power}`);
    torn += found.gaps.length;
  }
  assert.ok(torn > before / 2, 'most of these crashes tear a record');
});

test('a second crash while the first is being mended loses nothing either', async () => {
  for (let power = 1; power < 900; power += 7) {
    const disk = new MemoryDisk();
    await ledgerOn(disk.store()).append(receipt('old'));
    const name = 'plain-0.000001.jsonl';
    disk.files.set(name, Buffer.concat([disk.files.get(name) ?? Buffer.of(), Buffer.from('{"attributes":{"half')]));
    disk.restart();
    disk.power = power;
    await ledgerOn(disk.store(), {}, Date.UTC(2026, 10, 4)).append(receipt('x'));
    disk.restart();
    await ledgerOn(disk.store(), {}, Date.UTC(2026, 10, 5)).append(receipt('b'));
    const found = verify(disk);
    assert.deepEqual([found.kind, found.faults], ['intact', []], `second crash at byte ${power}`);
    assert.deepEqual([requests(disk)[0], requests(disk).at(-1)], ['old', 'b']);
  }
});

test('a full disk fails the append, and the record follows when there is room again', async () => {
  const disk = new MemoryDisk();
  const ledger = ledgerOn(disk.store());
  await ledger.append(receipt('a'));
  disk.room = 10;
  const full = { kind: 'failed', why: 'The request ledger could not be written: the disk is full.' } as const;
  assert.deepEqual(await ledger.append(receipt('b')), full);
  assert.deepEqual(await ledger.ready(), full);
  disk.room = Infinity;
  assert.deepEqual(await ledger.ready(), { kind: 'ok' });
  assert.deepEqual(requests(disk), ['a', 'b']);
  assert.equal(verify(disk).kind, 'intact');
});

test('what no longer fits in memory is counted in a gap record', async () => {
  const disk = new MemoryDisk();
  disk.room = 0;
  const ledger = ledgerOn(disk.store());
  await Promise.all(Array.from({ length: 1003 }, (_, index) => ledger.append(receipt(`r${index}`))));
  disk.room = Infinity;
  await ledger.ready();
  const found = verify(disk);
  assert.deepEqual([requests(disk).length, requests(disk)[0]], [1000, 'r3']);
  assert.deepEqual(
    found.gaps.map((gap) => gap.message),
    ['3 records were lost while the ledger could not be written.'],
  );
});

test('another writer to the same file is noticed, not overwritten', async () => {
  const disk = new MemoryDisk();
  const ledger = ledgerOn(disk.store());
  await ledger.append(receipt('a'));
  const name = 'plain-0.000001.jsonl';
  disk.files.set(name, Buffer.concat([disk.files.get(name) ?? Buffer.of(), Buffer.from('intruder\n')]));
  assert.equal((await ledger.append(receipt('b'))).kind, 'failed');
  assert.equal((await ledger.append(receipt('c'))).kind, 'ok');
  assert.deepEqual(requests(disk), ['a', 'b', 'c']);
});

test('begins a new file when the old one is long enough, in one chain', async () => {
  const disk = new MemoryDisk();
  const ledger = ledgerOn(disk.store(), { segmentBytes: 3000 });
  for (let index = 0; index < 12; index++) await ledger.append(receipt(`r${index}`));
  const found = verify(disk);
  assert.deepEqual([found.kind, found.chains.length, requests(disk).length], ['intact', 1, 12]);
  assert.ok(disk.files.size > 4);
});

test('retention deletes whole old files and says so; a deletion it does not speak of is a fault', async () => {
  const disk = new MemoryDisk();
  const early = ledgerOn(disk.store(), { segmentBytes: 2000 }, Date.UTC(2025, 0, 1));
  for (let index = 0; index < 6; index++) await early.append(receipt(`old${index}`));
  await early.close();
  const late = ledgerOn(disk.store(), { segmentBytes: 2000, retentionDays: 30 });
  await late.append(receipt('new'));
  assert.ok(!disk.files.has('plain-0.000001.jsonl'));
  assert.equal(verify(disk).kind, 'intact');
  assert.equal(requests(disk).at(-1), 'new');
  const oldest = [...disk.files.keys()].filter((name) => name.endsWith('.jsonl')).sort()[0] ?? '';
  disk.files.delete(oldest);
  assert.equal(verify(disk).kind, 'broken');
});

test('retention reaches the last file of a ledger that was hardly used', async () => {
  const disk = new MemoryDisk();
  const early = ledgerOn(disk.store(), {}, Date.UTC(2025, 0, 1));
  await early.append(receipt('old'));
  await early.close();
  for (const month of [2, 4]) {
    const window = ledgerOn(disk.store(), { retentionDays: 90 }, Date.UTC(2025, month, 1));
    await window.append(receipt(`in ${month}`));
    await window.close();
    assert.equal(verify(disk).kind, 'intact');
  }
  assert.deepEqual(requests(disk), ['in 2', 'in 4'], 'what is older than ninety days is gone');
});

test('retention reaches the chains of windows that are no longer opened', async () => {
  const disk = new MemoryDisk();
  const windows = [0, 1, 2].map(() => ledgerOn(disk.store(), {}, Date.UTC(2025, 0, 1)));
  for (const [index, window] of windows.entries()) await window.append(receipt(`old ${index}`));
  await Promise.all(windows.map((window) => window.close()));
  const held = ledgerOn(disk.store(), { retentionDays: 30 }, Date.UTC(2025, 0, 2));
  await held.append(receipt('in a window that is still open'));
  await ledgerOn(disk.store(), { retentionDays: 30 }, Date.UTC(2025, 5, 1)).append(receipt('new'));
  assert.equal(verify(disk).kind, 'intact');
  assert.deepEqual(requests(disk).toSorted(), ['in a window that is still open', 'new', 'old 0']);
});

test('a chain that cannot be looked after keeps no record of today waiting', async () => {
  const disk = new MemoryDisk();
  const store = disk.store();
  const broken = {
    ...store,
    idle: () => {
      throw new Error('EIO');
    },
  };
  assert.deepEqual(await ledgerOn(broken).append(receipt('a')), { kind: 'ok' });
});

test('a cut that happened while nobody wrote is found by the writer and stays a fault for ever', async () => {
  const disk = new MemoryDisk();
  const first = ledgerOn(disk.store());
  for (const id of ['a', 'b', 'c']) await first.append(receipt(id));
  await first.close();
  const name = 'plain-0.000001.jsonl';
  const lines = Buffer.from(disk.files.get(name) ?? '')
    .toString()
    .split('\n');
  disk.files.set(name, Buffer.from(`${lines.slice(0, 2).join('\n')}\n`));
  await ledgerOn(disk.store()).append(receipt('d'));
  const found = verify(disk);
  assert.equal(found.kind, 'broken');
  assert.ok(found.faults.some((fault) => fault.what === 'cut'));
});

test('makes a checkpoint every so many records, with the heads of the other chains', async () => {
  const disk = new MemoryDisk();
  const other = ledgerOn(disk.store());
  await other.append(receipt('x'));
  const ledger = ledgerOn(disk.store(), { checkpointEvery: 4 });
  for (let index = 0; index < 8; index++) await ledger.append(receipt(`r${index}`));
  const checkpoints = readLedger(disk.list()).filter((record) => record.kind === 'checkpoint');
  assert.equal(checkpoints.length, 2);
  assert.ok(checkpoints.every((record) => JSON.stringify(record.attributes).includes('plain-0')));
});

test('holds no title as it is unless told to, and never a message of a backend', async () => {
  for (const [paths, readable] of [
    ['keyed', false],
    ['plain', true],
  ] as const) {
    const disk = new MemoryDisk();
    const failed = { kind: 'failed', reason: 'bad-request', message: 'CANARY-echoed-prompt' } as const;
    await ledgerOn(disk.store(), { paths }).append(receipt('a', { outcome: failed }));
    const text = disk
      .list()
      .map(({ bytes }) => Buffer.from(bytes).toString())
      .join('');
    assert.equal(text.includes('src/ä.ts'), readable);
    assert.ok(!text.includes('CANARY'));
  }
});

test('a figure that is no number costs no record', async () => {
  const disk = new MemoryDisk();
  assert.deepEqual(await ledgerOn(disk.store()).append(receipt('a', { durationMs: NaN })), { kind: 'ok' });
});
