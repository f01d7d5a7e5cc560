import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fill } from './fixtures/fill.ts';
import { corruptions } from './fixtures/corruptions.ts';
import { holesOf, samples } from './fixtures/samples.ts';

const holes = samples.flatMap(holesOf);

describe('what a model says rightly', () => {
  assert.ok(holes.length >= 60, `${holes.length} holes`);
  for (const hole of holes)
    it(`is left as it is — ${hole.name}`, () => assert.equal(fill(hole, hole.middle), hole.middle));
});

for (const { name, spoil } of corruptions)
  describe(`a model that ${name}`, () => {
    const spoilt = holes.flatMap((hole) => {
      const raw = spoil(hole);
      return raw === undefined ? [] : [{ hole, raw }];
    });
    assert.ok(spoilt.length > 0);
    for (const { hole, raw } of spoilt)
      it(`is repaired — ${hole.name}`, () => assert.equal(fill(hole, raw), hole.middle));
  });
