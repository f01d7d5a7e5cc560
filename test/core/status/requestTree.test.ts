import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingSummary } from '../../../src/core/scan/finding.ts';
import { requestRow } from '../../../src/core/status/requestTree.ts';
import { receipt } from '../../egress/ledger/sample.ts';

const mail: FindingSummary = { rule: 'email', title: 'E-mail address', confidence: 'high', count: 2, redacted: true };
const long: FindingSummary = { ...mail, rule: 'entropy', title: 'Long number', count: 1, redacted: false };

function searches(...change: Parameters<typeof receipt>): readonly (string | undefined)[] {
  const rows = requestRow(receipt(...change)).children.filter(({ icon }) => icon === 'search');
  return rows.map(({ label, description }) => `${label}: ${description}`);
}

test('a request is followed by what the content scan found, and what became of it', () => {
  assert.deepEqual(searches('a', { findings: [mail, long] }), [
    'E-mail address: found 2 times · replaced before it left',
    'Long number: found once · sent as it was',
  ]);
  const cause = { reason: 'secret-found', message: 'It holds a secret.' } as const;
  const verdict = { kind: 'refuse', zone: 'cloud', parts: [], cause } as const;
  assert.deepEqual(searches('b', { findings: [long], verdict }), ['Long number: found once · not sent']);
  assert.deepEqual(searches('c'), []);
});

test('a part of a request that was refused is not said to be sent', () => {
  const cause = { reason: 'secret-found', message: 'It holds a secret.' } as const;
  const { verdict } = receipt('a');
  const words = (...change: Parameters<typeof receipt>): readonly string[] =>
    requestRow(receipt(...change))
      .children.filter(({ id }) => id.includes('/part/'))
      .map(({ description = '' }) => description.split(' · ')[0] ?? '');
  assert.deepEqual(words('a'), ['sent', 'held back']);
  assert.deepEqual(words('b', { verdict: { ...verdict, kind: 'refuse', cause } }), ['not sent', 'held back']);
});
