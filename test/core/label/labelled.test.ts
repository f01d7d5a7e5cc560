import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  joinLabels,
  labelled,
  labelOf,
  mapLabelled,
  reveal,
  unlabelled,
  type Label,
} from '../../../src/core/label/labelled.ts';
import { farthest, mayReach, nearest, reaches, zones } from '../../../src/core/label/reach.ts';

const secret = 'CANARY_LABELLED_7f3a';
const device: Label = labelOf([{ provenance: { kind: 'terminal' }, reach: 'device', rules: [] }]);
const cloud: Label = labelOf([{ provenance: { kind: 'typed' }, reach: 'cloud', rules: [] }]);

describe('labelled text', () => {
  it('gives nothing away when printed, joined into a string, inspected, spread or listed', () => {
    const text = labelled(secret, device);
    const shown = [
      ['', text].join(''),
      String(text),
      inspect(text),
      inspect({ text }, { depth: 9, showHidden: true }),
      JSON.stringify(Object.assign({}, text, { label: undefined })),
      Object.values(text).join(),
    ];
    for (const form of shown) assert.ok(!form.includes(secret), form);
  });

  it('refuses to serialise', () => {
    assert.throws(() => JSON.stringify({ part: labelled(secret, device) }), /only the guard/);
  });

  it('opens for the guard, and keeps its label through a change', () => {
    const changed = mapLabelled(labelled(secret, device), (text) => text.toLowerCase());
    assert.equal(reveal(changed), secret.toLowerCase());
    assert.equal(changed.label, device);
  });

  it('stays on the device when no label is left', () => {
    assert.equal(joinLabels([]).reach, 'device');
    assert.equal(labelOf([]), unlabelled);
  });

  it('joins to the nearest reach and keeps every origin once', () => {
    const joined = joinLabels([cloud, device, cloud]);
    assert.equal(joined.reach, 'device');
    assert.equal(joined.origins.length, 2);
  });
});

describe('reach', () => {
  const reach = fc.constantFrom(...reaches);

  it('never widens by joining', () => {
    fc.assert(
      fc.property(fc.array(reach), reach, fc.constantFrom(...zones), (some, one, zone) => {
        if (mayReach(nearest(...some, one), zone)) assert.ok(mayReach(nearest(...some), zone) && mayReach(one, zone));
      }),
    );
  });

  it('lets a text go to a zone exactly if the zone is no farther', () => {
    assert.deepEqual(
      reaches.map((r) => zones.map((zone) => mayReach(r, zone))),
      [
        [false, false, false],
        [true, false, false],
        [true, true, false],
        [true, true, true],
      ],
    );
  });

  it('calls the farther of two zones the farthest', () => {
    assert.equal(farthest('device', 'cloud', 'perimeter'), 'cloud');
    assert.equal(farthest(), 'device');
  });
});
