import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addReason } from '../../../../src/core/policy/editor/addReason.ts';
import { outlineOf } from '../../../../src/core/policy/editor/outline.ts';
import { parsePolicy } from '../../../../src/core/policy/parse.ts';
import { fixesOf, mended } from './editing.ts';

const rules = (inside: string): string => `{\n  "version": 1,\n  "rules": [\n    ${inside}\n  ]\n}`;

describe('a typing error is mended by the preferred fix', () => {
  for (const [what, wrong, right] of [
    ['a key of the file', '{ "version": 1, "ruels": [] }', '{ "version": 1, "rules": [] }'],
    [
      'a key of a rule',
      '{ "id": "a", "file": ["a"], "reach": "none" }',
      '{ "id": "a", "files": ["a"], "reach": "none" }',
    ],
    [
      'a key of a section',
      '{ "version": 1, "scan": { "secret": "block" } }',
      '{ "version": 1, "scan": { "secrets": "block" } }',
    ],
    ['a reach', '{ "version": 1, "reach": "divice" }', '{ "version": 1, "reach": "device" }'],
    ['a reach in capitals', '{ "version": 1, "reach": "Cloud" }', '{ "version": 1, "reach": "cloud" }'],
    [
      'a word of a section',
      '{ "version": 1, "cloud": { "onOutage": "nver" } }',
      '{ "version": 1, "cloud": { "onOutage": "never" } }',
    ],
    ['a version', '{ "version": "1" }', '{ "version": 1 }'],
    [
      'a pattern with backslashes',
      '{ "id": "a", "files": ["src\\\\a"], "reach": "none" }',
      '{ "id": "a", "files": ["src/a"], "reach": "none" }',
    ],
    [
      'a pattern from here',
      '{ "id": "a", "files": ["./a"], "reach": "none" }',
      '{ "id": "a", "files": ["/a"], "reach": "none" }',
    ],
    [
      'a pattern with a space',
      '{ "id": "a", "files": ["a "], "reach": "none" }',
      '{ "id": "a", "files": ["a"], "reach": "none" }',
    ],
    ['a comma too many', '{ "version": 1, }', '{ "version": 1 }'],
    ['a comma too many before a comment', '{ "version": 1, // one\n }', '{ "version": 1 // one\n }'],
    [
      'an id with a space',
      '{ "id": "a b", "files": ["a"], "reach": "none" }',
      '{ "id": "a-b", "files": ["a"], "reach": "none" }',
    ],
  ] as const) {
    test(what, () => {
      const [before, after] = wrong.includes('"version"') ? [wrong, right] : [rules(wrong), rules(right)];
      const result = mended(before, fixesOf(before));
      assert.equal(result, after);
      assert.equal(parsePolicy(result).kind, 'policy', result);
    });
  }

  test('an exception of a rule that is not there', () => {
    const text = (of: string): string =>
      `{ "version": 1, "rules": [{ "id": "pay", "files": ["a"], "reach": "none" }], "exceptions": [{ "id": "e", "of": "${of}", "files": ["a"], "reason": "x", "expires": "never" }] }`;
    assert.equal(mended(text('pya'), fixesOf(text('pya'))), text('pay'));
  });

  test('an id that stands twice', () => {
    const text = (id: string): string =>
      rules(`{ "id": "a", "files": ["a"], "reach": "none" },\n    { "id": "${id}", "files": ["b"], "reach": "none" }`);
    assert.equal(mended(text('A'), fixesOf(text('A'))), text('A-2'));
  });

  test('a key that stands twice', () => {
    const text = '{\n  "version": 1,\n  "reach": "none",\n  "reach": "cloud"\n}';
    assert.equal(mended(text, fixesOf(text)), '{\n  "version": 1,\n  "reach": "none"\n}');
  });
});

describe('what cannot be guessed', () => {
  test('is offered as a choice, nothing preferred', () => {
    const fixes = fixesOf('{ "version": 1, "reach": "somewhere" }');
    assert.deepEqual(
      fixes.map(({ title }) => title),
      ['Change to "none"', 'Change to "device"', 'Change to "perimeter"', 'Change to "cloud"'],
    );
    assert.ok(fixes.every(({ preferred }) => !preferred));
  });

  test('of a nested policy can only go', () => {
    const text = '{ "version": 1, "cloud": { "retention": "deny" } }';
    assert.equal(mended(text, fixesOf(text, undefined, 'nested'), 'Remove "cloud"'), '{ "version": 1 }');
  });

  test('is left alone', () => assert.deepEqual(fixesOf('{ "version": 1, "rules": {} }'), []));
});

