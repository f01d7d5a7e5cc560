import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainBorders } from '../../../src/core/context/borders.ts';
import { processorTime } from '../../support/processorTime.ts';

/** Each line is marked: `|` where a piece may begin, a blank where not. */
const cases: readonly (readonly [what: string, marked: string])[] = [
  ['a call of several lines', '|call(\n   one,\n   two,\n );\n|next();'],
  ['a list of several lines', '|x = [\n   1,\n ]\n|y = 2'],
  ['a block within a call', "|describe('x', () => {\n|  one();\n|  two();\n|});"],
  ['a call within a block within a call', '|a(() => {\n|  b(\n     c,\n   );\n|  d();\n|});'],
  ['a comment of several lines', '|/* one\n   two\n   three */\n one();\n|two();'],
  ['a text of several lines', '|def one():\n|    """Says\n     more.\n     """\n|    two()'],
  ['a template of several lines', '|const x = `one\n two\n three`;\n|four();'],
  ['comments above a definition', '|// one\n // two\n function three() {}'],
  ['a comment that stands for itself', '|// one\n|\n|two();'],
  ['an annotation', '|@Override\n public String name() {\n|  return x;\n|}'],
  ['an attribute', '|#[derive(Debug)]\n struct X;'],
  ['an include, which is no comment', '|#include "a.h"\n|#include "b.h"'],
  ['a chain of calls', '|list\n   .map(one)\n   .filter(two);\n|three();'],
  ['a bracket in a text', "|say('(');\n|next();"],
  ['a bracket in a comment', '|say(); // (\n|next();'],
  ['a bracket that is never closed', '|odd(\n|function next() {}\n|last();'],
];

describe('borders by the shape of lines', () => {
  for (const [what, marked] of cases) {
    it(`cuts rightly: ${what}`, () => {
      const lines = marked.split('\n').map((line) => line.slice(1));
      const found = plainBorders(lines).map((border, at) => `${border ? '|' : ' '}${lines[at] ?? ''}`);
      assert.equal(found.join('\n'), marked);
    });
  }

  it('reads lines made to mislead it in no time', () => {
    const { took } = processorTime(() => {
      for (const unit of ['(', '"', "'", '`', '@a(', '"\\', '/*', ') ', "'''", '#[', ' #'])
        plainBorders(Array.from({ length: 200 }, () => unit.repeat(1_000)));
    });
    assert.ok(took < 2_000, `${took} ms`);
  });
});
