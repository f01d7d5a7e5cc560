import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addRule } from '../../../src/core/policy/addRule.ts';
import { applyEdits } from '../../../src/core/policy/editor/edit.ts';
import { countUses, lintPolicy } from '../../../src/core/policy/lint.ts';
import { parsePolicy } from '../../../src/core/policy/parse.ts';
import { starterPolicy } from '../../../src/core/policy/starter.ts';
import { compiled, decided, folder, parsed, today } from './fixture.ts';

function lint(fields: object, files?: readonly string[]): readonly string[] {
  const found = lintPolicy({ policy: parsed(fields), today, silentReach: 'device', ...(files ? { files } : {}) });
  return found.map(({ kind, severity }) => `${kind} (${severity})`);
}

const many = Array.from({ length: 40 }, (_, index) => (index < 30 ? `src/a${index}.ts` : `docs/b${index}.md`));
const rule = (files: readonly string[], reach = 'device', id = 'a') => ({ id, files, reach });

describe('a valid policy that is unlikely to be meant so', () => {
  test('a pattern that matches nothing', () => {
    assert.deepEqual(lint({ reach: 'cloud', rules: [rule(['/scr/'])] }, many), ['matches nothing (warning)']);
    assert.deepEqual(lint({ reach: 'cloud', rules: [rule(['/scr/'])] }), []);
  });

  test('a pattern that matches most files, unless it says so', () => {
    assert.deepEqual(lint({ reach: 'cloud', rules: [rule(['*.ts'])] }, many), ['matches most (information)']);
    assert.deepEqual(lint({ reach: 'cloud', rules: [rule(['*'])] }, many), []);
    assert.deepEqual(lint({ reach: 'cloud', rules: [rule(['*.ts'])] }, ['a.ts']), []);
  });

  test('a rule that would reach farther than the whole policy', () => {
    assert.deepEqual(lint({ rules: [rule(['/src/'], 'cloud')] }, many), [
      'matches most (information)',
      'cannot widen (warning)',
    ]);
  });

  test('a pattern that stands twice', () => {
    assert.deepEqual(lint({ reach: 'cloud', rules: [rule(['/docs/']), rule(['docs/**', '/DOCS/'], 'device', 'b')] }), [
      'written twice (information)',
      'written twice (information)',
    ]);
  });

  test('an exception that has ended or soon will', () => {
    const exception = (expires: string) => ({
      reach: 'cloud',
      rules: [rule(['/src/'])],
      exceptions: [{ id: 'e', of: 'a', files: ['/src/x'], reason: 'r', expires }],
    });
    assert.deepEqual(lint(exception('2026-11-19')), ['expired (warning)']);
    assert.deepEqual(lint(exception('2026-11-30')), ['expires soon (information)']);
    assert.deepEqual(lint(exception('2027-11-30')), []);
  });

  test('each finding stands at its pattern', () => {
    const text =
      '{ "version": 1, "reach": "cloud",\n "rules": [{ "id": "a", "files": ["x", "y"], "reach": "device" }] }';
    const result = parsePolicy(text);
    if (result.kind === 'invalid') assert.fail('invalid');
    const [finding] = lintPolicy({ policy: result.policy, files: ['x'], today, silentReach: 'device' });
    assert.equal(text.slice(finding?.offset, (finding?.offset ?? 0) + (finding?.length ?? 0)), '"y"');
    assert.equal(finding?.line, 2);
  });
});

test('how many files a pattern matches, with examples', () => {
  const [use] = countUses(parsed({ rules: [rule(['/docs/'])] }), many);
  assert.deepEqual([use?.rule, use?.count, use?.samples.length, use?.samples[0]], ['a', 10, 5, 'docs/b30.md']);
});

