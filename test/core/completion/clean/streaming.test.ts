import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf, type Place } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';
import { corruptions } from '../fixtures/corruptions.ts';
import { holesOf, samples, type Hole } from '../fixtures/samples.ts';

describe('clean, while the model speaks', () => {
  const holes = samples.flatMap(holesOf);
  const answers = [{ name: 'answers rightly', spoil: ({ middle }: Hole) => middle }, ...corruptions];
  for (const { name, spoil } of answers)
    it(`never takes back a line that it has let pass, from a model that ${name}`, () => {
      for (const hole of holes) {
        const raw = spoil(hole);
        if (raw !== undefined) onlyGrows(raw, hole);
      }
    });
  it('holds reasoning back until it is over', () => {
    const place = placeAt('let x = █');
    assert.equal(clean('<think>\nmaybe 1?\n', place, { done: false }).text, '');
    assert.equal(clean('<think>\nmaybe 1?\n</think>\n1;', place, { done: true }).text, '1;');
  });
  it('tells the model to stop once the block has ended', () =>
    assert.equal(clean('one();\n}\n', placeAt('function f() {\n  █\n}\n'), { done: false }).ended, true));
  it('does not take the end of the stream for the end of the block', () =>
    assert.equal(clean('one();', placeAt('function f() {\n  █\n}\n'), { done: true }).ended, false));
  it('lets the model go on while the block has not', () =>
    assert.equal(clean('one();\n  two();\n', placeAt('function f() {\n  █\n}\n'), { done: false }).ended, false));
});

function onlyGrows(raw: string, hole: Hole): void {
  const { languageId, size, tabs = false } = hole.sample;
  const place = placeOf(at(hole.text, { languageId, indent: { tabs, size } }));
  let shown = '';
  for (let length = 1; length <= raw.length; length++) {
    const cleaned = clean(raw.slice(0, length), place, { done: length === raw.length });
    const settled = cleaned.text.slice(0, cleaned.settled).trimEnd();
    assert.ok(settled.startsWith(shown), `${hole.name}: ${JSON.stringify(shown)} became ${JSON.stringify(settled)}`);
    shown = settled;
    if (cleaned.ended) return;
  }
}

function placeAt(text: string): Place {
  return placeOf(at(text));
}
