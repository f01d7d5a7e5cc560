import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readLedger } from '../../src/core/audit/readLedger.ts';
import { atOnce } from '../../src/core/audit/takeFiles.ts';
import { verifyLedger, verifyStored } from '../../src/core/audit/verifyLedger.ts';
import type { Verification } from '../../src/core/audit/verification.ts';
import { plainDigest } from '../../src/node/chainDigest.ts';
import { createLedgerStore, listLedgerFiles, readLedgerFiles } from '../../src/node/ledgerFile.ts';
import { ledgerOn, receipt } from '../egress/ledger/sample.ts';

const alive = new Set<number>();
const claimant = (pid: number): Parameters<typeof createLedgerStore>[1] => {
  alive.add(pid);
  return { host: 'laptop', pid, alive: (other) => alive.has(other) };
};

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ledger-test-'));
  try {
    await work(path.join(folder, 'ledger'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const verify = async (folder: string): Promise<Verification> =>
  verifyLedger(await readLedgerFiles(folder), { digests: [plainDigest] });
const ids = async (folder: string): Promise<readonly unknown[]> =>
  readLedger(await readLedgerFiles(folder)).flatMap((record) => record.attributes['request.id'] ?? []);

test('eight windows write to one folder at once, and nothing is lost or broken', () =>
  inFolder(async (folder) => {
    const ledgers = Array.from({ length: 8 }, (_, index) => ledgerOn(createLedgerStore(folder, claimant(100 + index))));
    const appended = ledgers.flatMap((ledger, window) =>
      Array.from({ length: 10 }, (_, index) => ledger.append(receipt(`w${window}r${index}`))),
    );
    assert.ok((await Promise.all(appended)).every((result) => result.kind === 'ok'));
    const found = await verify(folder);
    assert.deepEqual([found.kind, found.faults, found.chains.length], ['intact', [], 8]);
    assert.equal(new Set(await ids(folder)).size, 80);
  }));

test('the chain of a process that died is taken over by one window only, and its torn end is recorded', () =>
  inFolder(async (folder) => {
    await ledgerOn(createLedgerStore(folder, claimant(201))).append(receipt('a'));
    await appendFile(path.join(folder, 'plain-0.000001.jsonl'), '{"attributes":{"torn');
    alive.delete(201);
    const heirs = [202, 203, 204].map((pid) =>
      ledgerOn(createLedgerStore(folder, claimant(pid)), {}, Date.UTC(2026, 10, 9)),
    );
    await Promise.all(heirs.map((ledger, index) => ledger.append(receipt(`heir${index}`))));
    const found = await verify(folder);
    assert.deepEqual([found.kind, found.chains.length, found.gaps.length], ['intact', 3, 1]);
    assert.equal((await ids(folder))[0], 'a');
  }));

test('a lease of a living process is left alone, a released or half-written old one is taken', () =>
  inFolder(async (folder) => {
    const first = ledgerOn(createLedgerStore(folder, claimant(301)));
    await first.append(receipt('a'));
    await first.close();
    const second = ledgerOn(createLedgerStore(folder, claimant(302)));
    await second.append(receipt('b'));
    assert.equal((await verify(folder)).chains.length, 1);
    const third = ledgerOn(createLedgerStore(folder, claimant(303)));
    await third.append(receipt('c'));
    assert.equal((await verify(folder)).chains.length, 2);
  }));

test('files are for the user alone, and no temporary file stays', { skip: process.platform === 'win32' }, () =>
  inFolder(async (folder) => {
    const ledger = ledgerOn(createLedgerStore(folder, claimant(401)));
    await ledger.append(receipt('a'));
    await ledger.ready();
    await ledger.close();
    const names = await readdir(folder);
    assert.deepEqual(names.sort(), ['plain-0.000001.jsonl', 'plain-0.anchor', 'plain-0.lease.1', 'plain-0.reserve']);
    for (const name of names) assert.equal((await stat(path.join(folder, name))).mode & 0o077, 0, name);
    assert.equal((await stat(folder)).mode & 0o077, 0);
  }),
);

test('a folder that cannot be made fails the append with a sentence', () =>
  inFolder(async (folder) => {
    await writeFile(folder, 'a file stands where the folder should be');
    const result = await ledgerOn(createLedgerStore(folder, claimant(501))).append(receipt('a'));
    assert.equal(result.kind, 'failed');
    assert.match(result.kind === 'failed' ? result.why : '', /^The request ledger could not be written: /);
  }));

test('a line that another program appended is noticed before the next record', () =>
  inFolder(async (folder) => {
    const ledger = ledgerOn(createLedgerStore(folder, claimant(601)));
    await ledger.append(receipt('a'));
    const file = path.join(folder, 'plain-0.000001.jsonl');
    const before = await readFile(file);
    await writeFile(file, before.subarray(0, before.length - 40));
    assert.equal((await ledger.append(receipt('b'))).kind, 'failed');
    assert.equal((await ledger.append(receipt('c'))).kind, 'ok');
    const found = await verify(folder);
    assert.ok(found.faults.some((fault) => fault.what === 'cut'));
    assert.deepEqual((await ids(folder)).slice(-2), ['b', 'c']);
  }));

test('a missing folder reads as an empty ledger', async () => {
  assert.deepEqual(await readLedgerFiles(path.join(tmpdir(), 'ledger-that-is-not-there')), []);
});

test('a check that begins while a window writes sees what stood there, and no cut', () =>
  inFolder(async (folder) => {
    const ledger = ledgerOn(createLedgerStore(folder));
    for (const id of ['a', 'b']) await ledger.append(receipt(id));
    const files = await listLedgerFiles(folder);
    for (const id of ['c', 'd']) await ledger.append(receipt(id));
    const found = await verifyStored(files, { digests: [plainDigest] }, atOnce);
    assert.deepEqual([found.kind, found.records, found.gaps], ['intact', 3, []]);
    await ledger.close();
  }));

test('a window looks after the chains that nobody holds, and leaves the others alone', () =>
  inFolder(async (folder) => {
    const long = Date.UTC(2025, 0, 1);
    const windows = [701, 702, 703].map((pid) => ledgerOn(createLedgerStore(folder, claimant(pid)), {}, long));
    for (const [index, window] of windows.entries()) await window.append(receipt(`old${index}`));
    await windows[1]?.close();
    await windows[2]?.close();
    const store = createLedgerStore(folder, claimant(704));
    const [own, late] = [ledgerOn(store, { retentionDays: 30 }, Date.UTC(2025, 6, 1)), receipt('new')];
    assert.deepEqual(await own.append(late), { kind: 'ok' });
    assert.deepEqual((await verify(folder)).faults, []);
    assert.deepEqual([...(await ids(folder))].sort(), ['new', 'old0']);
    await own.close();
  }));