describe('keeping a file by an edit of the policy', () => {
  function edited(text: string, path: string, asFolder = false): string {
    const result = addRule(text, { path, reach: 'device', folder: asFolder });
    if (result.kind === 'impossible') assert.fail(result.message);
    return applyEdits(text, result.edits);
  }

  function reachUnder(text: string, file: string): string {
    const result = parsePolicy(text);
    if (result.kind === 'invalid') assert.fail(JSON.stringify(result.problems));
    return decided(
      compiled([{ layer: 'workspace', file: 'f', folder, version: 'working tree', policy: result.policy }]),
      file,
    ).reach;
  }

  test('keeps it, and nothing else, and every comment', () => {
    for (const path of ['src/a.ts', 'app/[id]/(x)/{y}.ts', 'a*b?.md']) {
      const text = edited(starterPolicy, path);
      assert.equal(reachUnder(text, path), 'device');
      assert.equal(reachUnder(text, 'src/b.ts'), 'cloud');
      assert.equal(reachUnder(text, 'app/i/(x)/{y}.ts'), 'cloud');
      for (const comment of starterPolicy.match(/\/\/.*/g) ?? []) assert.ok(text.includes(comment), comment);
    }
  });

  test('leaves every line of the author as it stands', () => {
    const lines = [
      '{',
      '  "version": 1,',
      '  "rules": [',
      '    { "id": "a", "files": ["/a/", "*.csv"],   "reach": "none" } // as it was',
      '  ]',
      '}',
    ];
    const text = edited(lines.join('\n'), 'src/a.ts');
    assert.deepEqual(text.split('\n'), [
      ...lines.slice(0, 3),
      '    { "id": "a", "files": ["/a/", "*.csv"],   "reach": "none" }, // as it was',
      '    {',
      '      "id": "kept-device",',
      '      "files": [',
      '        "/src/a.ts"',
      '      ],',
      '      "reach": "device"',
      '    }',
      ...lines.slice(4),
    ]);
    assert.deepEqual(edited(text, 'b').split('\n').slice(7, 9), ['        "/src/a.ts",', '        "/b"']);
  });

  test('finds a place however the author sets his lines', () => {
    for (const text of [
      '{"version":1}',
      '{"version":1,"rules":[]}',
      '{"version":1,"rules":[{"id":"a","files":["/a"],"reach":"none"}]}',
      '{\r\n\t"version": 1,\r\n\t"rules": [ // none yet\r\n\t]\r\n}',
    ]) {
      const once = edited(text, 'src/a.ts');
      assert.equal(reachUnder(once, 'src/a.ts'), 'device', once);
      assert.equal(reachUnder(edited(once, 'src/b.ts'), 'src/b.ts'), 'device', once);
    }
  });

  test('puts the second file beside the first, and the same file once', () => {
    const once = edited(starterPolicy, 'a.ts');
    const twice = edited(once, 'b', true);
    assert.equal(edited(twice, 'a.ts'), twice);
    const result = parsePolicy(twice);
    assert.deepEqual(
      result.kind === 'policy' && result.policy.rules.map(({ id, files }) => [id, files.map(({ source }) => source)]),
      [
        ['internal-documents', ['/internal/', '*.confidential.*']],
        ['kept-device', ['/a.ts', '/b/']],
      ],
    );
  });

  test('works in the smallest policy and beside a rule that has taken the name', () => {
    for (const text of [
      '{ "version": 1, "reach": "cloud" }',
      '{"version":1,"reach":"cloud","rules":[]}',
      JSON.stringify({ version: 1, reach: 'cloud', rules: [rule(['x'], 'none', 'Kept-Device')] }),
    ]) {
      assert.equal(reachUnder(edited(text, 'a.ts'), 'a.ts'), 'device');
    }
  });

  test('says why it cannot', () => {
    assert.deepEqual(addRule('{', { path: 'a', reach: 'device', folder: false }), {
      kind: 'impossible',
      message: 'The policy file has an error. Mend it first.',
    });
    assert.equal(addRule(starterPolicy, { path: 'a\\b', reach: 'device', folder: false }).kind, 'impossible');
  });
});
