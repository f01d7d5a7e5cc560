import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { globLimits } from '../../../../src/core/policy/globBudget.ts';
import { starterPolicy } from '../../../../src/core/policy/starter.ts';
import { hinted } from './editing.ts';
import { processorTime } from '../../../support/processorTime.ts';

type Rule = Readonly<Record<string, unknown>>;

/** The findings as `kind: the text they stand at`. */
function hints(fields: object, files?: readonly string[], complete = true): readonly string[] {
  const text = JSON.stringify({ version: 1, ...fields });
  return hinted(text, files, complete).map(
    ({ kind, offset, length }) => `${kind}: ${text.slice(offset, offset + length)}`,
  );
}

function rule(files: readonly string[], more: Rule = {}): Rule {
  return { id: files.join('').replaceAll(/\W/g, '').slice(0, 9) || 'any', files, reach: 'device', ...more };
}

describe('a pattern that matches nothing', () => {
  test('is pointed out once the files are known', () => {
    const fields = { reach: 'cloud', rules: [rule(['/src/pya/', '/src/pay/'])] };
    assert.deepEqual(hints(fields), []);
    assert.deepEqual(hints(fields, ['src/pay/a.ts']), ['matches nothing: "/src/pya/"']);
  });

  test('is not called so where the list of files was cut short or leaves its folder out', () => {
    assert.deepEqual(hints({ reach: 'cloud', rules: [rule(['/src/pya/'])] }, ['a'], false), []);
    assert.deepEqual(hints({ reach: 'cloud', rules: [rule(['node_modules/x/'])] }, ['a']), []);
  });

  test('is pointed out of exceptions, which match no folder without a slash', () => {
    const fields = {
      reach: 'cloud',
      rules: [rule(['/a/'], { id: 'a' })],
      exceptions: [{ id: 'e', of: 'a', files: ['/a/b'], reason: 'x', expires: 'never' }],
    };
    assert.deepEqual(hints(fields, ['a/b/c.ts']), ['matches nothing: "/a/b"']);
  });
});

describe('a pattern that matches most files', () => {
  test('is pointed out from twenty files on', () => {
    const files = Array.from({ length: 20 }, (_, index) => (index < 11 ? `src/${index}.ts` : `docs/${index}.md`));
    const fields = { reach: 'cloud', rules: [rule(['/src/'])] };
    assert.deepEqual(hints(fields, files), ['matches most: "/src/"']);
    assert.deepEqual(hints(fields, files.slice(1)), []);
  });
});

describe('a costly pattern', () => {
  for (const pattern of ['**/*a*b*c*', '*a*/**/*b*/**/*c*'])
    test(`is ${pattern}`, () =>
      assert.deepEqual(hints({ reach: 'cloud', rules: [rule([pattern])] }), [`costly: "${pattern}"`]));
  for (const pattern of ['*.pem', 'src/**/*a*b*c*.ts', '*secret*', '**/a/**/b/**'])
    test(`is not ${pattern}`, () => assert.deepEqual(hints({ reach: 'cloud', rules: [rule([pattern])] }), []));
});

test('a path deeper than any that is matched can never match', () => {
  const deep = `/${'a/'.repeat(70)}`;
  assert.deepEqual(hints({ reach: 'cloud', rules: [rule([deep])] }), [`can never match: "${deep}"`]);
});

