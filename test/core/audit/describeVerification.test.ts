import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeVerification } from '../../../src/core/audit/describeVerification.ts';

test('says the verdict, each fault with its place, each gap and each head', () => {
  const lines = describeVerification({
    kind: 'broken',
    records: 3,
    chains: [{ chain: 'plain-0', records: 3, firstSeq: 0, lastSeq: 2, lastHash: 'ab' }],
    faults: [
      { what: 'edited', file: 'plain-0.000001.jsonl', line: 2, message: 'Changed.' },
      { what: 'cut', file: 'plain-0.anchor', message: 'Cut.' },
    ],
    gaps: [{ file: 'plain-0.000001.jsonl', line: 3, message: 'Torn.' }],
  });
  assert.deepEqual(lines, [
    'The ledger was changed: 2 faults in 3 records.',
    'plain-0.000001.jsonl:2: Changed.',
    'plain-0.anchor: Cut.',
    'plain-0.000001.jsonl:3: note: Torn.',
    'head of plain-0: record 2, ab',
  ]);
});

test('an empty folder is not called intact', () => {
  const lines = describeVerification({ kind: 'empty', records: 0, chains: [], faults: [], gaps: [] });
  assert.deepEqual(lines, ['There is no ledger here.']);
});
