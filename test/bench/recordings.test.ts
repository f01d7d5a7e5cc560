import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOracle } from './completion/oracle.ts';
import { replay } from './completion/replay.ts';
import { stretchesOf } from './completion/stretches.ts';
import { endOf, loadSessions, press, singleKeys } from './corpus/typing.ts';

describe('recorded typing', () => {
  it('takes Enter and its indentation as one key', () => {
    assert.deepEqual(singleKeys('a {\n  b'), ['a', ' ', '{', '\n  ', 'b']);
  });

  it('puts the cursor where a selection was deleted', () => {
    const page = press({ text: 'one\ntwo\nthree', cursor: 0 }, { select: [0, 2, 2, 1] });
    assert.deepEqual(page, { text: 'onhree', cursor: 2 });
  });

  it('leaves slips of the finger out of what a stretch says in the end', () => {
    const [stretch] = stretchesOf({ before: 'let ;', keys: [{ go: [0, 4] }, 'cpi', { back: 2 }, 'ount'] });
    assert.deepEqual(stretch, { head: 'let ', body: 'count', after: ';' });
  });

  it('begins a stretch at each place that is written at', () => {
    const keys = [{ go: [0, 1] }, 'x', { go: [0, 0] }, 'y'] as const;
    assert.deepEqual(
      stretchesOf({ before: 'ab', keys }).map(({ head, body, after }) => [head, body, after]),
      [
        ['a', 'x', 'b'],
        ['', 'y', 'axb'],
      ],
    );
  });

  it('has every kind of key, in five languages', () => {
    const sessions = loadSessions();
    assert.equal(new Set(sessions.map(({ language }) => language)).size, 5);
    const kinds = new Set(
      sessions.flatMap(({ keys }) => keys.map((key) => (typeof key === 'string' ? 'type' : Object.keys(key).join('')))),
    );
    assert.deepEqual([...kinds].toSorted(), ['back', 'go', 'paste', 'pause', 'select', 'type']);
    for (const session of sessions) assert.notEqual(endOf(session), session.before, session.path);
  });
});

describe('the model of the benchmarks', () => {
  const stretch = { head: 'let total = ', body: 'count + rest;', after: '\nreturn total;' };

  it('knows what will be written when it does not err', () => {
    const oracle = createOracle([stretch], { errs: 0, seed: 1 });
    assert.ok(oracle.answer('let total = cou').startsWith('nt + rest;'));
  });

  it('says something else where it errs, and the truth once that is begun', () => {
    const oracle = createOracle([stretch], { errs: 1, seed: 1 });
    assert.ok(!stretch.body.startsWith(oracle.answer('let total = ').trim()));
    assert.ok(oracle.answer('let total = coun').startsWith('t + '));
  });

  it('does not finish what nobody meant to write', () => {
    const oracle = createOracle([stretch], { errs: 0, seed: 1 });
    assert.ok(!oracle.answer('let total = x').includes('count'));
    assert.equal(oracle.answer('const other = '), 'undefined;');
  });
});

it('plays a recording to its end and counts what it cost', async () => {
  const [session] = loadSessions(['json']);
  assert.ok(session);
  const server = { ttft: 40, tok: 10, slots: 1, prefillUs: 50 };
  const outcome = await replay(session, server, { errs: 0.3 });
  assert.ok(outcome.rows.length > 5 && outcome.keys > 100);
  assert.ok(outcome.asking < outcome.keys / 2);
  assert.deepEqual(outcome.looks, (await replay(session, server, { errs: 0.3 })).looks);
});
