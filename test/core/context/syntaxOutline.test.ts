import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Outline } from '../../../src/core/context/outline.ts';
import { createSyntaxTrees } from '../../../src/node/syntaxTrees.ts';

type Case = readonly [what: string, languageId: string, lines: readonly string[], found: readonly string[]];

/** What each definition is called, and its lines: all of it, and where its head ends. */
const cases: readonly Case[] = [
  [
    'function whose head has several lines',
    'typescript',
    ['export async function load(', '  id: string,', '): Promise<Cart> {', '  const own = 1;', '  return own;', '}'],
    ['load 0-6 head 3'],
  ],
  ['type, all of it head', 'typescript', ['export type Cart = {', '  lines: Line[];', '};'], ['Cart 0-3 head 3']],
  [
    'class with what it holds',
    'typescript',
    [
      '@noted',
      'class Cart<T> {',
      '  lines: T[] = [];',
      '  add(line: T): void {',
      '    this.lines.push(line);',
      '  }',
      '}',
    ],
    ['Cart 1-7 head 2', 'lines 2-3 head 3', 'add 3-6 head 4'],
  ],
  [
    'constants',
    'typescript',
    ['export const put = (a: A): B => {', '  const own = a;', '  return own;', '},', '  more = 1;'],
    ['put 0-5 head 1', 'more 0-5 head 1'],
  ],
  ['component', 'typescriptreact', ['const Page = () => <p>{`${1}`}</p>;'], ['Page 0-1 head 1']],
  [
    'generator and private method, and no function within one',
    'javascript',
    ['function* one() {', '  function two() {}', '}', 'class Three { #four() {} }'],
    ['one 0-3 head 1', 'Three 3-4 head 4', 'four 3-4 head 4'],
  ],
  [
    'constant, function and class',
    'python',
    [
      'LIMIT = 2',
      '@noted(',
      '    1,',
      ')',
      'def load(',
      '    key,',
      '):',
      '    own = 1',
      'class Cart(Base):',
      '    def add(self):',
      '        pass',
    ],
    ['LIMIT 0-1 head 1', 'load 4-8 head 7', 'Cart 8-11 head 9', 'add 9-11 head 10'],
  ],
  [
    'type in a group, and method',
    'go',
    [
      'package a',
      'type (',
      '\tCart struct {',
      '\t\tlines int',
      '\t}',
      ')',
      'func (c *Cart) Add(a int) error {',
      '\tvar own int',
      '\treturn nil',
      '}',
    ],
    ['Cart 2-5 head 5', 'Add 6-10 head 7'],
  ],
  [
    'struct and implementation',
    'rust',
    [
      '#[derive(Debug)]',
      'pub struct Ledger {',
      '    rows: u8,',
      '}',
      'impl<T> Show for Ledger<T> {',
      '    pub(crate) fn add(&self) -> u8 {',
      '        1',
      '    }',
      '}',
    ],
    ['Ledger 1-4 head 4', 'Ledger 4-9 head 5', 'add 5-8 head 6'],
  ],
  [
    'class and annotated method',
    'java',
    [
      'public final class Basket implements Cart {',
      '    @Override',
      '    public List<Line> lines() {',
      '        return lines;',
      '    }',
      '}',
    ],
    ['Basket 0-6 head 1', 'lines 2-5 head 3'],
  ],
  [
    'class and method',
    'php',
    ['<?php', 'class Basket {', '    public function add(Line $line): void {', '    }', '}'],
    ['Basket 1-5 head 2', 'add 2-4 head 3'],
  ],
  [
    'module, class and methods',
    'ruby',
    [
      'module Shop',
      '  class Basket < Cart',
      '    def add(line)',
      '      line',
      '    end',
      '    def empty?',
      '      true',
      '    end',
      '  end',
      'end',
    ],
    ['Shop 0-10 head 1', 'Basket 1-9 head 2', 'add 2-5 head 3', 'empty? 5-8 head 6'],
  ],
  ['function', 'shellscript', ['put() {', '  echo', '}'], ['put 0-3 head 1']],
];

/** Each line is marked: `|` where a piece may begin, a blank where not. */
const cuts: readonly (readonly [what: string, languageId: string, marked: string])[] = [
  ['statements, but not within one', 'typescript', '|one(\n   two,\n );\n|three();'],
  ['statements of a callback', 'typescript', '|it(() => {\n|  one();\n|  two(\n     three,\n   );\n|});'],
  ['members of a type', 'typescript', '|type A = {\n|  b: C;\n|  d: E;\n|};'],
  ['comments, with what they are about', 'typescript', '|one();\n|/** Two\n  * three. */\n function four() {}'],
  ['statements, but not within a text', 'python', '|def one():\n     """Two\n     three."""\n|    four()\n|    five()'],
  ['annotations, with what they are about', 'java', '|class A {\n|  @Override\n   public void b() {\n|  }\n|}'],
  ['attributes, with what they are about', 'rust', '|/// One.\n #[derive(Debug)]\n struct Two {\n|  three: u8,\n|}'],
  ['declarations, but not within a text', 'go', '|package a\n|var b = `one\n two\n three`\n|var c = 1'],
];

const trees = createSyntaxTrees({ root: '.', note: () => undefined });
const more = createSyntaxTrees({ root: '.', note: () => undefined });
const most = createSyntaxTrees({ root: '.', note: () => undefined });

describe('outlines by syntax', () => {
  for (const [what, languageId, lines, found] of cases) {
    it(`knows in ${languageId}: ${what}`, async () => {
      const { definitions } = await outlineOf(languageId, lines.join('\n'));
      assert.deepEqual(
        definitions.map(({ name, start, end, head }) => `${name} ${start}-${end} head ${head}`),
        found,
      );
    });
  }

  for (const [what, languageId, marked] of cuts) {
    it(`cuts in ${languageId} between ${what}`, async () => {
      const lines = marked.split('\n').map((line) => line.slice(1));
      const { borders } = await outlineOf(languageId, lines.join('\n'));
      assert.equal(lines.map((line, at) => `${borders[at] === true ? '|' : ' '}${line}`).join('\n'), marked);
    });
  }

  it('reads a text that is not finished', async () => {
    const { definitions } = await outlineOf(
      'typescript',
      'function one() {}\n\nif (two(\n\nexport function three() {}\n',
    );
    assert.ok(definitions.some(({ name }) => name === 'one'));
  });
});

/** By the first that has room for the language. */
async function outlineOf(languageId: string, text: string): Promise<Outline> {
  for (const { load, outliner } of [trees, more, most, createSyntaxTrees({ root: '.', note: () => undefined })]) {
    await load(languageId);
    const outline = outliner(text, languageId);
    if (outline) return outline;
  }
  return assert.fail(`no outline of ${languageId}`);
}
