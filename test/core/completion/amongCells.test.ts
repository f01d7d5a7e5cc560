import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { amongCells } from '../../../src/core/completion/amongCells.ts';
import { surroundings } from '../../../src/core/completion/spot.ts';
import { labelled, labelOf, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import { at } from '../../support/cursor.ts';

const cell = (text: string, reach: Reach = 'cloud') =>
  labelled(text, labelOf([{ provenance: { kind: 'typed' }, reach, rules: [] }]));

describe('amongCells', () => {
  it('puts the cells above before the cursor and those below behind it', () => {
    const spot = amongCells(at('df.hea█'), {
      above: [cell('import pandas'), cell('df = 1')],
      below: [cell('df.plot()')],
    });
    const { head, rest } = surroundings(spot);
    assert.deepEqual([head, rest], ['df.hea', '']);
    assert.equal(spot.offset - (spot.document.lead ?? 0), 6);
    assert.equal(reveal(spot.document.text), 'import pandas\n\ndf = 1\n\ndf.hea\n\ndf.plot()');
  });
  it('may go no farther than the nearest of them', () => {
    const reaches = (['device', 'none'] as const).map(
      (reach) => amongCells(at('x█'), { above: [cell('a')], below: [cell('b', reach)] }).document.text.label.reach,
    );
    assert.deepEqual(reaches, ['device', 'none']);
  });
  it('is the cell itself where there are no others', () => {
    const spot = at('x█');
    assert.deepEqual(amongCells(spot, { above: [], below: [] }), spot);
    assert.equal(spot.document.text.label, productLabel);
  });
});
