import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { LedgerFile } from '../../../src/core/audit/ledgerFiles.ts';
import { verifyLedger } from '../../../src/core/audit/verifyLedger.ts';
import type { Verification } from '../../../src/core/audit/verification.ts';
import { keyedDigest, plainDigest } from '../../../src/node/chainDigest.ts';
import { createLedger, defaultLedgerSettings } from '../../../src/egress/ledger/ledger.ts';
import { MemoryDisk } from '../../egress/ledger/memoryStore.ts';
import { ledgerOn, receipt } from '../../egress/ledger/sample.ts';

/** Two windows, three files in the first chain, and a torn write in the middle of it. */
async function sample(): Promise<readonly LedgerFile[]> {
  const disk = new MemoryDisk();
  const left = ledgerOn(disk.store(), { segmentBytes: 3000, checkpointEvery: 5 });
  const right = ledgerOn(disk.store());
  await left.append(receipt('l0'));
  await right.append(receipt('r0'));
  await left.close();
  const name = 'plain-0.000001.jsonl';
  disk.files.set(name, Buffer.concat([disk.files.get(name) ?? Buffer.of(), Buffer.from('{"half of a rec')]));
  const again = ledgerOn(disk.store(), { segmentBytes: 3000, checkpointEvery: 5 });
  for (let index = 1; index < 6; index++) await again.append(receipt(`l${index}`));
  assert.deepEqual(await right.append(receipt('r1')), { kind: 'ok' });
  return disk.list();
}

const files = await sample();
const verify = (changed: readonly LedgerFile[]): Verification => verifyLedger(changed, { digests: [plainDigest] });
const replace = (name: string, bytes: Uint8Array): readonly LedgerFile[] =>
  files.map((file) => (file.name === name ? { name, bytes } : file));
const linesOf = (file: LedgerFile): readonly string[] =>
  Buffer.from(file.bytes).toString('latin1').split('\n').slice(0, -1);
const fromLines = (lines: readonly string[]): Uint8Array =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');

test('the untouched ledger verifies, with its torn write noted', () => {
  const found = verify(files);
  assert.deepEqual([found.kind, found.faults, found.gaps.length, found.chains.length], ['intact', [], 1, 2]);
  assert.ok(files.length >= 6);
});

test('an edit of any single byte of any file is found', () => {
  const every = files.flatMap((file) => Array.from(file.bytes, (_, at) => ({ file, at })));
  // Every byte once, each with another random value; the seed is printed by fast-check when one slips through.
  fc.assert(
    fc.property(fc.nat(every.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
      const target = every[index];
      if (target === undefined) return;
      const bytes = Uint8Array.from(target.file.bytes);
      bytes[target.at] = (bytes[target.at] ?? 0) ^ flip;
      assert.equal(verify(replace(target.file.name, bytes)).kind, 'broken', `${target.file.name} byte ${target.at}`);
    }),
    { numRuns: 600 },
  );
});

test('a cut of any length from the end of any file is found', () => {
  for (const file of files) {
    for (let keep = 0; keep < file.bytes.length; keep += keep > file.bytes.length - 150 ? 1 : 37) {
      const found = verify(replace(file.name, file.bytes.subarray(0, keep)));
      assert.equal(found.kind, 'broken', `${file.name} cut to ${keep} bytes`);
    }
  }
});

test('removing, doubling or swapping any lines of any file is found', () => {
  const ledgers = files.filter((file) => file.name.endsWith('.jsonl'));
  fc.assert(
    fc.property(
      fc.nat(ledgers.length - 1),
      fc.nat(),
      fc.nat(),
      fc.constantFrom('remove', 'double', 'swap'),
      (index, first, second, act) => {
        const file = ledgers[index];
        if (file === undefined) return;
        const lines = [...linesOf(file)];
        const [a, b] = [first % lines.length, second % lines.length];
        const [lineA = '', lineB = ''] = [lines[a], lines[b]];
        if (act === 'remove') lines.splice(a, 1);
        else if (act === 'double') lines.splice(b, 0, lineA);
        else [lines[a], lines[b]] = [lineB, lineA];
        fc.pre(lines.join('\n') !== linesOf(file).join('\n'));
        assert.equal(verify(replace(file.name, fromLines(lines))).kind, 'broken', `${act} ${a} ${b} in ${file.name}`);
      },
    ),
    { numRuns: 400 },
  );
});

