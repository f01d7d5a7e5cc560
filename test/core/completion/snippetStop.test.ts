import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { afterEdit, afterSelection, type Inserted } from '../../../src/core/completion/snippetStop.ts';

const byKey = { chosen: true, typed: true };
const byEditor = { chosen: false, typed: false };

describe('a snippet that is filled in', () => {
  it('is seen from the stop that the editor selects in what came at once', () => {
    assert.deepEqual(snippet()?.stop, { start: 15, end: 19 });
  });
  it('goes on while the stop is typed over, and typed into', () => {
    const typed = type(type(snippet(), { offset: 15, removed: 4, text: 'b' }), { offset: 16, removed: 0, text: 'o' });
    assert.deepEqual(typed, { text: { start: 10, end: 38 }, stop: { start: 15, end: 17 } });
  });
  it('goes on where a letter of the stop is taken back, or the cursor moves within it', () => {
    const typed = type(snippet(), { offset: 15, removed: 4, text: 'bo' });
    const back = type(typed, { offset: 16, removed: 1, text: '' });
    assert.deepEqual(back?.stop, { start: 15, end: 16 });
    assert.deepEqual(afterSelection(back, { start: 15, end: 15, chosen: true, typed: false }), back);
  });
  it('goes on at the next stop that has a text', () => {
    const next = afterSelection(snippet(), { start: 23, end: 27, ...byEditor });
    assert.deepEqual(next?.stop, { start: 23, end: 27 });
  });
  it('is no more filled in at a stop without text: that may be its end', () => {
    assert.equal(afterSelection(snippet(), { start: 33, end: 33, ...byEditor })?.stop, undefined);
    assert.equal(afterSelection(snippet(), { start: 19, end: 19, ...byEditor })?.stop, undefined);
  });
  it('ends where the cursor leaves the stop, or something else is edited', () => {
    assert.equal(afterSelection(snippet(), { start: 12, end: 12, chosen: true, typed: false })?.stop, undefined);
    assert.equal(afterEdit(snippet(), { offset: 19, removed: 1, text: ')' })?.stop, undefined);
    assert.equal(afterEdit(snippet(), { offset: 2, removed: 0, text: 'x' }), undefined);
  });
  it('is not what the user selects, by key or mouse, nor what is selected elsewhere', () => {
    const inserted: Inserted = { text: { start: 10, end: 40 } };
    assert.equal(afterSelection(inserted, { start: 15, end: 19, chosen: true, typed: false })?.stop, undefined);
    assert.equal(afterSelection(inserted, { start: 2, end: 6, ...byEditor })?.stop, undefined);
    assert.equal(afterSelection(undefined, { start: 15, end: 19, ...byEditor }), undefined);
  });
  it('is not begun by single keys', () => {
    assert.equal(afterEdit(undefined, { offset: 3, removed: 0, text: 'x' }), undefined);
    assert.equal(afterEdit(undefined, { offset: 3, removed: 2, text: '' }), undefined);
  });
});

/** Thirty characters at the tenth, whose stop of four characters is selected. */
function snippet(): Inserted | undefined {
  const inserted = afterEdit(undefined, { offset: 10, removed: 0, text: 'x'.repeat(30) });
  const atEnd = afterSelection(inserted, { start: 40, end: 40, chosen: false, typed: true });
  return afterSelection(atEnd, { start: 15, end: 19, ...byEditor });
}

function type(
  inserted: Inserted | undefined,
  edit: { readonly offset: number; readonly removed: number; readonly text: string },
): Inserted | undefined {
  const end = edit.offset + edit.text.length;
  return afterSelection(afterEdit(inserted, edit), { start: end, end, ...byKey });
}
