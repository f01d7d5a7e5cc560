import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPeriod, periods, spanOf } from '../../../src/core/audit/period.ts';
import { createReport, type PrivacyReport } from '../../../src/core/audit/report.ts';
import { binsOf } from '../../../src/core/audit/reportBins.ts';
import { reportChart } from '../../../src/core/audit/reportChart.ts';
import { reportPage } from '../../../src/core/audit/reportPage.ts';
import { summarise } from '../../../src/core/audit/reportSections.ts';
import type { RequestRow } from '../../../src/core/audit/requestRow.ts';

const now = Date.UTC(2026, 10, 20, 9, 30);

function row(ts: string, change: Partial<RequestRow> = {}): RequestRow {
  return {
    ts,
    id: 'r',
    intent: 'chat',
    backend: 'ollama',
    model: 'm',
    upstream: '',
    host: '127.0.0.1',
    zone: 'device',
    evidence: [],
    verdict: 'allow',
    reason: '',
    outcome: 'done',
    bytesOut: 10,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    durationMs: 5,
    policy: 'ab',
    user: '',
    parts: [],
    findings: [],
    ...change,
  };
}

/** A report of these requests. */
function withRows(rows: readonly RequestRow[], period: (typeof periods)[number] = 'week'): PrivacyReport {
  const maker = createReport(spanOf(period, now));
  for (const one of rows) maker.count(one);
  return maker.end();
}

describe('periods', () => {
  it('end with the present day and count it', () => {
    assert.deepEqual(spanOf('day', now), { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' });
    assert.equal(spanOf('week', now).from, '2026-11-14T00:00:00.000Z');
    assert.equal(spanOf('month', now).from, '2026-10-22T00:00:00.000Z');
    assert.equal(spanOf('all', now).from, '1970-01-01T00:00:00.000Z');
    assert.deepEqual(['week', 'year', 7, undefined].map(isPeriod), [true, false, false, false]);
  });
});

describe('the bars of a report', () => {
  it('are hours of a day, days of a week, months of years', () => {
    const labels = (rows: readonly RequestRow[], period: (typeof periods)[number]): readonly string[] =>
      binsOf(withRows(rows, period)).map(({ label }) => label);
    const day = labels([row('2026-11-20T09:10:00.000Z')], 'day');
    assert.deepEqual([day.length, day[0], day.at(-1)], [24, '00:00', '23:00']);
    const week = labels([row('2026-11-20T09:10:00.000Z')], 'week');
    assert.deepEqual([week.length, week[0], week.at(-1)], [7, '2026-11-14', '2026-11-20']);
    const years = labels([row('2026-11-20T09:10:00.000Z'), row('2025-10-31T09:10:00.000Z')], 'all');
    assert.deepEqual([years.length, years[0], years.at(-1)], [14, '2025-10', '2026-11']);
    const recent = labels([row('2026-11-18T09:10:00.000Z')], 'all');
    assert.deepEqual(recent, ['2026-11-18', '2026-11-19', '2026-11-20']);
  });

  it('say what became of each request', () => {
    const at = '2026-11-20T09:10:00.000Z';
    const rows = [
      row(at),
      row(at, { zone: 'perimeter' }),
      row(at, { zone: 'cloud' }),
      row(at, { zone: 'cloud', verdict: 'modify' }),
      row(at, { zone: 'cloud', verdict: 'deny' }),
      row(at, { zone: '', verdict: '' }),
      row('2026-11-14T00:00:00.000Z'),
    ];
    const bins = binsOf(withRows(rows));
    assert.deepEqual(bins.at(-1)?.counts, { device: 1, perimeter: 1, cloud: 2, unsent: 2 });
    assert.deepEqual(bins[0]?.counts, { device: 1, perimeter: 0, cloud: 0, unsent: 0 });
    assert.equal(
      bins.reduce((sum, { counts }) => sum + counts.device, 0),
      2,
    );
  });

  it('stand within the picture, whatever their number', () => {
    const rows = Array.from({ length: 3000 }, (_, at) =>
      row(new Date(now - at * 1_700_000).toISOString(), { zone: at % 3 === 0 ? 'cloud' : 'device' }),
    );
    for (const period of periods) {
      const svg = reportChart(withRows(rows, period));
      const boxes = [...svg.matchAll(/x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"/g)];
      assert.ok(boxes.length > 0);
      for (const [, x, y, width, height] of boxes) {
        assert.ok(Number(x) >= 48 && Number(x) + Number(width) <= 720, `${period}: ${x} ${width}`);
        assert.ok(Number(y) >= 8 && Number(y) + Number(height) <= 173, `${period}: ${y} ${height}`);
      }
    }
  });
});

describe('the report in the editor', () => {
  const page = (rows: readonly RequestRow[], period: (typeof periods)[number] = 'week'): string =>
    reportPage({ report: withRows(rows, period), period, nonce: 'nonce1' });

  it('runs no script, loads nothing, and styles by its own nonce', () => {
    const html = page([row('2026-11-20T09:10:00.000Z', { model: '<script>alert(1)</script>' })]);
    assert.match(html, /content="default-src 'none'; style-src 'nonce-nonce1'; form-action 'none'; base-uri 'none'"/);
    assert.ok(!/<script|<img|<link|style="|\son\w+=|https?:|#[0-9a-f]{3,6}\b/i.test(html.replaceAll(/&#\d+;/g, '')));
  });

  it('links to commands of its own alone', () => {
    const targets = [...page([row('2026-11-20T09:10:00.000Z')]).matchAll(/href="([^"?]*)/g)].map(([, to]) => to);
    assert.deepEqual([...new Set(targets)].sort(), [
      'command:ringfence.ledger.verify',
      'command:ringfence.report.export',
      'command:ringfence.report.show',
    ]);
  });

  it('marks the period at hand and says when there is nothing', () => {
    assert.match(page([], 'month'), /aria-current="true">30 days</);
    assert.match(page([], 'month'), /No request was recorded in these days/);
    assert.match(page([], 'all'), /No request has been recorded on this machine yet/);
  });

  it('says of each refusal what it means, and of one of a newer version at least how often', () => {
    const denied = { verdict: 'deny', zone: 'cloud' } as const;
    const at = '2026-11-20T09:10:00.000Z';
    const html = page([row(at, { ...denied, reason: 'secret-found' }), row(at, { ...denied, reason: 'not-heard-of' })]);
    assert.match(html, /secret-found<\/th><td>It held what looks like a secret[^<]*<\/td><td class="number">1</);
    assert.match(html, /not-heard-of<\/th><td><\/td><td class="number">1</);
    assert.match(html, /not sent<small>2 refused<\/small>/);
  });

  it('says in words what left', () => {
    const at = '2026-11-20T09:10:00.000Z';
    assert.equal(summarise(withRows([row(at)])), '1 request. Nothing left this machine.');
    const counted = withRows([row(at), row(at, { zone: 'cloud' })]);
    const total = { ...counted.total, partsDropped: 1, partsDeclassified: 2 };
    assert.equal(
      summarise({ ...counted, total }),
      '2 requests. 1 of them left this machine, 1 of those for the cloud. 1 part of prompts was held back. 2 parts went beyond a rule because you agreed to it.',
    );
  });
});
