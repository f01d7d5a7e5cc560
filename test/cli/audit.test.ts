import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ChainDigest } from '../../src/core/audit/chainDigest.ts';
import { createLedger, defaultLedgerSettings } from '../../src/egress/ledger/ledger.ts';
import { keyedDigest, plainDigest } from '../../src/node/chainDigest.ts';
import { createLedgerStore } from '../../src/node/ledgerFile.ts';
import { receipt } from '../egress/ledger/sample.ts';
import { bundleProgram, type Program } from './support.ts';

let program: Program;
let root: string;
before(async () => {
  program = await bundleProgram();
  root = await mkdtemp(path.join(tmpdir(), 'ringfence-audit-'));
});
after(async () => {
  await program.remove();
  await rm(root, { recursive: true, force: true });
});

/** A ledger on the disk with three requests of 20 November 2026. */
async function ledger(name: string, digest: ChainDigest = plainDigest): Promise<string> {
  const folder = path.join(root, name);
  let time = Date.UTC(2026, 10, 20, 8);
  const made = createLedger({
    store: createLedgerStore(folder),
    digest,
    now: () => (time += 60_000),
    settings: () => defaultLedgerSettings,
  });
  const device = { verdict: { kind: 'allow', zone: 'device', parts: [] }, bytesOut: 300 } as const;
  for (const one of [receipt('a'), receipt('b', device), receipt('c')]) await made.append(one);
  await made.close();
  return folder;
}

async function tamper(folder: string, change: (text: string) => string): Promise<void> {
  const [name = ''] = (await readdir(folder)).filter((file) => file.endsWith('.jsonl'));
  const file = path.join(folder, name);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

describe('ringfence audit verify', () => {
  it('finds an untouched ledger intact and gives the head to keep', async () => {
    const { exit, out } = await program.run(['audit', 'verify', await ledger('intact')]);
    assert.equal(exit, 0);
    assert.match(out, /^The ledger is intact: 4 records\.\nhead of plain-0: record 3, [0-9a-f]{64}\n$/);
  });

  it('finds an edited, a cut and a rewritten one, by file and line', async () => {
    const edited = await ledger('edited');
    await tamper(edited, (text) => text.replace('"request.bytes_out":300', '"request.bytes_out":100'));
    const { exit, out } = await program.run(['audit', 'verify', edited]);
    assert.equal(exit, 1);
    assert.match(out, /^The ledger was changed[^]*^plain-0\.000001\.jsonl:3: The content of record 2/m);

    const cut = await ledger('cut');
    await tamper(cut, (text) => text.split('\n').slice(0, -2).join('\n') + '\n');
    assert.match((await program.run(['audit', 'verify', cut])).out, /it had reached record 3/);

    const rewritten = await ledger('rewritten');
    const head = `plain-0:3:${'0'.repeat(64)}`;
    const found = await program.run(['audit', 'verify', rewritten, '--head', head, '--json']);
    assert.equal(found.exit, 1);
    assert.deepEqual(
      JSON.parse(found.out).faults.map((fault: { what: string }) => fault.what),
      ['edited'],
    );
  });

  it('checks a keyed ledger with its key, from a file or the environment, and does not pass it without', async () => {
    const key = Buffer.alloc(32, 7);
    const folder = await ledger('keyed', keyedDigest(key));
    const without = await program.run(['audit', 'verify', folder], { env: { RINGFENCE_LEDGER_KEY: '' } });
    assert.equal(without.exit, 2, 'an empty key is a mistake');
    const unproved = await program.run(['audit', 'verify', folder, '--json']);
    assert.deepEqual([unproved.exit, JSON.parse(unproved.out).verdict], [1, 'unproved']);
    const file = path.join(root, 'key');
    await writeFile(file, `${key.toString('hex')}\n`);
    assert.equal((await program.run(['audit', 'verify', folder, '--key-file', file])).exit, 0);
    const env = { RINGFENCE_LEDGER_KEY: key.toString('hex') };
    const proved = await program.run(['audit', 'verify', folder], { env });
    assert.equal(proved.exit, 0);
    assert.ok(!proved.out.includes(env.RINGFENCE_LEDGER_KEY));
  });

  it('says what is wrong: no folder, no ledger in it, no key, no head', async () => {
    const missing = await program.run(['audit', 'verify', path.join(root, 'nowhere')]);
    assert.equal(missing.exit, 2);
    assert.match(missing.err, /There is no folder .*nowhere\.\nName the folder of a ledger\./);
    const empty = await program.run(['audit', 'verify', await mkdtemp(path.join(root, 'empty-'))]);
    assert.deepEqual([empty.exit, empty.out], [1, 'There is no ledger here.\n']);
    const folder = await ledger('odd');
    assert.match((await program.run(['audit', 'verify', folder, '--key-file', '/nowhere'])).err, /cannot be read/);
    assert.match((await program.run(['audit', 'verify', folder, '--head', 'x'])).err, /"x" is no head/);
  });
});

describe('ringfence audit report', () => {
  it('counts what went where', async () => {
    const { exit, out } = await program.run(['audit', 'report', await ledger('report'), '--to', '2026-11-20']);
    assert.equal(exit, 0);
    assert.match(
      out,
      /^Privacy report, 2026-11-20\n3 requests\. 2 of them left this machine, 2 of those for the cloud\./,
    );
    assert.match(out, /^ {2}device +1 +0 +300 B/m);
    assert.match(out, /^ {2}env +built-in +\.env +2 +0$/m);
  });

  it('counts the days that it is asked for, both ends included', async () => {
    const folder = await ledger('days');
    const requests = async (...days: readonly string[]): Promise<number> => {
      const { out } = await program.run(['audit', 'report', folder, '--json', ...days]);
      return JSON.parse(out).total.requests;
    };
    assert.equal(await requests('--from', '2026-11-20', '--to', '2026-11-20'), 3);
    assert.equal(await requests('--from', '2026-11-21', '--to', '2026-11-22'), 0);
    assert.equal(await requests('--from', '2026-11-01', '--to', '2026-11-19'), 0);
  });

  it('writes HTML and CSV', async () => {
    const folder = await ledger('formats');
    const html = await program.run(['audit', 'report', folder, '--format', 'html', '--to', '2026-11-20']);
    assert.match(html.out, /^<!doctype html>[^]*SOC 2[^]*A\.8\.12[^]*NIST AI RMF/);
    const csv = await program.run(['audit', 'report', folder, '--format', 'csv', '--to', '2026-11-20']);
    assert.equal(csv.out.split('\r\n').length, 5, 'a head, three requests, and a line end after each');
  });

  it('says which day or format it cannot read', async () => {
    for (const [args, message] of [
      [['--from', '2026-02-30'], /"2026-02-30" is no day/],
      [['--from', 'yesterday'], /"yesterday" is no day\.\nWrite it as 2026-11-20/],
      [['--from', '2026-11-20', '--to', '2026-11-19'], /lies before the first/],
      [['--format', 'constructor'], /no format "constructor"/],
    ] as const) {
      const { exit, err } = await program.run(['audit', 'report', root, ...args]);
      assert.equal(exit, 2);
      assert.match(err, message);
    }
  });
});
