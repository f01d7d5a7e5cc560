import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { definitionsIn } from '../../../src/core/context/definitions.ts';
import { processorTime } from '../../support/processorTime.ts';

const cases: readonly (readonly [language: string, line: string, name: string])[] = [
  ['TypeScript function', 'export async function loadCart(id: string): Promise<Cart> {', 'loadCart'],
  ['TypeScript type', 'export type Cart = { readonly lines: Line[] };', 'Cart'],
  ['TypeScript constant', 'export const limits = {', 'limits'],
  ['TypeScript method', '  async addLine(line: Line): Promise<void> {', 'addLine'],
  ['Python function', 'def load_cart(identifier):', 'load_cart'],
  ['Python class', 'class Cart(Base):', 'Cart'],
  ['Python constant', 'DEFAULT_LIMIT = 20', 'DEFAULT_LIMIT'],
  ['Go method', 'func (c *Cart) AddLine(line Line) error {', 'AddLine'],
  ['Go type', 'type Cart struct {', 'Cart'],
  ['Rust function', 'pub(crate) fn add_line(&mut self, line: Line) -> Result<()> {', 'add_line'],
  ['Rust implementation', 'impl<T> Display for Ledger<T> {', 'Ledger'],
  ['Java method', '    public List<Line> getLines() {', 'getLines'],
  ['Java class', 'public final class Basket implements Cart {', 'Basket'],
  ['C function', 'static int ring_push(struct ring *r, int value) {', 'ring_push'],
  ['C prototype', 'int ring_pop(struct ring *r, int *value);', 'ring_pop'],
  ['C macro', '#define RING_SIZE 64', 'RING_SIZE'],
  ['Ruby method', '  def self.from_row(row)', 'from_row'],
  ['PHP method', '    public function addLine(Line $line): void {', 'addLine'],
  ['SQL table', 'CREATE TABLE baskets (', 'baskets'],
];

describe('definitions', () => {
  for (const [what, line, name] of cases) {
    it(`knows the name of a ${what}`, () => {
      assert.deepEqual(
        definitionsIn([line]).map((definition) => definition.name),
        [name],
      );
    });
  }

  for (const line of [
    '  return compute(a, b)',
    'if (ready(x)) {',
    '  total += price(item);',
    '} else {',
    '// a function',
    '',
  ]) {
    it(`takes no name from: ${line || 'an empty line'}`, () => assert.deepEqual(definitionsIn([line]), []));
  }

  it('ends a body at its closing bracket and a head at its opening one', () => {
    const lines = ['function a(', '  x: number,', '): number {', '  return x;', '}', 'a(1);'];
    assert.deepEqual(definitionsIn(lines), [{ name: 'a', start: 0, end: 5, head: 3 }]);
  });

  it('ends a body by indentation where there are no brackets', () => {
    const lines = ['def a(x):', '    if x:', '        return 1', '', '    return 2', '', 'a(1)'];
    assert.deepEqual(definitionsIn(lines), [{ name: 'a', start: 0, end: 5, head: 1 }]);
  });

  it('reads a line made to mislead it in no time', () => {
    const lines = [
      `${'a '.repeat(190)}(`,
      `${'*&'.repeat(190)}x(`,
      `${'x<'.repeat(190)}(a,`,
      `async ${'get '.repeat(95)}(`,
    ];
    const { took } = processorTime(() => definitionsIn(lines));
    assert.ok(took < 200, `${took} ms`);
  });
});
