import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ScanPolicy } from '../../../src/core/policy/settings.ts';
import { labelled, unlabelled } from '../../../src/core/label/labelled.ts';
import { createValueIndex } from '../../../src/core/scan/valueIndex.ts';
import { createScan } from '../../../src/egress/scan/scan.ts';
import type { ScanResult } from '../../../src/egress/ports.ts';
import { createValueHash } from '../../../src/node/valueHash.ts';
import { alnum } from '../../core/scan/canaries.ts';

const values = createValueIndex(createValueHash());
values.put('.env', '.env', labelled('DB_PASSWORD=CANARY-pw"83\\nkd', unlabelled));
const usual: ScanPolicy = { secrets: 'block', values: 'block', pii: 'off' };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const chat = (content: string): Uint8Array =>
  encode(JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }));
const scan = (body: Uint8Array, policy: Partial<ScanPolicy> = {}): ScanResult =>
  createScan({ settings: () => ({ ...usual, ...policy }), values })(body, 'cloud');
const token = `ghp_${alnum(36)}`;

test('blocks a token, a key, a value of a sensitive file; lets ordinary text go', () => {
  assert.equal(scan(chat(`use ${token}`)).kind, 'block');
  assert.equal(scan(chat('it is CANARY-pw"83\\nkd, I think')).kind, 'block');
  assert.deepEqual(scan(chat('how do I sort a list?')), { kind: 'clean' });
});

test('looks at nothing that stays on the device, nor where the policy says off', () => {
  const all = createScan({ settings: () => usual, values });
  assert.deepEqual(all(chat(token), 'device'), { kind: 'clean' });
  assert.equal(all(chat(token), 'perimeter').kind, 'block');
  assert.deepEqual(scan(chat(token), { secrets: 'off' }), { kind: 'clean' });
});

test('reads what the other end will read: escapes, keys, doubled keys, numbers, JSON in JSON', () => {
  const escaped = Array.from(token)
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
  for (const body of [
    `{"prompt":"${escaped}"}`,
    `{"${token}":1}`,
    `{"prompt":"${token}","prompt":"hello"}`,
    JSON.stringify({ prompt: JSON.stringify({ content: `a\n${token}` }) }),
    `{"prompt":"quote \\" then ${token}"}`,
    `{"prompt":"back\\\\","x":"${token}"}`,
  ]) {
    assert.equal(scan(encode(body)).kind, 'block', body);
  }
  assert.equal(scan(encode('{"card": 4111111111111111}'), { pii: 'block' }).kind, 'block');
  assert.equal(scan(encode('{"card": 4111111111111111}'), { pii: 'redact' }).kind, 'block');
});

test('a body that is no JSON is looked through as it stands', () => {
  assert.equal(scan(encode(`{"prompt": "${token}`)).kind, 'block');
  assert.equal(scan(encode(`prompt=${token}`), { secrets: 'redact' }).kind, 'block');
});

test('finds what is written in base64, hexadecimal or percent escapes', () => {
  const value = Buffer.from('the password: CANARY-pw"83\\nkd');
  for (const text of [
    value.toString('base64'),
    value.toString('hex'),
    encodeURIComponent('pw=CANARY-pw"83\\nkd'),
    Buffer.from(`token ${token}`).toString('base64url'),
  ]) {
    const result = scan(chat(`see ${text}`));
    assert.equal(result.kind, 'block', text);
  }
});

test('what is not certain warns, whatever the policy blocks', () => {
  const result = scan(chat('DB_PASSWORD=CANARY83kdZq0'));
  assert.deepEqual([result.kind, result.kind === 'warn' && result.findings[0]?.rule], ['warn', 'secret-assignment']);
  assert.equal(scan(chat(token), { secrets: 'warn' }).kind, 'warn');
});

test('redacts, and restores the answer however it is cut into pieces', () => {
  const text = 'Write to jane.roe@canary-mail.io or joe@canary-mail.io, not to jane.roe@canary-mail.io. ⟨email-4⟩';
  const result = scan(chat(text), { pii: 'redact' });
  assert.ok(result.kind === 'redact');
  const sent = new TextDecoder().decode(result.body);
  const parsed: unknown = JSON.parse(sent);
  assert.deepEqual(parsed, {
    model: 'm',
    messages: [{ role: 'user', content: 'Write to ⟨email-5⟩ or ⟨email-6⟩, not to ⟨email-5⟩. ⟨email-4⟩' }],
  });
  const answer = 'Dear ⟨email-6⟩ and ⟨email-5⟩, ⟨email-9⟩ ⟨e ⟨⟨email-5⟩ end';
  const expected = 'Dear joe@canary-mail.io and jane.roe@canary-mail.io, ⟨email-9⟩ ⟨e ⟨jane.roe@canary-mail.io end';
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 60 }), (sizes) => {
      const fresh = scan(chat(text), { pii: 'redact' });
      if (fresh.kind !== 'redact') throw new Error('not redacted');
      let at = 0;
      let out = '';
      for (const size of sizes) {
        out += fresh.restore(answer.slice(at, at + size));
        at += size;
      }
      assert.equal(out, expected);
    }),
  );
});

test('redacts secrets and values too, also encoded ones, and leaves the rest of the body byte for byte', () => {
  const hidden = Buffer.from(`token ${token}`).toString('base64');
  const body = `{ "a" : 1.50, "messages":[{"content":"x ${token} y ${hidden} \\u00e9"}], "b":"\\u00e9" }`;
  const result = scan(encode(body), { secrets: 'redact' });
  assert.ok(result.kind === 'redact');
  assert.equal(
    new TextDecoder().decode(result.body),
    '{ "a" : 1.50, "messages":[{"content":"x ⟨secret-1⟩ y ⟨secret-2⟩ é"}], "b":"\\u00e9" }',
  );
  assert.equal(result.restore('⟨secret-2⟩'), hidden);
});

test('findings hold no text of the body', () => {
  const result = scan(chat(`${token} CANARY-pw"83\\nkd`));
  assert.ok(result.kind === 'block' && result.findings.length === 2);
  assert.ok(!JSON.stringify(result).includes('CANARY'));
});

test('never throws, whatever the bytes', () => {
  const strict = { secrets: 'redact', values: 'redact', pii: 'redact' } as const;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
      scan(body, strict);
    }),
  );
  fc.assert(
    fc.property(fc.json(), (body) => {
      scan(encode(body), strict);
    }),
  );
});
