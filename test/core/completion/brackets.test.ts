import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { endsString, strayClosers } from '../../../src/core/completion/brackets.ts';

describe('strayClosers', () => {
  const cases: readonly (readonly [text: string, stray: string])[] = [
    ['a, b);', ')'],
    ['g(x)', ''],
    ['x))', '))'],
    ['[1, 2]})', '})'],
    ['")"', ''],
    ["it's )", ')'],
    ['`${a)}`)', ')'],
    ['"\\")" )', ')'],
  ];
  for (const [text, stray] of cases) it(`${text} → ${stray || 'none'}`, () => assert.equal(strayClosers(text), stray));
  it('finds none in what is balanced', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.constantFrom('a', ' ', ';'), tie('node')),
      node: fc
        .tuple(fc.constantFrom('()', '[]', '{}'), fc.array(tie('tree'), { maxLength: 3 }))
        .map(([pair, inner]) => `${pair[0] ?? ''}${inner.join('')}${pair[1] ?? ''}`),
    }));
    fc.assert(fc.property(tree, (text) => assert.equal(strayClosers(String(text)), '')));
  });
});

describe('endsString', () => {
  it('tells an odd number of quotes from an even one', () => {
    assert.equal(endsString('./a.ts";', '"'), true);
    assert.equal(endsString('"a" + "b"', '"'), false);
    assert.equal(endsString('say \\" loudly', '"'), false);
  });
});
