import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';

type Case = readonly [name: string, marked: string, raw: string, expected: string, languageId?: string];

const cases: readonly Case[] = [
  ['keeps the closer of the block that the cursor’s line opens', 'if (x) {█', '\n  a();\n}\nb();', '\n  a();\n}'],
  ['leaves out that closer where it stands below', 'if (x) {█\n}', '\n  a();\n}\nb();', '\n  a();'],
  ['keeps the closer of the block around, where nothing closes it', 'f {\n  █', 'a();\n}\n\ng {', 'a();\n}'],
  ['leaves that out, too, where it stands below', 'f {\n  █\n}', 'a();\n}\n\ng {', 'a();'],
  ['goes no further out than one block', 'f {\n  g {\n    █', 'a();\n  }\n}\nmore();', 'a();\n  }'],
  ['knows a closer that opens again', 'if (a) {\n  █\n} else {\n  c();\n}', 'b();\n} else {\n  d();\n}', 'b();'],
  [
    'keeps “else” that is part of the answer',
    'f {\n  █\n}',
    'if (a) {\n    b();\n  } else {\n    c();\n  }',
    'if (a) {\n    b();\n  } else {\n    c();\n  }',
  ],
  ['ends at the next paragraph', 'f {\n  █\n}', 'a();\n\n  b();', 'a();'],
  [
    'ends where the block of Python ends',
    'def f():█',
    '\n    return 1\n\ndef g():\n    return 2',
    '\n    return 1',
    'python',
  ],
  ['never goes on left of where it began', 'f {\n    █\n}', 'a();\n  b();', 'a();'],
  ['closes a block of Ruby with its word', 'list.each do |x|█', '\n  put x\nend\nmore', '\n  put x\nend', 'ruby'],
];

describe('an answer ends with its block', () => {
  for (const [name, marked, raw, expected, languageId = 'typescript'] of cases)
    it(`${name} — ${languageId}`, () =>
      assert.equal(clean(raw, placeOf(at(marked, { languageId })), { done: true }).text, expected));
});

describe('an answer that runs into what stands below', () => {
  const text = (raw: string, marked: string) => clean(raw, placeOf(at(marked)), { done: true }).text;

  it('ends before it, be it one line', () =>
    assert.equal(text('sum += row;\n  return sum;', 'f {\n  █\n  return sum;\n}'), 'sum += row;'));
  it('goes on over one line that is too short to tell', () =>
    assert.equal(text('a();\n  i++;', 'f {\n  █\n  i++;\n  c();\n}'), 'a();\n  i++;'));
  it('is nothing where it says that alone', () =>
    assert.equal(text('return sum;\n}', 'f {\n  █\n  return sum;\n}'), ''));
  it('ends before three lines that are nearly the same, and not before two', () => {
    const below = '  const first = open("one");\n  const second = open("two");\n  return close(first, second);\n';
    const near = below.replaceAll(';', '');
    assert.equal(text(`prepare();\n${near}`, `f {\n  █\n${below}}`), 'prepare();');
    const two = near.split('\n').slice(0, 2).join('\n');
    assert.equal(text(`prepare();\n${two}`, `f {\n  █\n${below}}`), `prepare();\n${two}`);
  });
});
