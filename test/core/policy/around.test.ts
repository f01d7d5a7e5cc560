import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PolicyDocument } from '../../../src/core/policy/document.ts';
import { holdPolicy } from '../../../src/core/policy/hold.ts';
import { readImported } from '../../../src/core/policy/imported.ts';
import type { PolicySource } from '../../../src/core/policy/source.ts';
import { compiled, decided, fileAt, folder, source, today } from './fixture.ts';

/** A policy at the root of a repository of which the workspace folder is the part `pkgs/a`. */
function around(fields: object): PolicySource {
  return source(fields, { above: 'pkgs/a', file: 'file:///repo/.ringfence.jsonc' });
}

const open = source({ reach: 'cloud' });

describe('a policy around a workspace folder', () => {
  const rows: readonly (readonly [pattern: string, held: readonly string[], free: readonly string[]])[] = [
    ['/pkgs/a/core/', ['core/x.ts', 'core'], ['x.ts', 'lib/core/x.ts', 'pkgs/a/core/x.ts']],
    ['/pkgs/', ['x.ts', 'core/x.ts'], []],
    ['/pkgs/*/core/', ['core/x.ts'], ['x.ts']],
    ['core/', ['core/x.ts', 'lib/core/x.ts'], ['x.ts']],
    ['/core/', [], ['core/x.ts', 'x.ts']],
    ['pkgs/**/*.held.ts', ['x.held.ts', 'lib/x.held.ts'], ['x.ts']],
  ];
  for (const [pattern, held, free] of rows) {
    test(`holds by its own paths: ${pattern}`, () => {
      const rules = [{ id: 'r', files: [pattern], reach: 'device' }];
      const policy = compiled([open, around({ reach: 'cloud', rules })]);
      for (const file of held) assert.equal(decided(policy, file).reach, 'device', file);
      for (const file of free) assert.equal(decided(policy, file).reach, 'cloud', file);
    });
  }

  test('lets its exceptions speak of its own rules by its own paths', () => {
    const fields = {
      reach: 'cloud',
      rules: [{ id: 'r', files: ['/pkgs/'], reach: 'device' }],
      exceptions: [{ id: 'e', of: 'r', files: ['/pkgs/a/open.ts'], reason: 'public', expires: 'never' }],
    };
    const policy = compiled([open, around(fields)]);
    assert.deepEqual(
      ['open.ts', 'x.ts', 'pkgs/a/open.ts'].map((file) => decided(policy, file).reach),
      ['cloud', 'device', 'device'],
    );
  });

  test('opens nothing by itself, and keeps everything here where it says nothing of reach', () => {
    assert.equal(decided(compiled([around({ reach: 'cloud' })]), 'x.ts').reach, 'perimeter');
    assert.equal(decided(compiled([open, around({})]), 'x.ts').reach, 'device');
    assert.equal(compiled([around({ reach: 'cloud' })]).opened, false);
  });

  test('is not missed once the folder it lies in is opened, too', () => {
    const content = { kind: 'text', text: '{"version":1,"reach":"cloud","rules":[]}' } as const;
    const root = { layer: 'workspace', file: 'file:///repo/.ringfence.jsonc', content } as const;
    const part = 'file:///repo/pkgs/a';
    const seen: PolicyDocument = { ...root, folder: part, above: 'pkgs/a', version: 'acknowledged' };
    const hold = (folders: readonly string[], documents: readonly PolicyDocument[]) =>
      holdPolicy({ folders, documents, acknowledged: [seen], today, productVersion: '0.1.0', digest: (text) => text });
    assert.equal(hold([part], []).state.pending.length, 1);
    const whole: PolicyDocument = { ...root, folder: 'file:///repo', version: 'working tree' };
    assert.deepEqual(hold(['file:///repo', part], [whole]).state.pending, []);
  });

  test('has its settings join in', () => {
    const policy = compiled([source({ reach: 'cloud' }), around({ reach: 'cloud', cloud: { onOutage: 'never' } })]);
    assert.equal(policy.settings.cloud.onOutage, 'never');
  });

  test('says the same of the part as of the whole', () => {
    const name = fc.constantFrom('core', 'a', 'pkgs', 'x.ts', '.env', 'k.pem');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const pattern = fc.oneof(
      path,
      path.map((one) => `/pkgs/a/${one}`),
      path.map((one) => `/${one}/`),
      fc.constantFrom('*', '**', '*.ts', '/pkgs/*', '/*/a/core', 'pkgs/**/x.ts', '/{pkgs,core}/a/'),
    );
    const rule = fc.record({
      files: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      reach: fc.constantFrom('none', 'device', 'perimeter'),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), path, (rules, file) => {
        const fields = { reach: 'cloud', rules: rules.map((one, index) => ({ id: `r${index}`, ...one })) };
        const part = decided(compiled([open, around(fields)]), file).reach;
        const whole = decided(compiled([source(fields)]), fileAt(`pkgs/a/${file}`)).reach;
        assert.equal(part, whole);
      }),
    );
  });

  test('has ignore files beside it that hold by their own paths', () => {
    const imported = readImported({ name: '.aiignore', text: '/a/core\n*.csv\n' });
    const policy = compiled(
      [open],
      [{ file: 'file:///repo/pkgs/.aiignore', folder, above: 'a', version: 'HEAD', imported }],
    );
    assert.deepEqual(
      ['core/x.ts', 'lib/t.csv', 'a/core', 'x.ts'].map((file) => decided(policy, file).reach),
      ['device', 'device', 'cloud', 'cloud'],
    );
  });
});
