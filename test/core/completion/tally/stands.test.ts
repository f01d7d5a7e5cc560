import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { afterEdit, stillStands, type Taken } from '../../../../src/core/completion/tally/stands.ts';
import { labelled, productLabel } from '../../../../src/core/label/labelled.ts';

const text = 'total += line.count;';
const taken: Taken = { text, start: 10, end: 10 + text.length };
const stands = (document: string, range: Pick<Taken, 'start' | 'end'> = { start: 0, end: document.length }): boolean =>
  stillStands({ text, ...range }, labelled(document, productLabel));

describe('what was taken', () => {
  it('stands as it was', () => assert.ok(stands(text)));
  it('stands when it was only laid out otherwise', () => assert.ok(stands('total\n    += line . count ;')));
  it('stands with a name changed', () => assert.ok(stands('sum += line.count;')));
  it('does not stand once more than half of it is another', () => assert.ok(!stands('sum = lines.length')));
  it('stands while half of it is as it was, and no longer', () => {
    const taken = { text: 'a b c d e f g h', start: 0, end: 15 };
    const document = (text: string) => labelled(text, productLabel);
    assert.ok(stillStands(taken, document('a b c d E F G H')));
    assert.ok(!stillStands(taken, document('a b c D E F G H')));
  });
  it('does not stand once it is gone', () => assert.ok(!stands('', { start: 0, end: 0 })));
  it('does not stand once it was drowned in other words', () =>
    assert.ok(!stands('if (a) { b(); } else { total += line.count; c(d, e, f); g(); }')));
});

describe('the place of what was taken', () => {
  it('moves with what is put in before it', () => {
    assert.equal(afterEdit(taken, { offset: 2, removed: 0, inserted: 5 }).start, 15);
    assert.equal(afterEdit(taken, { offset: 10, removed: 0, inserted: 5 }).start, 15);
  });
  it('stays where something comes after it', () =>
    assert.deepEqual(afterEdit(taken, { offset: taken.end, removed: 0, inserted: 9 }), taken));
  it('grows and shrinks with what happens inside', () => {
    assert.equal(afterEdit(taken, { offset: 12, removed: 3, inserted: 7 }).end, taken.end + 4);
    assert.equal(afterEdit(taken, { offset: 10, removed: text.length, inserted: 0 }).end, 10);
  });
  it('is empty where the whole place was replaced', () => {
    const { start, end } = afterEdit(taken, { offset: 0, removed: 100, inserted: 40 });
    assert.equal(end - start, 0);
  });
  it('holds just the text that was not touched, whatever is edited outside of it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(40), fc.nat(6), fc.nat(6))), (edits) => {
        let document = `${'a'.repeat(30)}${text}${'b'.repeat(30)}`;
        let place: Taken = { text, start: 30, end: 30 + text.length };
        for (const [before, at, length, inserted] of edits) {
          const room = before ? place.start : document.length - place.end;
          const offset = (before ? 0 : place.end) + Math.min(at, room);
          const removed = Math.min(length, (before ? place.start : document.length) - offset);
          document = document.slice(0, offset) + 'x'.repeat(inserted) + document.slice(offset + removed);
          place = afterEdit(place, { offset, removed, inserted });
        }
        assert.equal(document.slice(place.start, place.end), text);
      }),
    );
  });
});
