import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPersonalData } from '../../../src/core/scan/findPersonalData.ts';

const rules = (text: string): readonly string[] => findPersonalData(text).map((finding) => finding.rule);

test('e-mail addresses, where they begin and end', () => {
  const text = 'write to jane.roe+canary@mail.acme-canary.io, today';
  const [finding] = findPersonalData(text);
  assert.equal(text.slice(finding?.start, finding?.end), 'jane.roe+canary@mail.acme-canary.io');
  for (const none of [
    'user@example.com',
    'noreply@acme.io',
    'git@github.com:a/b.git',
    '12345+me@users.noreply.github.com',
    'logo@2x.png',
    'npm i left-pad@1.2.3',
    '@decorator.name',
    'a@localhost',
    'import x from "@scope/name.js"',
  ]) {
    assert.deepEqual(rules(none), [], none);
  }
});

test('IBANs that pass the check, of the length of their country', () => {
  // The specimen numbers of the SWIFT registry.
  for (const iban of [
    'DE89370400440532013000',
    'GB29 NWBK 6016 1331 9268 19',
    'FR1420041010050500013M02606',
    'NL91 ABNA 0417 1643 00',
    'NO93 8601 1117 947',
    'CH93 0076 2011 6238 5295 7',
    'ES91 2100 0418 4502 0005 1332',
    'IT60X0542811101000000123456',
    'PL61 1090 1014 0000 0712 1981 2874',
    'MT84MALT011000012345MTLCAST001S',
  ]) {
    assert.deepEqual(rules(`pay to ${iban}.`), ['iban'], iban);
  }
  for (const none of [
    'DE88370400440532013000',
    'DE8937040044053201300',
    'XX89370400440532013000',
    'GB29NWBK60161331926818',
  ]) {
    assert.deepEqual(rules(none), [], none);
  }
  const text = 'IBAN DE89 3704 0044 0532 0130 00 ABCD';
  const [finding] = findPersonalData(text);
  assert.equal(text.slice(finding?.start, finding?.end), 'DE89 3704 0044 0532 0130 00');
});

test('payment cards with an issuer and a check digit', () => {
  for (const card of [
    '4111111111111111',
    '4111 1111 1111 1111',
    '5555-5555-5555-4444',
    '378282246310005',
    '6011111111111117',
    '3530111333300000',
    '2223003122003222',
  ]) {
    assert.deepEqual(rules(`card: ${card};`), ['card'], card);
  }
  for (const none of [
    '4111111111111112',
    '1234567890123456',
    '0000000000000000',
    '1700000000000',
    'a4111111111111111',
    '4111111111111111-x',
  ]) {
    assert.deepEqual(rules(none), [], none);
  }
});

test('US social security numbers in ranges that are issued', () => {
  assert.deepEqual(rules('ssn 536-22-8721'), ['us-ssn']);
  assert.deepEqual(rules('itin 912-70-1234'), ['us-ssn']);
  for (const none of [
    '000-12-3456',
    '666-12-3456',
    '912-40-1234',
    '536-00-8721',
    '536-22-0000',
    '078-05-1120',
    '123-45-6789',
    'x536-22-8721',
    '536-22-87210',
    '1.536-22-8721',
  ]) {
    assert.deepEqual(rules(none), [], none);
  }
});

test('European ids by their check digits; bare digits only beside their name', () => {
  const cases: readonly (readonly [rule: string, valid: string, wrong: string])[] = [
    ['fr-nir', '2 55 08 14 168 025 38', '2 55 08 14 168 025 39'],
    ['es-dni', '12345678Z', '12345678A'],
    ['es-dni', 'X1234567L', 'X1234567M'],
    ['it-cf', 'RSSMRA85T10A562S', 'RSSMRA85T10A562T'],
    ['de-tax', 'Steuer-ID 86 095 742 719', 'Steuer-ID 86 095 742 718'],
    ['pl-pesel', 'PESEL: 44051401359', 'PESEL: 44051401358'],
    ['nl-bsn', 'bsn 111222333', 'bsn 111222334'],
    ['be-nrn', 'rijksregisternummer 85.07.30-033.28', 'rijksregisternummer 85.07.30-033.29'],
    ['se-pnr', 'personnummer 811228-9874', 'personnummer 811228-9875'],
    ['uk-nino', 'national insurance AB 12 34 56 C', 'national insurance GB 12 34 56 C'],
  ];
  for (const [rule, valid, wrong] of cases) {
    assert.deepEqual(rules(valid), [rule], valid);
    assert.deepEqual(rules(wrong), [], wrong);
  }
  for (const none of ['86095742719', '44051401359', '111222333', 'AB123456C']) assert.deepEqual(rules(none), [], none);
});
