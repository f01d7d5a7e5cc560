import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reveal } from '../../../src/core/label/labelled.ts';
import { sameSpot } from '../../../src/core/completion/spot.ts';
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
  it('keeps the label', () =>
    assert.equal(
      withSelectedItem(spot, { start: 4, end: 7, text: 'console' }).document.text.label,
      spot.document.text.label,
    ));
  it('is another place for another item of the same length', () => {
    const one = withSelectedItem(spot, { start: 4, end: 7, text: 'console' });
    const other = withSelectedItem(spot, { start: 4, end: 7, text: 'context' });
    assert.equal(sameSpot(one, other), false);
    assert.equal(sameSpot(one, withSelectedItem(spot, { start: 4, end: 7, text: 'console' })), true);
  });
});
