import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlsFor } from '../../../src/core/audit/controls.ts';
import { exportCsv } from '../../../src/core/audit/exportCsv.ts';
import { exportHtml } from '../../../src/core/audit/exportHtml.ts';
import { exportJson } from '../../../src/core/audit/exportJson.ts';
import { readLedger } from '../../../src/core/audit/readLedger.ts';
import { report, type FullReport } from '../../../src/core/audit/report.ts';
import type { Receipt } from '../../../src/core/audit/receipt.ts';
import { MemoryDisk } from '../../egress/ledger/memoryStore.ts';
import { ledgerOn, receipt } from '../../egress/ledger/sample.ts';

const week = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-08T00:00:00.000Z' };

async function reportOf(receipts: readonly Receipt[]): Promise<FullReport> {
  const disk = new MemoryDisk();
  const ledger = ledgerOn(disk.store());
  for (const one of receipts) await ledger.append(one);
  return report(readLedger(disk.list()), week);
}

const whole = (pieces: Iterable<string>): string => [...pieces].join('');

const device: Partial<Receipt> = {
  model: { backend: 'ollama', model: 'small:1b' },
  verdict: { kind: 'allow', zone: 'device', parts: [] },
  bytesOut: 500,
  served: { model: 'small:1b' },
};
const refused: Partial<Receipt> = {
  verdict: {
    kind: 'refuse',
    zone: 'cloud',
    parts: [],
    cause: { reason: 'secret-found', message: 'CANARY stands in it' },
  },
  outcome: { kind: 'refused' },
  bytesOut: 0,
  findings: [{ rule: 'github-token', title: 'GitHub token', confidence: 'high', count: 2, redacted: false }],
};

test('counts requests, bytes, parts, rules, refusals and finds', async () => {
  const found = await reportOf([receipt('a'), receipt('b', device), receipt('c', refused)]);
  assert.equal(found.total.requests, 3);
  assert.deepEqual(
    found.byZone.map(({ name, tally }) => [name, tally.requests, tally.bytesOut, tally.refused, tally.partsDropped]),
    [
      ['device', 1, 500, 0, 0],
      ['perimeter', 0, 0, 0, 0],
      ['cloud', 2, 1024, 1, 1],
    ],
  );
  assert.deepEqual(
    found.byModel.map(({ name, tally }) => [name, tally.requests]),
    [
      ['openrouter/model-x', 2],
      ['ollama/small:1b', 1],
    ],
  );
  assert.deepEqual(found.byRule, [{ id: 'env', layer: 'built-in', pattern: '.env', kept: 0, dropped: 1, agreed: 0 }]);
  assert.deepEqual(found.refusals, [{ name: 'secret-found', count: 1 }]);
  assert.deepEqual(found.findings, [{ name: 'github-token', count: 2 }]);
  assert.deepEqual(
    found.byDay.map(({ name }) => name),
    ['2026-11-03 cloud', '2026-11-03 device'],
  );
});

test('does not count as refused, nor to any zone, what was given up before it was decided', async () => {
  const cause = { reason: 'not-proved', message: 'It was not settled.' } as const;
  const verdict = { kind: 'refuse', zone: 'cloud', parts: [], cause } as const;
  const found = await reportOf([receipt('a', { verdict, outcome: { kind: 'aborted' }, bytesOut: 0 })]);
  assert.deepEqual([found.total.requests, found.total.refused, found.total.undecided], [1, 0, 1]);
  assert.deepEqual(found.refusals, []);
  assert.ok(found.byZone.every(({ tally }) => tally.requests === 0));
});

test('tells apart what went beyond its reach because the user agreed', async () => {
  const rules = [{ layer: 'workspace', id: 'pay', pattern: '/pay/', reach: 'device' }] as const;
  const part = { id: 'p', title: 'a', bytes: 5, decision: 'keep', reach: 'device', rules } as const;
  const agreed = { ...part, declassified: { id: 'leave', at: 0, preview: 'ab' } };
  const found = await reportOf([receipt('a', { verdict: { kind: 'allow', zone: 'cloud', parts: [part, agreed] } })]);
  assert.deepEqual([found.total.partsKept, found.total.partsDeclassified], [2, 1]);
  assert.deepEqual(
    found.byRule.map(({ id, kept, agreed: beyond, dropped }) => [id, kept, beyond, dropped]),
    [['pay', 1, 1, 0]],
  );
  assert.deepEqual(
    found.agreed.map(({ model, zone, bytes, rules: set }) => [model, zone, bytes, set]),
    [['openrouter/model-x', 'cloud', 5, ['pay']]],
  );
  assert.match(exportHtml(found), /<td>openrouter\/model-x<\/td><td>cloud<\/td><td>pay<\/td>/);
  const [head = [], row = []] = whole(exportCsv(found))
    .split('\r\n')
    .map((line) => line.split(','));
  assert.equal(row[head.indexOf('parts_declassified')], '1');
});

