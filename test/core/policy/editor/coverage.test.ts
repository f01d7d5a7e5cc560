import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compiled, decided, parsed, source, today } from '../fixture.ts';
import { outlineOf } from '../../../../src/core/policy/editor/outline.ts';
import { lensesFor } from '../../../../src/core/policy/editor/lenses.ts';
import { counted } from './editing.ts';

const files = ['src/pay/a.ts', 'src/pay/b.ts', 'src/pay/faq.md', 'src/cart.ts', 'db/dump.sql', 'README.md'];
const text = `{
  "version": 1,
  "reach": "cloud",
  "rules": [
    { "id": "pay", "files": ["/src/pay/", "*.SQL"], "reach": "device" },
    { "id": "docs", "files": ["*.md"], "reach": "perimeter" }
  ],
  "exceptions": [
    { "id": "faq", "of": "pay", "files": ["/src/pay/faq.md"], "reason": "public", "expires": "never" },
    { "id": "old", "of": "pay", "files": ["/src/pay/a.ts"], "reason": "public", "expires": "2020-01-01" }
  ]
}`;

const outline = outlineOf(text);

describe('the lenses of a policy', () => {
  test('count the files of each entry, exceptions taken out', () => {
    const lenses = lensesFor(outline, counted(outline, files), today);
    assert.deepEqual(
      lenses.map(({ title }) => title),
      ['1 file without a rule', '3 files', '2 files', '1 file let through', 'ended'],
    );
  });

  test('name the files', () => {
    const [, pay] = lensesFor(outline, counted(outline, files), today);
    assert.deepEqual(pay?.files.paths, ['src/pay/a.ts', 'src/pay/b.ts', 'db/dump.sql']);
  });

  test('say that a list cut short may hold more', () => {
    const [, pay] = lensesFor(outline, counted(outline, files, false), today);
    assert.match(pay?.title ?? '', /^at least /);
  });

  test('stay while the text around them is broken', () => {
    const broken = outlineOf(text.replace('"reach": "perimeter" }', '"reach": }'));
    assert.deepEqual(
      broken.rules.map(({ fields }) => fields.get('id')?.value),
      ['pay', 'docs'],
    );
  });
});

test('a rule is counted for exactly the files that it decides on', () => {
  const names = fc.constantFrom('src', 'pay', 'a.ts', 'b.sql', 'Faq.md', 'x');
  const paths = fc.array(names, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const patterns = fc.constantFrom('*.ts', '/src/', 'pay', 'src/**/*.sql', 'FAQ.md', '/x', '{a,b}.*', '?');
  fc.assert(
    fc.property(fc.uniqueArray(paths, { maxLength: 12 }), patterns, patterns, (listed, pattern, excepted) => {
      const fields = {
        reach: 'cloud',
        rules: [{ id: 'r', files: [pattern], reach: 'none' }],
        exceptions: [{ id: 'e', of: 'r', files: [excepted], reason: 'why', expires: 'never' }],
      };
      parsed(fields);
      const policy = compiled([source(fields)]);
      const json = JSON.stringify({ version: 1, ...fields });
      const outline = outlineOf(json);
      const coverage = counted(outline, listed);
      const held = listed.filter((path) => decided(policy, path).reach === 'none');
      const [rule] = outline.rules;
      assert.ok(rule);
      assert.deepEqual(coverage.ofEntry(rule).paths, held);
      assert.equal(coverage.rest.count, listed.length - held.length);
    }),
  );
});