describe('what is missing is added', () => {
  test('to the file', () => {
    const text = '{\n  // nothing yet\n}';
    assert.equal(mended(text, fixesOf(text), 'Add "version"'), '{\n  // nothing yet\n  "version": 1\n}');
  });

  test('to a rule on one line', () => {
    const text = rules('{ "id": "a", "files": ["a"] }');
    assert.equal(mended(text, fixesOf(text), 'Add "reach"'), rules('{ "id": "a", "files": ["a"], "reach": "device" }'));
  });

  test('to a rule on several lines, before its comments', () => {
    const text = rules('{\n      "files": ["a"],\n      "reach": "none" // nobody\n    }');
    assert.equal(
      mended(text, fixesOf(text), 'Add "id"'),
      rules('{\n      "files": ["a"],\n      "reach": "none", // nobody\n      "id": "new"\n    }'),
    );
  });
});

describe('what is idle goes', () => {
  const pay = '{ "id": "pay", "files": ["/pay/"], "reach": "none" }';

  test('a rule that matches nothing, with the comment behind it', () => {
    const text = rules(`${pay}, // gone\n    // the others\n    { "id": "b", "files": [".ssh/"], "reach": "none" }`);
    assert.equal(
      mended(text, fixesOf(text, 'matches nothing'), 'Remove the rule "pay"'),
      rules('// the others\n    { "id": "b", "files": [".ssh/"], "reach": "none" }'),
    );
  });

  test('the last rule, with the comma before it', () => {
    const first = '{ "id": "b", "files": ["x"], "reach": "none" }';
    const text = rules(`${first}, // b\n    { "id": "c", "files": ["x"], "reach": "none" } // c`);
    assert.equal(mended(text, fixesOf(text, 'written twice'), 'Remove the rule "c"'), rules(`${first} // b`));
  });

  test('the last pattern, with the comma before it', () => {
    const text = (files: string): string => rules(`{ "id": "b", "files": [${files}], "reach": "none" }`);
    assert.equal(mended(text('"x", "x"'), fixesOf(text('"x", "x"'), 'written twice')), text('"x"'));
  });

  test('a pattern, while the rule has others', () => {
    const text = rules('{ "id": "b", "files": ["/a/", "/a/b"], "reach": "none" }');
    assert.equal(mended(text, fixesOf(text, 'shadowed')), rules('{ "id": "b", "files": ["/a/"], "reach": "none" }'));
  });

  test('an exception that has ended', () => {
    const text = `{\n  "version": 1,\n  "rules": [${pay}],\n  "exceptions": [\n    { "id": "e", "of": "pay", "files": ["/pay/a"], "reason": "x", "expires": "2020-01-01" }\n  ]\n}`;
    const result = mended(text, fixesOf(text, 'expired'));
    assert.equal(result, `{\n  "version": 1,\n  "rules": [${pay}],\n  "exceptions": [\n  ]\n}`);
    assert.equal(parsePolicy(result).kind, 'policy');
  });

  test('a rule that narrows nothing gets a nearer reach', () => {
    const text = '{ "version": 1, "reach": "cloud", "rules": [{ "id": "a", "files": ["a"], "reach": "cloud" }] }';
    assert.match(mended(text, fixesOf(text, 'without effect')), /"reach": "device" }\]/);
  });
});

describe('a reason', () => {
  test('is added to the rule at hand, once', () => {
    const text = rules('{ "id": "a", "files": ["a"], "reach": "none" }');
    const fix = addReason(text, outlineOf(text), text.indexOf('"a"'));
    assert.ok(fix);
    const result = mended(text, [fix], fix.title);
    assert.equal(result, rules('{ "id": "a", "files": ["a"], "reach": "none", "reason": "why" }'));
    assert.equal(addReason(result, outlineOf(result), result.indexOf('"a"')), undefined);
  });
});