test('removing any file, and exchanging any two, is found', () => {
  for (const file of files) {
    assert.equal(verify(files.filter((other) => other !== file)).kind, 'broken', `without ${file.name}`);
    for (const other of files) {
      if (other.name === file.name) continue;
      const swapped = files.map((candidate) => {
        if (candidate.name === file.name) return { name: file.name, bytes: other.bytes };
        return candidate.name === other.name ? { name: other.name, bytes: file.bytes } : candidate;
      });
      assert.equal(verify(swapped).kind, 'broken', `${file.name} and ${other.name} exchanged`);
    }
  }
});

test('removing a whole chain with its anchor is found by what the other chain saw of it', () => {
  assert.equal(verify(files.filter((file) => !file.name.startsWith('plain-1'))).kind, 'broken');
});

test('an older copy of the whole folder is found by a head that was kept elsewhere', async () => {
  const disk = new MemoryDisk();
  const ledger = ledgerOn(disk.store());
  await ledger.append(receipt('a'));
  const older = disk.list();
  await ledger.append(receipt('b'));
  const head = verify(disk.list()).chains.map(({ chain, lastSeq, lastHash }) => ({
    chain,
    seq: lastSeq,
    hash: lastHash,
  }));
  assert.equal(verify(older).kind, 'intact');
  assert.equal(verifyLedger(older, { digests: [plainDigest], heads: head }).kind, 'broken');
});

test('says where and what: file, line and sentence', () => {
  const file = files.find(({ name }) => name === 'plain-0.000001.jsonl');
  assert.ok(file !== undefined);
  const lines = linesOf(file).map((line) => line.replace('vendor/model-x', 'vendor/model-y'));
  const [fault] = verify(replace(file.name, fromLines(lines))).faults;
  assert.deepEqual(fault, {
    what: 'edited',
    file: 'plain-0.000001.jsonl',
    line: 2,
    message: 'The content of record 1 is not what was written.',
  });
});

test('a keyed ledger is proved with its key, unproved without, broken after a rewriting without it', async () => {
  const digest = keyedDigest(Buffer.alloc(32, 7));
  const disk = new MemoryDisk();
  const deps = { store: disk.store(), now: () => Date.UTC(2026, 10, 3), settings: () => defaultLedgerSettings };
  await createLedger({ ...deps, digest }).append(receipt('a'));
  assert.equal(verifyLedger(disk.list(), { digests: [digest] }).kind, 'intact');
  assert.equal(verifyLedger(disk.list(), { digests: [plainDigest] }).kind, 'unproved');
  assert.equal(verifyLedger(disk.list(), { digests: [keyedDigest(Buffer.alloc(32, 8))] }).kind, 'unproved');
  // Somebody without the key writes a ledger of the same name.
  const forger = new MemoryDisk();
  const forged = { ...plainDigest, keyId: digest.keyId ?? '' };
  await createLedger({ ...deps, store: forger.store(), digest: forged }).append(receipt('b'));
  assert.equal(verifyLedger(forger.list(), { digests: [digest] }).kind, 'broken');
});

test('a chain without a key beside a known key is pointed out, for anyone could have written it', async () => {
  const digest = keyedDigest(Buffer.alloc(32, 7));
  const disk = new MemoryDisk();
  const deps = { store: disk.store(), now: () => Date.UTC(2026, 10, 3), settings: () => defaultLedgerSettings };
  await createLedger({ ...deps, digest }).append(receipt('a'));
  await createLedger({ ...deps, digest: plainDigest }).append(receipt('b'));
  const found = verifyLedger(disk.list(), { digests: [digest, plainDigest] });
  assert.equal(found.kind, 'intact');
  assert.deepEqual(
    found.gaps.map(({ file, message }) => [file, /without a key/.test(message)]),
    [['plain-0.000001.jsonl', true]],
  );
  assert.deepEqual(verify(disk.list().filter(({ name }) => name.startsWith('plain-'))).gaps, []);
});

test('a folder without a ledger is empty, not intact', () => {
  assert.equal(verify([]).kind, 'empty');
  assert.equal(verify([{ name: 'notes.txt', bytes: Buffer.from('x') }]).kind, 'empty');
});

test('never throws and never hangs on rubbish', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 200 }), (bytes, anchor) => {
      verify([
        { name: 'plain-0.000001.jsonl', bytes },
        { name: 'plain-0.anchor', bytes: anchor },
      ]);
    }),
  );
});
