import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineMode } from '../../../src/core/completion/lineMode.ts';
import { at } from '../../support/cursor.ts';

const cases: readonly (readonly [name: string, text: string, languageId: string, expected: string])[] = [
  ['a block on an empty line', 'function f() {\n  █\n}', 'typescript', 'multiple'],
  ['a block after an opener', 'if (x) {█', 'typescript', 'multiple'],
  ['a block after a colon in Python', 'def f():█', 'python', 'multiple'],
  ['a block after do in Ruby', 'list.each do |x|█', 'ruby', 'multiple'],
  ['a block after then in shell', 'if [ -f x ]; then█', 'shellscript', 'multiple'],
  ['a block in a body that is still empty', 'function f() {\n  let█\n}', 'typescript', 'multiple'],
  ['a block under a comment', 'class A {\n  x = 1;\n  // adds two numbers\n  █\n}', 'typescript', 'multiple'],
  ['the line in the middle of a body', 'function f() {\n  a();\n  let x = █\n}', 'typescript', 'single'],
  ['the line in a comment', 'function f() {\n  // a note on█\n}', 'typescript', 'single'],
  ['the line in a doc comment', '/**\n * Adds█\n */', 'typescript', 'single'],
  ['the line in a Python comment', 'def f():\n    # a note█', 'python', 'single'],
  ['the line where code follows', 'function f() {\n  call(█, b)\n}', 'typescript', 'single'],
  ['a block where only closers follow', 'call(() => {█})', 'typescript', 'multiple'],
];

describe('lineMode', () => {
  for (const [name, text, languageId, expected] of cases)
    it(`wants ${name}`, () => assert.equal(lineMode(at(text, { languageId }), 'auto'), expected));
  it('obeys the setting', () => {
    assert.equal(lineMode(at('if (x) {█'), 'single'), 'single');
    assert.equal(lineMode(at('a();\nlet x = █'), 'multiple'), 'multiple');
  });
  it('wants one line in the middle of a line whatever the setting', () =>
    assert.equal(lineMode(at('f(█ + 1)'), 'multiple'), 'single'));
});