test('counts no part as sent of a request that was refused', async () => {
  const rules = [{ layer: 'workspace', id: 'pay', pattern: '/pay/', reach: 'device' }] as const;
  const part = { id: 'p', title: 'a', bytes: 5, reach: 'device', rules } as const;
  const parts = [
    { ...part, decision: 'drop' },
    { ...part, decision: 'keep' },
  ] as const;
  const verdict = { kind: 'refuse', zone: 'cloud', parts, cause: { reason: 'required-part', message: 'no' } } as const;
  const found = await reportOf([receipt('a', { verdict, outcome: { kind: 'refused' } })]);
  assert.deepEqual([found.total.partsKept, found.total.partsDropped, found.total.refused], [0, 1, 1]);
  assert.deepEqual(
    found.byRule.map(({ kept, agreed, dropped }) => [kept, agreed, dropped]),
    [[0, 0, 1]],
  );
});

test('counts nothing outside the span', async () => {
  const disk = new MemoryDisk();
  await ledgerOn(disk.store(), {}, Date.UTC(2026, 9, 31, 23)).append(receipt('a'));
  assert.equal(report(readLedger(disk.list()), week).total.requests, 0);
});

test('speaks to each control of SOC 2, ISO 27001 and the NIST AI RMF that was asked for', async () => {
  const ids = controlsFor(await reportOf([receipt('a')])).map(({ framework, id }) => `${framework} ${id}`);
  for (const wanted of ['CC6.1', 'CC6.7', 'A.5.12', 'A.5.13', 'A.5.14', 'A.8.12', 'A.8.15', 'NIST AI RMF']) {
    assert.ok(
      ids.some((id) => id.includes(wanted)),
      wanted,
    );
  }
});

const evil = '=cmd|"/c"!A1<script>alert(1)</script>';
const hostile: Partial<Receipt> = {
  model: { backend: 'custom', model: evil },
  served: { model: evil, upstream: '"><img src=x onerror=alert(1)>' },
};

test('CSV has one line per request, quotes what it must, and runs no formula', async () => {
  const lines = whole(exportCsv(await reportOf([receipt('a'), receipt('b', hostile)]))).split('\r\n');
  assert.equal(lines.length, 4);
  assert.match(lines[0] ?? '', /^time,request,user,intent,zone,/);
  assert.match(lines[1] ?? '', /^2026-11-03T[^,]*,a,,chat,cloud,openrouter,model-x,vendor,/);
  assert.ok(lines[2]?.includes(`"'=cmd|""/c""!A1<script>`));
});

test('HTML holds no script, loads nothing, and escapes what comes from outside', async () => {
  const html = exportHtml(await reportOf([receipt('a'), receipt('b', hostile), receipt('c', refused)]));
  assert.ok(
    !/<script|<img|<link|onerror=alert\(1\)>|https?:|url\(/i.test(html.replaceAll(/&#\d+;/g, '')),
    'active content',
  );
  assert.ok(html.includes('&#60;script&#62;'));
  assert.ok(html.includes(`content="default-src 'none'; style-src 'unsafe-inline'"`));
  assert.ok(!html.includes('CANARY'));
});

test('JSON reads back with totals, rows and controls', async () => {
  const found = await reportOf([receipt('a'), receipt('b')]);
  const parsed: unknown = JSON.parse(whole(exportJson(found)));
  assert.deepEqual(parsed, { ...found, controls: controlsFor(found) });
  const none = await reportOf([]);
  assert.deepEqual(JSON.parse(whole(exportJson(none))), { ...none, controls: controlsFor(none) });
});
