import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labelOf, reveal } from '../../../src/core/label/labelled.ts';
import { ownReach, sameSpot } from '../../../src/core/completion/spot.ts';
import { withSelectedItem } from '../../../src/core/completion/selectedItem.ts';
import { at } from '../../support/cursor.ts';

describe('withSelectedItem', () => {
  const spot = at('x = con█;');
  it('reads as if the item were accepted', () => {
    const { document, offset } = withSelectedItem(spot, { start: 4, end: 7, text: 'console' });
    assert.equal(`${reveal(document.text).slice(0, offset)}█${reveal(document.text).slice(offset)}`, 'x = console█;');
  });
  it('reads as if the rest of the word were replaced, where the item replaces it', () => {
    const item = { start: 4, end: 9, text: 'console' };
    const { document, offset } = withSelectedItem(at('x = con█so;'), item);
    assert.equal(`${reveal(document.text).slice(0, offset)}█${reveal(document.text).slice(offset)}`, 'x = console█;');
  });
  it('keeps the label where the item says no more than the document does', () => {
    const told = at('console.log(1);\nx = con█;');
    const { document } = withSelectedItem(told, { start: 20, end: 23, text: 'console.log' });
    assert.equal(document.text.label, told.document.text.label);
  });
  it('stays on this machine with a word that may come from any other file, as no document of its own does', () => {
    const selected = withSelectedItem(spot, { start: 4, end: 7, text: 'connect' });
    assert.equal(selected.document.text.label.reach, 'device');
    assert.equal(ownReach(selected), 'cloud');
  });
  it('goes nowhere where the document itself goes nowhere', () => {
    const label = labelOf([{ provenance: { kind: 'typed' }, reach: 'none', rules: [] }]);
    const { document } = withSelectedItem(at('x = con█;', { label }), { start: 4, end: 7, text: 'connect' });
    assert.equal(document.text.label.reach, 'none');
  });
  it('is another place for another item of the same length', () => {
    const one = withSelectedItem(spot, { start: 4, end: 7, text: 'console' });
    const other = withSelectedItem(spot, { start: 4, end: 7, text: 'context' });
    assert.equal(sameSpot(one, other), false);
    assert.equal(sameSpot(one, withSelectedItem(spot, { start: 4, end: 7, text: 'console' })), true);
  });
});
