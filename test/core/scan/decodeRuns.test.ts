import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeRuns } from '../../../src/core/scan/decodeRuns.ts';

const secret = 'password=CANARY-83kd_Zq0pL/häß';
const decoded = (text: string): readonly string[] => decodeRuns(text).map((run) => run.text);

test('reads base64, base64url, hexadecimal and percent escapes', () => {
  const bytes = Buffer.from(secret);
  assert.deepEqual(decoded(`data: ${bytes.toString('base64')}\n`), [secret]);
  assert.deepEqual(decoded(`"${bytes.toString('base64url')}"`), [secret]);
  assert.deepEqual(decoded(`x = ${bytes.toString('hex')}`), [secret]);
  assert.deepEqual(decoded(`x = ${bytes.toString('hex').toUpperCase()}`), [secret]);
  assert.deepEqual(decoded(`GET /?q=${encodeURIComponent(secret)} HTTP/1.1`), [`/?q=${secret}`]);
});

test('reads base64 that is folded into lines', () => {
  const long = `${secret} `.repeat(12).trim();
  const folded = Buffer.from(long).toString('base64').replaceAll(/.{76}/g, '$&\n');
  assert.deepEqual(decoded(folded), [long]);
});

test('reads base64 that something stands directly before, at any alignment', () => {
  for (const before of ['', 'a/', 'ab/', 'abc/']) {
    const found = decoded(before + Buffer.from(secret).toString('base64'));
    assert.ok(
      found.some((text) => text.includes('CANARY-83kd')),
      before,
    );
  }
});

test('takes no names, hashes or random bytes for text', () => {
  for (const text of [
    'createInlineCompletionProviderRegistration',
    'SOME_VERY_LONG_CONSTANT_NAME_FOR_THE_TESTS',
    'd41d8cd98f00b204e9800998ecf8427e',
    'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    'path/to/some/deeply/nested/module/file2',
    '100% of 50%',
  ]) {
    assert.deepEqual(decoded(text), [], text);
  }
});

test('gives back any text it can encode', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 30, maxLength: 200, unit: 'grapheme-ascii' }), (text) => {
      const encoded = Buffer.from(text).toString('base64');
      fc.pre(/[a-z]/.test(encoded) && /[A-Z]/.test(encoded) && encoded.length >= 40);
      assert.ok(decoded(`"${encoded}"`).includes(text));
      assert.ok(decoded(`"${Buffer.from(text).toString('hex')}"`).includes(text));
    }),
  );
});
