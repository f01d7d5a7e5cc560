import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asIfAccepted } from '../../../src/core/completion/asIfAccepted.ts';
import { ownReach } from '../../../src/core/completion/spot.ts';
import { labelOf, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import { at } from '../../support/cursor.ts';

const label = (reach: Reach) => labelOf([{ provenance: { kind: 'untitled', uri: reach }, reach, rules: [] }]);

describe('asIfAccepted', () => {
  it('reads as if the offer were taken, over what it covers', () => {
    const { document, offset } = asIfAccepted(at('f(█)'), { text: 'x);', covers: 1 }, productLabel);
    assert.equal(`${reveal(document.text).slice(0, offset)}█${reveal(document.text).slice(offset)}`, 'f(x);█');
  });
  it('goes no farther than the document and what the offer was made from', () => {
    for (const [document, madeFrom, together] of [
      ['cloud', 'cloud', 'cloud'],
      ['cloud', 'device', 'device'],
      ['device', 'cloud', 'device'],
      ['perimeter', 'none', 'none'],
    ] as const) {
      const spot = at('█', { label: label(document) });
      const after = asIfAccepted(spot, { text: 'x', covers: 0 }, label(madeFrom));
      assert.equal(after.document.text.label.reach, together);
      assert.equal(ownReach(after), document);
    }
  });
  it('stays on this machine where it is not known what the offer was made from', () =>
    assert.equal(asIfAccepted(at('█'), { text: 'x', covers: 0 }).document.text.label.reach, 'device'));
});
