import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf, type Place } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';
import { holesOf, samples, type Hole } from '../fixtures/samples.ts';

/** A way in which models turn in circles: `first` stands in the answer before the first time that it comes again. */
type Loop = { readonly name: string; readonly first: string; readonly again: string };

const loops: readonly Loop[] = [
  { name: 'one character', first: '\nx = a', again: 'a' },
  { name: 'one word', first: '\nvery', again: ' very' },
  { name: 'one number of a list', first: '\nsizes = [12,', again: ' 12,' },
  { name: 'a call', first: '\nnext.then(first, 0)', again: '.then(first, 0)' },
  {
    name: 'eight words',
    first: '\nIt is not what was meant and so again it is',
    again: ' not what was meant and so again it is',
  },
  { name: 'a line', first: '\ncount(items, limit);', again: '\ncount(items, limit);' },
  { name: 'two lines', first: '\nopen(door);\nclose(door);', again: '\nopen(door);\nclose(door);' },
  { name: 'empty lines', first: '\n', again: '\n' },
  { name: 'spaces', first: '\n  ', again: ' '.repeat(8) },
];

describe('a model that turns in circles', () => {
  const holes = samples.flatMap(holesOf);
  for (const loop of loops)
    for (const hole of holes)
      it(`is told to stop within thirty tokens of ${loop.name} — ${hole.name}`, () => {
        const { tokens, shown } = play(hole, loop);
        assert.ok(tokens <= 30, `${tokens} tokens`);
        assert.ok(!shown.includes(loop.again.repeat(3)), JSON.stringify(shown));
      });
  it('is let go on where a line only says much alike', () => {
    const rows = [
      '[[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]',
      '[0, 0, 0, 0, 0, 0, 0, 0',
      '// ------------',
    ];
    for (const row of rows) assert.equal(clean(row, placeAt('const rows = █;'), { done: false }).ended, false, row);
    assert.equal(clean('one();\n\n\ntwo();', placeAt('█'), { done: false }).ended, false);
    const ruler = `// ${'= '.repeat(40)}`;
    assert.equal(clean(ruler, placeAt('█'), { done: false }).ended, false);
  });
  it('is cut where its answer was over before thirty tokens of a loop were', () => {
    const text = (raw: string) => clean(raw, placeAt('const list = █'), { done: true }).text;
    assert.equal(text(`one(${'abcdefghijklmn'.repeat(5)}`), 'one(abcdefghijklmn');
    assert.equal(text(`one(${'ab, '.repeat(6)}`), 'one(ab,');
    assert.equal(text(`${'a'.repeat(40)}\ntwo();`), '');
  });
  it('keeps what a line says before its circles, and nothing of one that is nothing else', () => {
    const text = (raw: string) => clean(raw, placeAt('const list = █'), { done: false }).text;
    assert.equal(text(`[1, 2, ${'3, 4, '.repeat(12)}`), '[1, 2, 3, 4');
    assert.equal(text('7, '.repeat(20)), '');
  });
});

/** Feeds the answer a token at a time; tells how many came after the loop had begun, and what was left of it. */
function play(hole: Hole, { first, again }: Loop): { readonly tokens: number; readonly shown: string } {
  const { languageId, size, tabs = false } = hole.sample;
  const place = placeOf(at(hole.text, { languageId, indent: { tabs, size } }));
  let raw = hole.middle + first;
  const before = clean(raw, place, { done: false });
  if (before.ended) return { tokens: 0, shown: before.text };
  for (let tokens = 1; tokens <= 60;) {
    for (const token of again.match(/\s?[\p{L}\p{N}_]+|\n| +|[^\s\p{L}\p{N}_]/gu) ?? []) {
      raw += token;
      const cleaned = clean(raw, place, { done: false });
      if (cleaned.ended) return { tokens, shown: cleaned.text };
      tokens += 1;
    }
  }
  return { tokens: Infinity, shown: raw };
}

function placeAt(text: string): Place {
  return placeOf(at(text));
}
