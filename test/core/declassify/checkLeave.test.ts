import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkLeave } from '../../../src/core/declassify/checkLeave.ts';
import { mintDeclassification, termsOf, type LeaveOffer } from '../../../src/core/declassify/declassification.ts';
import { zones } from '../../../src/core/label/reach.ts';

const unspent = () => false;

const offers: fc.Arbitrary<LeaveOffer> = fc.record({
  part: fc.constantFrom('a', 'b', 'a/b'),
  preview: fc.constantFrom('00', '01', 'ff'),
  destination: fc.record({
    model: fc.record({ backend: fc.constantFrom('far', 'near'), model: fc.constantFrom('m', 'n') }),
    zone: fc.constantFrom(...zones),
    origin: fc.constantFrom('https://far.example', 'https://other.example'),
  }),
  policy: fc.constantFrom('p', 'q'),
});

test('a leave holds for exactly what it was given for, and for nothing that differs in anything', () => {
  fc.assert(
    fc.property(offers, offers, (given, presented) => {
      const leave = mintDeclassification({ ...given, id: 'id', at: 1 });
      const { kind } = checkLeave(leave, presented, unspent);
      assert.equal(kind === 'holds', JSON.stringify(given) === JSON.stringify(presented));
    }),
    { numRuns: 2000 },
  );
});

test('a leave that was used holds no more', () => {
  fc.assert(
    fc.property(offers, fc.uuid(), (offer, id) => {
      const leave = mintDeclassification({ ...offer, id, at: 1 });
      assert.equal(checkLeave(leave, offer, unspent).kind, 'holds');
      assert.equal(checkLeave(leave, offer, (each) => each === id).kind, 'broken');
    }),
  );
});

test('nothing but a minted leave is one: no look-alike, no copy, nothing read from disk', () => {
  fc.assert(
    fc.property(offers, fc.anything(), (offer, anything) => {
      const leave = mintDeclassification({ ...offer, id: 'id', at: 1 });
      const fakes = [
        anything,
        Object.fromEntries(Object.entries(leave)),
        { ...offer, id: 'id', at: 1 },
        JSON.parse(JSON.stringify(leave)),
        Object.create(leave),
        structuredClone(leave),
      ];
      for (const fake of fakes) assert.equal(checkLeave(fake, offer, unspent).kind, 'broken');
    }),
  );
});

test('a leave cannot be changed once it is minted', () => {
  const offer = { part: 'a', preview: '00', policy: 'p' };
  const destination = { model: { backend: 'far', model: 'm' }, zone: 'cloud' as const, origin: 'https://far.example' };
  const leave = mintDeclassification({ ...offer, destination, id: 'id', at: 1 });
  destination.model.model = 'another';
  destination.origin = 'https://other.example';
  assert.equal(termsOf(leave)?.destination.model.model, 'm');
  assert.equal(termsOf(leave)?.destination.origin, 'https://far.example');
  assert.ok(Object.isFrozen(termsOf(leave)));
});