describe('an exception', () => {
  const excepting = (files: readonly string[], expires = 'never'): object => ({
    reach: 'cloud',
    rules: [rule(['/pay/', '*.key.ts'], { id: 'pay' })],
    exceptions: [{ id: 'e', of: 'pay', files, reason: 'x', expires }],
  });

  test('of a plain path that its rule does not hold can never match', () => {
    assert.deepEqual(hints(excepting(['/src/a.ts'])), ['can never match: "/src/a.ts"']);
    assert.deepEqual(hints(excepting(['/pay/a.ts', 'src/x.key.ts', '/*.md', '/src/'])), []);
  });

  test('that has ended, or soon will, is pointed out', () => {
    assert.deepEqual(
      hints(excepting(['/pay/a.ts'], '2026-11-19')).map((hint) => hint.split(':')[0]),
      ['expired'],
    );
    assert.deepEqual(
      hints(excepting(['/pay/a.ts'], '2026-11-30')).map((hint) => hint.split(':')[0]),
      ['expires soon'],
    );
    assert.deepEqual(hints(excepting(['/pay/a.ts'], '2027-11-30')), []);
  });
});

describe('a rule adds nothing', () => {
  const under = (rules: readonly Rule[], reach = 'cloud', exceptions: readonly object[] = []): readonly string[] =>
    hints({ reach, rules, exceptions });

  test('when another holds the folder above as near', () => {
    assert.deepEqual(under([rule(['/a/'], { id: 'a' }), rule(['/a/b/*.ts'], { id: 'b' })]), ['shadowed: "b"']);
    assert.deepEqual(under([rule(['/a/b/*.ts'], { id: 'b' }), rule(['/a/'], { id: 'a' })]), ['shadowed: "b"']);
    assert.deepEqual(under([rule(['a'], { id: 'a' }), rule(['/x/a/b'], { id: 'b' })]), ['shadowed: "b"']);
  });

  test('but not when it is nearer, stricter, or the other has exceptions', () => {
    const above = rule(['/a/'], { id: 'a' });
    assert.deepEqual(under([above, rule(['/a/b'], { id: 'b', reach: 'none' })]), []);
    assert.deepEqual(under([above, rule(['/a/b'], { id: 'b', declassify: 'never' })]), []);
    const exception = { id: 'e', of: 'a', files: ['/a/c'], reason: 'x', expires: 'never' };
    assert.deepEqual(under([above, rule(['/a/b'], { id: 'b' })], 'cloud', [exception]), []);
  });

  test('but not when only some of its files are held', () => {
    assert.deepEqual(under([rule(['/a/'], { id: 'a' }), rule(['/a/b', '/c'], { id: 'b' })]), ['shadowed: "/a/b"']);
    assert.deepEqual(under([rule(['/a/'], { id: 'a' }), rule(['/{a,c}/b'], { id: 'b' })]), []);
  });

  test('when a built-in rule already says it', () => {
    assert.deepEqual(under([rule(['.ssh/'], { id: 'ssh' })]), ['shadowed: "ssh"']);
    assert.deepEqual(under([rule(['.env*'], { id: 'env' })]), []);
  });

  test('when the whole file is as near', () => {
    assert.deepEqual(under([rule(['/a/'])], 'device'), ['without effect: "device"']);
    assert.deepEqual(under([rule(['/a/'], { reach: 'cloud' })]), ['without effect: "cloud"']);
  });

  test('when it says twice the same, once', () => {
    assert.deepEqual(under([rule(['/a/'], { id: 'a' }), rule(['/a/'], { id: 'b' })]), ['written twice: "/a/"']);
  });
});

test('the starter policy is without remark but for the files it names as examples', () => {
  assert.deepEqual(
    hinted(starterPolicy, ['src/a.ts']).map(({ kind }) => kind),
    ['matches nothing', 'matches nothing'],
  );
});

test('the longest policy that is read is looked through in time', () => {
  const patterns = (from: number): readonly string[] =>
    Array.from({ length: 200 }, (_, index) => `/folder-${from + index}/**/name-${index}.{a,b}`);
  const rules = Array.from({ length: 10 }, (_, index) => rule(patterns(index * 200), { id: `r${index}` }));
  assert.ok(rules.length * 200 < globLimits.globs);
  const { took } = processorTime(() => assert.deepEqual(hints({ reach: 'cloud', rules }), []));
  assert.ok(took < 1000, `${took} ms`);
});
