import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';

/** The same words in characters that nothing shows. */
const inTags = (words: string): string =>
  Array.from(words, (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

describe('what nobody would see', () => {
  for (const [name, raw, text] of [
    ['NUL and other control characters', 'a\u0000b\u0007();\u007f\u0085', 'ab();'],
    ['the colours of a terminal', '\u001b[1;31mred();\u001b[0m', 'red();'],
    ['the title of a terminal', '\u001b]0;title\u0007red();', 'red();'],
    ['half a terminal sequence', 'red();\u001b', 'red();'],
    ['marks that turn the direction', 'if (\u202e\u2066isAdmin\u2069\u202c) go();', 'if (isAdmin) go();'],
    ['spaces without width and a byte order mark', '\ufeffa\u200bb();', 'ab();'],
    ['words written in tags', `a();${inTags('CANARY_HIDDEN')}`, 'a();'],
    ['words written in selectors of variants', 'a\ufe00\ufe01\u{e0100}\u{e01ef}();', 'a();'],
    ['fillers and operators without a form', 'a\u3164\u115f\uffa0\u2062\u2064();', 'a();'],
  ] as const)
    it(`goes: ${name}`, () => assert.deepEqual(done(raw), { text, settled: text.length, ended: false }));
  for (const text of [
    '\tindented();',
    'a();\n\t\fb();',
    "x = 'שלום\u200f';",
    'x = "👩‍👩‍👧";',
    'نام\u200cها();',
    '日本語();',
    "x = '❤️';",
  ])
    it(`stays: ${JSON.stringify(text)}`, () => assert.equal(done(text, 'x();\n\t█\n').text, text.trimStart()));
});

describe('every line end', () => {
  for (const end of ['\n', '\r\n', '\r', '\u2028', '\u2029'])
    it(`${JSON.stringify(end)} is one`, () => assert.equal(done(`one();${end}two();`).text, 'one();\ntwo();'));
  it('is one where its halves come one after the other', () => {
    const place = placeOf(at('x();\n█\n'));
    assert.equal(clean('one();\r', place, { done: false }).settled, 7);
    assert.equal(clean('one();\r\ntwo();', place, { done: false }).text, 'one();\ntwo();');
  });
});

describe('a broken character', () => {
  for (const broken of ['\ufffd', '\ud83d', '\ude00'])
    it(`${JSON.stringify(broken)} ends the text before its line`, () => {
      assert.deepEqual(done(`one();\nx = '${broken}';\nthree();`), { text: 'one();\n', settled: 7, ended: true });
      assert.equal(done(`x = '${broken}';`).text, '');
    });
  it('is none where the text around has such', () =>
    assert.equal(done("y = '\ufffd';", "x = '\ufffd';\n█\n").text, "y = '\ufffd';"));
  it('is none while its other half may come', () => {
    const place = placeOf(at('x();\n█\n'));
    assert.deepEqual(clean("x = '\ud83d", place, { done: false }), { text: "x = '", settled: 0, ended: false });
    assert.equal(clean("x = '\ud83d\ude00';", place, { done: true }).text, "x = '😀';");
  });
});

describe('a model that keeps to no limit', () => {
  it('is not heard to its end, and nothing of a line without one is shown', () => {
    for (const raw of ['x'.repeat(1_000_000), words(100_000)])
      for (const isDone of [true, false])
        assert.deepEqual(clean(raw, placeOf(at('x();\n█\n')), { done: isDone }), { text: '', settled: 0, ended: true });
  });
  it('keeps the lines before the one that grew too long', () => {
    const cleaned = clean(`one();\ntwo();\n${words(900)}`, placeOf(at('x();\n█\n')), { done: false });
    assert.deepEqual([cleaned.text, cleaned.ended], ['one();\ntwo();', true]);
  });
  it('is stopped in the middle of reasoning, too', () =>
    assert.equal(clean(`<think>${words(5_000)}`, placeOf(at('x();\n█\n')), { done: false }).ended, true));
});

describe('whatever a model says', () => {
  it('comes out as text that an editor keeps as it is', () => {
    const odd = fc.constantFrom(
      '\r',
      '\n',
      '\u2028',
      '\u0000',
      '\u001b',
      '[',
      'm',
      '\ud83d',
      '\ude00',
      '\u202e',
      'a',
      '(',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 40 }), fc.boolean(), (signs, isDone) => {
        const { text, settled } = clean(signs.join(''), placeOf(at('x();\n█\n')), { done: isDone });
        assert.ok(settled <= text.length);
        assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000d-\u001f\u2028\u2029\u202a-\u202e\ufffd]/);
        assert.equal(new TextDecoder().decode(new TextEncoder().encode(text)), text);
      }),
      { numRuns: 300 },
    );
  });
});

function done(raw: string, text = 'x();\n█\n') {
  return clean(raw, placeOf(at(text)), { done: true });
}

/** So many words, each another. */
function words(count: number): string {
  return Array.from({ length: count }, (_, word) => `w${word}`).join(' ');
}
