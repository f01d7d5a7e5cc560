import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { containsCanary } from '../../support/fake-server/canary.ts';

const canary = 'CANARY ü/x"\n+7f3a';

const disguises: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'upper case': (text) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()),
  JSON: (text) => JSON.stringify(text),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'JSON in ASCII': (text) =>
    JSON.stringify(text).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'percent-encoded': encodeURIComponent,
  'a form': (text) => new URLSearchParams({ text }).toString(),
  'JSON in a query': (text) => encodeURIComponent(JSON.stringify(text)),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 in lines': (text) =>
    Buffer.from(text)
      .toString('base64')
      .replaceAll(/(.{7})/g, '$1\r\n'),
  'UTF-16 in base64': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
};

describe('looking for canaries', () => {
  for (const [name, disguise] of Object.entries(disguises)) {
    it(`finds one written as ${name}, whatever stands around it`, () => {
      const around = fc.string({ unit: 'grapheme', maxLength: 20 });
      fc.assert(
        fc.property(around, around, (before, after) => {
          const hidden = disguise(`${before}${canary}${after}`);
          assert.equal(containsCanary(Buffer.from(`{"k":"v"} ${hidden} tail`), canary), true);
        }),
        { numRuns: 100 },
      );
    });
  }

  it('finds UTF-16 bytes', () => {
    assert.equal(containsCanary(Buffer.from(`..${canary}..`, 'utf16le'), canary), true);
  });

  it('does not find what is not there', () => {
    const almost = canary.slice(0, -1);
    for (const disguise of Object.values(disguises)) {
      assert.equal(containsCanary(Buffer.from(disguise(`before ${almost} after`)), canary), false);
    }
  });

  it('refuses canaries that would be found by chance', () => {
    assert.throws(() => containsCanary(Buffer.from('abc'), 'abc'), /too short/);
  });
});
