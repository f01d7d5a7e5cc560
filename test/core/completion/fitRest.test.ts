import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fitRest } from '../../../src/core/completion/fitRest.ts';

/** A suggestion at █ and what the line reads afterwards. */
const cases: readonly (readonly [name: string, line: string, suggestion: string, expected: string])[] = [
  ['brings its own closer over the one the editor put there', 'call(█)', 'a, b);', 'call(a, b);'],
  ['keeps the closing bracket the user already typed', 'call(█)', 'a, b', 'call(a, b)'],
  ['keeps the closer that belongs to the outer call', 'f(█)', 'g(x)', 'f(g(x))'],
  ['covers both closers', 'f(g(█))', 'x))', 'f(g(x))'],
  ['covers closers and what follows them', 'f(█);', 'x);', 'f(x);'],
  ['covers an auto-closed quote', 'import a from "█"', './a.ts";', 'import a from "./a.ts";'],
  [
    'keeps an auto-closed quote that the suggestion leaves open',
    'import a from "█"',
    './a.ts',
    'import a from "./a.ts"',
  ],
  ['covers quote and closer', 'f("█")', 'x");', 'f("x");'],
  ['does not say the end of the line twice', 'const a = █;', '1;', 'const a = 1;'],
  ['does not say an argument twice', 'call(█, b)', 'a, b)', 'call(a, b)'],
  ['adds before what follows', 'call(█, b)', 'a', 'call(a, b)'],
  ['covers an object’s closers in several lines', 'call({█})', '\n  a: 1,\n});', 'call({\n  a: 1,\n});'],
  ['takes an opening brace that is there', 'if (x█) {', ' > 0) {', 'if (x > 0) {'],
];

describe('fitRest', () => {
  for (const [name, line, suggestion, expected] of cases)
    it(name, () => {
      const [head = '', rest = ''] = line.split('█');
      const fitted = fitRest(suggestion, rest);
      assert.ok(fitted);
      assert.equal(head + fitted.text + rest.slice(fitted.covers), expected);
    });
  it('has nothing to say where all of it stands there already', () => assert.equal(fitRest(';', ';'), undefined));
  it('covers only what is a subsequence of the suggestion, so that the editor shows it', () =>
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-c()[\]{};,"' ]{1,24}$/),
        fc.stringMatching(/^[)\]}"';, a]{0,6}$/),
        (text, rest) => {
          const fitted = fitRest(text, rest);
          if (fitted && rest.trim() !== '') assert.ok(isSubsequence(rest.slice(0, fitted.covers), fitted.text));
        },
      ),
    ));
});

function isSubsequence(part: string, whole: string): boolean {
  let from = 0;
  for (const char of part) {
    const found = whole.indexOf(char, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}
