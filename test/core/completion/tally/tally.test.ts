import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addToDay,
  lastDays,
  noTally,
  parseTallies,
  type Tallies,
} from '../../../../src/core/completion/tally/tally.ts';

const day = 24 * 60 * 60_000;
const noon = new Date(2026, 10, 20, 12).getTime();
const one = { ...noTally, offered: 1 };

describe('the tallies', () => {
  it('add up within a day', () => {
    const twice = addToDay(addToDay({}, one, noon), { ...one, accepted: 1 }, noon + 60_000);
    assert.deepEqual(Object.keys(twice), ['2026-11-20']);
    assert.deepEqual(lastDays(twice, noon), { ...noTally, offered: 2, accepted: 1 });
  });
  it('hold seven days and no more', () => {
    let tallies: Tallies = {};
    for (let back = 9; back >= 0; back--) tallies = addToDay(tallies, one, noon - back * day);
    assert.equal(Object.keys(tallies).length, 7);
    assert.equal(lastDays(tallies, noon).offered, 7);
  });
  it('do not count what is out of date though it is stored still', () => {
    assert.equal(lastDays(addToDay({}, one, noon), noon + 7 * day).offered, 0);
  });
  it('come back from storage as they were', () => {
    const tallies = addToDay({}, { ...one, checked: [3, 2, 1], stood: [2, 1, 0] }, noon);
    assert.deepEqual(parseTallies(JSON.parse(JSON.stringify(tallies))), tallies);
  });
  for (const stored of [
    undefined,
    null,
    7,
    'x',
    { yesterday: one },
    { '2026-11-20': { ...one, offered: -1 } },
    { '2026-11-20': { ...one, checked: 'no' } },
    { '2026-11-20': null },
  ])
    it(`are empty where ${JSON.stringify(stored)} is stored`, () => assert.deepEqual(parseTallies(stored), {}));
});
