import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonicalJson, parseJson, type Json } from '../../../src/core/audit/canonicalJson.ts';

test('spells the sample of RFC 8785 §3.2.2 as the RFC does', () => {
  const sample: Json = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  assert.equal(
    canonicalJson(sample),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('sorts keys by UTF-16 units as RFC 8785 §3.2.3 does', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
  const spelled = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  assert.equal(spelled, `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
});

test('refuses a number that JSON cannot spell', () => {
  assert.throws(() => canonicalJson({ a: NaN }), RangeError);
});

test('has one spelling whatever the order of the keys, and reads back the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = parseJson(JSON.stringify(value)) ?? null;
      const once = canonicalJson(json);
      assert.equal(canonicalJson(parseJson(once) ?? null), once);
      assert.deepEqual(parseJson(once), json);
      assert.equal(canonicalJson(reversed(json)), once);
    }),
  );
});

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
