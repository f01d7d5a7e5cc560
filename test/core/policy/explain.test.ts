import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Resource } from '../../../src/core/label/resource.ts';
import type { Policy } from '../../../src/core/policy/compile.ts';
import { decide } from '../../../src/core/policy/decide.ts';
import { explain, type Explanation } from '../../../src/core/policy/explain.ts';
import type { ImportedSource } from '../../../src/core/policy/source.ts';
import { readImported } from '../../../src/core/policy/imported.ts';
import { compiled, decided, fileAt, folder, source } from './fixture.ts';

function explained(policy: Policy, file: string | Resource): Explanation {
  const resource = typeof file === 'string' ? fileAt(file) : file;
  const state = { kind: policy.opened ? 'loaded' : 'none', policy, hash: 'h', pending: [] } as const;
  return explain({ state, decision: decided(policy, resource) }, { kind: 'file', resource });
}

const policy = compiled([
  source({
    reach: 'cloud',
    rules: [{ id: 'pay', files: ['/pay/'], reach: 'device', reason: 'payments' }],
    exceptions: [
      { id: 'faq', of: 'pay', files: ['/pay/faq.md'], reason: 'public', expires: 'never' },
      { id: 'old', of: 'pay', files: ['/pay/a.ts'], reason: 'was public', expires: '2026-01-01' },
    ],
  }),
]);

describe('an explanation', () => {
  test('answers for each zone with the rule that holds', () => {
    assert.deepEqual(
      explained(policy, 'pay/a.ts').zones.map(({ zone, allowed, why }) => [zone, allowed, why]),
      [
        ['device', true, 'Its rules let it go this far.'],
        ['perimeter', false, `The rule "pay" (/pay/) in ${folder}/.ringfence.jsonc:1 keeps it to "device": payments.`],
        ['cloud', false, `The rule "pay" (/pay/) in ${folder}/.ringfence.jsonc:1 keeps it to "device": payments.`],
      ],
    );
  });

  test('says of each exception why it does not help', () => {
    const [rule] = explained(policy, 'pay/a.ts').rules.filter(({ ref }) => ref.id === 'pay');
    assert.deepEqual(
      rule?.exceptions.map(({ id, outcome }) => [id, outcome]),
      [
        ['faq', 'does not name this file'],
        ['old', 'expired'],
      ],
    );
  });

  test('shows a rule that an exception takes the file out of', () => {
    const [rule] = explained(policy, 'pay/faq.md').rules.filter(({ ref }) => ref.id === 'pay');
    assert.deepEqual([rule?.holds, rule?.exceptions[0]?.outcome], [false, 'applies']);
  });

  test('names the name that matched', () => {
    const linked = fileAt('notes.txt', { kind: 'real path', path: '.env', folder });
    const via = explained(policy, linked).rules.find(({ ref }) => ref.id === 'built-in/env')?.via;
    assert.deepEqual(via, { kind: 'real path', path: '.env' });
  });

  test('answers of text without a file', () => {
    const state = { kind: 'loaded', policy, hash: 'h', pending: [] } as const;
    const told = explain({ state, decision: decide(policy, { kind: 'terminal' }) }, { kind: 'terminal' });
    assert.equal(told.subject, 'terminal');
    assert.deepEqual(told.remedies, [
      {
        message: 'Say under "unlabelled" how far this may go: "terminal": "cloud".',
        insert: '"unlabelled": { "terminal": "cloud" }',
      },
    ]);
  });
});

describe('the smallest edit that would change the result', () => {
  test('of a rule is an exception, which then works', () => {
    const [remedy] = explained(policy, 'pay/[id]/a b.ts').remedies;
    assert.ok(remedy?.insert);
    const exception: unknown = JSON.parse(remedy.insert);
    const mended = compiled([
      source({ reach: 'cloud', rules: [{ id: 'pay', files: ['/pay/'], reach: 'device' }], exceptions: [exception] }),
    ]);
    assert.equal(decided(mended, 'pay/[id]/a b.ts').reach, 'cloud');
    assert.equal(decided(mended, 'pay/i/a b.ts').reach, 'device');
  });

  test('of a built-in rule is an exception in the user’s own policy, which then works', () => {
    const [remedy] = explained(policy, 'test/key.pem').remedies;
    const exception: unknown = JSON.parse(remedy?.insert ?? '');
    const mended = compiled([source({ reach: 'cloud' }), source({ exceptions: [exception] }, { layer: 'user' })]);
    assert.equal(decided(mended, 'test/key.pem').reach, 'cloud');
  });

  test('of an ignore file is a line in it, which then works', () => {
    const ignoring = (text: string): ImportedSource => ({
      file: `${folder}/.aiignore`,
      folder,
      version: 'working tree',
      imported: readImported({ name: '.aiignore', text }),
    });
    const open = source({ reach: 'cloud' });
    const [remedy] = explained(compiled([open], [ignoring('*.sql')]), 'db/a.sql').remedies;
    assert.deepEqual([remedy?.file, remedy?.line], [`${folder}/.aiignore`, 1]);
    assert.equal(decided(compiled([open], [ignoring(`*.sql\n${remedy?.insert}`)]), 'db/a.sql').reach, 'cloud');
  });

  test('without a policy is to write one; with nothing in the way there is none', () => {
    assert.match(explained(compiled([]), 'a.ts').remedies[0]?.message ?? '', /Create Policy File/);
    assert.deepEqual(explained(policy, 'a.ts').remedies, []);
  });

  test('outside every folder is to open the folder', () => {
    const outside: Resource = { ...fileAt('a.ts'), doubt: 'outside every workspace folder' };
    assert.match(explained(policy, outside).remedies[0]?.message ?? '', /Add the folder/);
  });
});
