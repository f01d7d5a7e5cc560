import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describePattern } from '../../../../src/core/policy/editor/describePattern.ts';
import { hoverAt } from '../../../../src/core/policy/editor/hover.ts';
import { outlineOf } from '../../../../src/core/policy/editor/outline.ts';
import { today } from '../fixture.ts';
import { counted } from './editing.ts';

describe('a pattern means', () => {
  for (const [pattern, meaning] of [
    ['*.pem', 'Every file or folder whose name ends in .pem, at any depth, with all that is in it.'],
    ['kubeconfig*', 'Every file or folder whose name begins with kubeconfig, at any depth, with all that is in it.'],
    ['secrets/', 'Every folder named secrets, at any depth, with all that is in it.'],
    ['/src/pay/', 'The folder src/pay, with all that is in it.'],
    ['/README', 'The file README, or the folder of that name with all that is in it.'],
    [
      'docs/**/*.sql',
      'Every path like docs/**/*.sql, with all that is in it; ** stands for any folders, * for any part of a name.',
    ],
    ['src/**', 'The folder src, with all that is in it.'],
    ['*', 'Every file or folder of any name, at any depth, with all that is in it.'],
    ['a\\b', 'Write / between folders on every system; \\ has no meaning here.'],
  ] as const)
    test(pattern, () => assert.deepEqual(describePattern(pattern, 'rule'), [meaning]));

  test('of an exception the file alone, unless it ends with a slash', () => {
    assert.deepEqual(describePattern('/a/b', 'exception'), ['The file a/b.']);
    assert.deepEqual(describePattern('b', 'exception'), ['Every file named b, at any depth.']);
    assert.deepEqual(describePattern('/a/b/', 'exception'), ['The folder a/b, with all that is in it.']);
  });

  test('one thing for each of its alternatives', () => {
    assert.equal(describePattern('{a,b}.{c,d,e}', 'rule').at(-1), 'And 2 more that the braces stand for.');
  });
});

describe('a hover', () => {
  const text = `{ "version": 1, "reach": "cloud", "rules": [
    { "id": "pay", "files": ["/pay/"], "reach": "device", "reason": "money" } ],
    "exceptions": [ { "id": "e", "of": "pay", "files": ["/pay/faq"], "reason": "x", "expires": "2026-01-01" } ] }`;
  const outline = outlineOf(text);
  const coverage = counted(outline, ['pay/a', 'pay/faq', 'b']);
  const at = (piece: string, from = 0): string | undefined =>
    hoverAt({ outline, coverage, today }, text.indexOf(piece, from) + 1)?.sentences.join(' ');

  for (const [place, told] of [
    ['"/pay/"', 'The folder pay, with all that is in it. It matches 2 files.'],
    ['"pay"', 'The rule "pay" holds 2 files to "device".'],
    ['"cloud"', 'No rule of this policy matches 1 file; this reach is theirs.'],
    ['"2026-01-01"', 'It ended on 2026-01-01; its files are held again.'],
    ['"money"', undefined],
  ] as const)
    test(`over ${place}`, () => assert.equal(at(place), told));

  test('over the rule that an exception names', () => {
    assert.equal(at('"pay"', text.indexOf('"of"')), 'The rule "pay": /pay/ to "device".');
  });

  test('says what a pattern means while the files are still being listed', () => {
    const told = hoverAt({ outline, today }, text.indexOf('"/pay/"'))?.sentences;
    assert.deepEqual(told, ['The folder pay, with all that is in it.']);
  });
});
