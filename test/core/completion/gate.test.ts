import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eagernessAt } from '../../../src/core/completion/eagerness.ts';
import { gate } from '../../../src/core/completion/gate.ts';
import { at } from '../../support/cursor.ts';

const quiet = { cursors: 1, hasSelection: false, aside: false };

describe('gate', () => {
  it('is open where someone writes', () => assert.equal(gate(at('let x = █'), quiet, { explicit: false }), undefined));
  it('is closed in the middle of a word, unless the user asks', () => {
    assert.equal(gate(at('let na█me'), quiet, { explicit: false }), 'mid-word');
    assert.equal(gate(at('let na█me'), quiet, { explicit: true }), undefined);
  });
  it('is closed in the middle of a word of any script', () =>
    assert.equal(gate(at('let gr█öße'), quiet, { explicit: false }), 'mid-word'));
  it('says why it is closed', () => {
    assert.equal(gate(at('x█'), { ...quiet, cursors: 3 }, { explicit: true }), 'cursors');
    assert.equal(gate(at('x█'), { ...quiet, hasSelection: true }, { explicit: true }), 'selection');
    assert.equal(gate(at('x█'), { ...quiet, aside: true }, { explicit: true }), 'aside');
    assert.equal(gate(at(`${'x;\n'.repeat(400_000)}█`), quiet, { explicit: true }), 'huge');
    assert.equal(gate(at(`${'x'.repeat(3_000)}█`), quiet, { explicit: true }), 'long-line');
    assert.equal(gate(at('x█'), { ...quiet, listAlone: true }, { explicit: true }), 'list');
    assert.equal(gate(at('x█'), { ...quiet, inSnippet: true }, { explicit: false }), 'snippet');
    assert.equal(gate(at('x█'), { ...quiet, inSnippet: true }, { explicit: true }), undefined);
    assert.equal(gate(at(' █'), quiet, { explicit: false }), 'nothing-yet');
  });
  it('is closed among lines that nobody has written, and open beside a single one', () => {
    const long = `${'x'.repeat(9_000)}\n`;
    const written = 'let x = 1;\n'.repeat(500);
    assert.equal(gate(at(`${long}█\n${long}`), quiet, { explicit: true }), 'minified');
    assert.equal(gate(at(`${written}${long}█\n${written}`), quiet, { explicit: false }), undefined);
    assert.equal(gate(at(`${'word '.repeat(350)}█\n`), quiet, { explicit: false }), undefined);
  });
});

describe('eagernessAt', () => {
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ['f();\n  █\n', 'at once'],
    ['let x█\n', 'soon'],
    ['let x = call(█)\n', 'soon'],
    ['f();█\n', 'on rest'],
    ['}█\n', 'on rest'],
    ['call(█, more)\n', 'on rest'],
  ];
  for (const [text, expected] of cases)
    it(`is ${expected} at ${JSON.stringify(text)}`, () => assert.equal(eagernessAt(at(text)), expected));
});
