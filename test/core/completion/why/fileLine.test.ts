import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileLineOf } from '../../../../src/core/completion/why/fileLine.ts';
import { at } from '../../../support/cursor.ts';

describe('the place of a question', () => {
  for (const [text, line] of [
    ['█', 1],
    ['a\n█b', 2],
    ['a█\nb', 1],
    ['a\r\nb\r\n█', 3],
  ] as const)
    it(`is line ${line} in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(fileLineOf(at(text)), { file: 'src/sample.ts', line }));
  it('is counted within the cell of a notebook', () => {
    const { document, offset } = at('import a\n\nx = 1\n█');
    assert.equal(fileLineOf({ document: { ...document, lead: 'import a\n\n'.length }, offset }).line, 2);
  });
});
