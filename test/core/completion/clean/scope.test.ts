import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';

describe('a block asked for at the very start of a line', () => {
  it('ends where the block ends that its first line stands in', () =>
    assert.equal(
      cleaned(
        'class A {\n  one() {\n█\n  }\n}\n',
        '    first();\n    second();\n  }\n\n  two() {\n    third();\n  }\n}',
      ),
      '    first();\n    second();',
    ));
  it('closes that block where nothing below does', () =>
    assert.equal(
      cleaned('function one() {\n█\n\nfunction two() {}\n', '  first();\n}\n\nfunction three() {}'),
      '  first();\n}',
    ));
  it('ends with its body where indentation alone makes blocks', () =>
    assert.equal(
      cleaned(
        'def one():\n█\n\ndef two():\n    pass\n',
        '    first()\n    second()\n\n\ndef three():\n    pass\n',
        'python',
      ),
      '    first()\n    second()',
    ));
  it('goes on to the end of what it opens there itself', () =>
    assert.equal(
      cleaned('const a = 1;\n█\nconst z = 2;\n', 'function one() {\n  first();\n}\n\nfunction two() {}\n'),
      'function one() {\n  first();\n}',
    ));
});

function cleaned(text: string, answer: string, languageId = 'typescript'): string {
  const size = languageId === 'python' ? 4 : 2;
  return clean(answer, placeOf(at(text, { languageId, indent: { tabs: false, size } })), { done: true }).text;
}
