import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reveal } from '../../../src/core/label/labelled.ts';
import { sameSpot } from '../../../src/core/completion/spot.ts';
import { withSelectedItem } from '../../../src/core/completion/selectedItem.ts';
import { at } from '../../support/cursor.ts';

describe('withSelectedItem', () => {
  const spot = at('x = con█;');
  it('reads as if the item were accepted', () => {
    const { document, offset } = withSelectedItem(spot, { start: 4, text: 'console' });
    assert.equal(`${reveal(document.text).slice(0, offset)}█${reveal(document.text).slice(offset)}`, 'x = console█;');
  });
  it('keeps the label', () =>
    assert.equal(withSelectedItem(spot, { start: 4, text: 'console' }).document.text.label, spot.document.text.label));
  it('is another place for another item of the same length', () => {
    const one = withSelectedItem(spot, { start: 4, text: 'console' });
    const other = withSelectedItem(spot, { start: 4, text: 'context' });
    assert.equal(sameSpot(one, other), false);
    assert.equal(sameSpot(one, withSelectedItem(spot, { start: 4, text: 'console' })), true);
  });
});
