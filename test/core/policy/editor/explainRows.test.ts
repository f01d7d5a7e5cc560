import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PolicyDocument } from '../../../../src/core/policy/document.ts';
import { explainRows, type ExplainLine } from '../../../../src/core/policy/editor/explainRows.ts';
import { explain } from '../../../../src/core/policy/explain.ts';
import { holdPolicy } from '../../../../src/core/policy/hold.ts';
import type { FileVersion } from '../../../../src/core/policy/source.ts';
import { decided, fileAt, folder, today } from '../fixture.ts';

type Fields = Readonly<Record<string, unknown>>;

function linesFor(
  path: string,
  { tree, accepted }: { readonly tree: Fields; readonly accepted?: Fields },
  unseen?: string,
) {
  const document = (fields: Fields, version: FileVersion): PolicyDocument => ({
    layer: 'workspace',
    file: `${folder}/.ringfence.jsonc`,
    folder,
    version,
    content: { kind: 'text', text: JSON.stringify({ version: 1, ...fields }) },
  });
  const { state } = holdPolicy({
    folders: [folder],
    documents: [document(tree, 'working tree')],
    acknowledged: accepted ? [document(accepted, 'acknowledged')] : [],
    today,
    productVersion: '0.1.0',
    digest: () => 'abcdef0123456789',
  });
  const provenance = { kind: 'file' as const, resource: fileAt(path) };
  const rows = explainRows({
    explanation: explain({ state, decision: decided(state.policy, path) }, provenance),
    place: (file, line) => `${file.slice(file.lastIndexOf('/') + 1)}:${line ?? 1}`,
    pending: state.pending,
    ...(unseen === undefined ? {} : { unseen }),
  });
  return rows.filter((row): row is ExplainLine => row.kind === 'line');
}

const text = ({ label, description = '', detail = '' }: ExplainLine): string =>
  [label, description, detail].join(' | ');

const pay = { id: 'pay', files: ['/pay/'], reach: 'device', reason: 'the bank', owner: 'Money' };

describe('a decision is explained by', () => {
  test('each place, the rule, the smallest change and what was looked at', () => {
    assert.deepEqual(linesFor('pay/a.ts', { tree: { reach: 'cloud', rules: [pay] } }).map(text), [
      'This machine | may go | ',
      "Your organisation's servers | may not go · rule pay, the policy, .ringfence.jsonc:1 | ",
      'The cloud | may not go · rule pay, the policy, .ringfence.jsonc:1 | ',
      'pay → device | the policy, .ringfence.jsonc:1 · /pay/ | the bank · Money',
      'reach → cloud | the policy, .ringfence.jsonc:1 · * | ',
      'Add an exception of "pay" for this file. | .ringfence.jsonc:1 | {"id":"allow-pay-a-ts","of":"pay","files":["/pay/a.ts"],"reason":"why this is safe","expires":"never"}',
      'The policy holds. | policy abcdef012345 | ',
      '2 names of the file | pay/a.ts · /w/pay/a.ts | ',
    ]);
  });

  test('one line for what two versions of a file say alike, and the mark of a change that waits', () => {
    const other = { id: 'other', files: ['/x/'], reach: 'device' };
    const lines = linesFor('pay/a.ts', {
      tree: { reach: 'cloud', rules: [{ ...pay, reach: 'perimeter' }] },
      accepted: { reach: 'cloud', rules: [pay, other] },
    }).map(text);
    assert.equal(lines.filter((line) => line.startsWith('reach → cloud')).length, 1);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('pay → ')),
      [
        'pay → perimeter | the policy, .ringfence.jsonc:1 · /pay/ | the bank · Money · a change of it is held back',
        'pay → device | the policy, .ringfence.jsonc:1 · /pay/ | the bank · Money · a change of it is held back',
      ],
    );
    assert.ok(lines.includes('The policy holds. | policy abcdef012345 · 2 of its changes are held back | '));
  });

  test('an exception that applies', () => {
    const exceptions = [{ id: 'e', of: 'pay', files: ['/pay/a.ts'], reason: 'it is public', expires: 'never' }];
    const lines = linesFor('pay/a.ts', { tree: { reach: 'cloud', rules: [pay], exceptions } }).map(text);
    assert.ok(lines.some((line) => line.startsWith('pay → device') && line.endsWith('taken out by an exception')));
    assert.ok(lines.includes('exception e: applies | .ringfence.jsonc:1 · it is public | '));
  });

  test('an error of the policy, and not by what is missing because of it', () => {
    const lines = linesFor('a.ts', { tree: { reach: 'nowhere' }, accepted: { reach: 'cloud' } }).map(text);
    assert.ok(lines.includes('The cloud | may not go · The policy has an error, so nothing goes to the cloud. | '));
    assert.ok(
      lines.some((line) => line.startsWith('The policy has an error, so nothing goes to the cloud. | policy ')),
    );
    assert.ok(!lines.some((line) => line.includes('No policy file')));
  });

  test('what could not be looked at', () => {
    const last = linesFor('a.ts', { tree: { reach: 'cloud' } }, 'Not known: hard links.').at(-1);
    assert.equal(last?.label, 'Not known: hard links.');
  });
});
