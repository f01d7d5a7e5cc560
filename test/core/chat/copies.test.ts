import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createCopies, cutPieces, type Copies } from '../../../src/core/chat/copies.ts';
import { labelled, reveal } from '../../../src/core/label/labelled.ts';
import { fileLabel } from './conversations.ts';
import { processorTime } from '../../support/processorTime.ts';

const env = fileLabel('.env', 'device');
const open = fileLabel('src/a.ts', 'cloud');
const secret = 'BANK_API_KEY=CANARY_COPIED_VALUE\nBANK_USER=shop-backend\nBANK_URL=https://bank.example/v2\n';

function copiesOf(...texts: readonly string[]): Copies {
  const copies = createCopies([123_457, 7_654_321]);
  for (const text of texts) copies.remember(labelled(text, env));
  return copies;
}

/** Text that repeats nothing, so that what is found is no chance. */
const words = fc
  .array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 12, maxLength: 60 })
  .map((list) => list.join(' '));

describe('copies', () => {
  it('knows a copy again inside of what is asked, under the label of its document', () => {
    assert.deepEqual(copiesOf(secret).find(`Why does this fail?\n\n${secret}\nThanks!`), env);
  });

  it('knows it with other white space: indented, on one line, with other line ends', () => {
    const copies = copiesOf(secret);
    for (const changed of [
      secret.replaceAll('\n', '\r\n'),
      secret.replaceAll('\n', ' '),
      secret.replace(/^/gm, '    '),
    ])
      assert.deepEqual(copies.find(`See: ${changed}`), env);
  });

  it('knows any whole copy of at least 20 characters', () => {
    fc.assert(
      fc.property(words, words, words, fc.nat(), (copied, before, after, length) => {
        const copy = copied.slice(0, 20 + (length % (copied.length - 19))).trim();
        fc.pre(copy.length >= 20);
        assert.deepEqual(copiesOf(copy).find(`${before} ${copy} ${after}`), env);
      }),
    );
  });

  it('knows a run of 60 characters of a longer copy', () => {
    fc.assert(
      fc.property(words, fc.nat(), (copied, place) => {
        fc.pre(copied.length >= 80);
        const start = place % (copied.length - 61);
        assert.deepEqual(copiesOf(copied).find(`? ${copied.slice(start, start + 62)}`), env);
      }),
    );
  });

  it('says nothing of other texts, or of one phrase that both have', () => {
    const copies = copiesOf(secret);
    assert.equal(copies.find('What does BANK_URL mean in a file?'), undefined);
    assert.equal(copies.find('BANK_URL=https://bank.example is where it goes, is it not?'), undefined);
    assert.equal(copies.find(''), undefined);
  });

  it('does not remember what is shorter than 20 characters', () => {
    assert.equal(copiesOf('const a = 1;').find('const a = 1;'), undefined);
  });

  it('joins the labels of all copies that a text holds', () => {
    const copies = copiesOf(secret);
    const code = 'export function total(cart: Cart): number';
    copies.remember(labelled(code, open));
    assert.equal(copies.find(code)?.reach, 'cloud');
    assert.deepEqual(copies.find(`${code}\n${secret}`)?.origins.length, 2);
    assert.equal(copies.find(`${code}\n${secret}`)?.reach, 'device');
  });

  it('forgets the oldest after fifty, and keeps one however large it is', () => {
    const copies = copiesOf(secret, ...Array.from({ length: 50 }, (_, at) => `copy number ${at} of something else`));
    assert.equal(copies.find(secret), undefined);
    assert.deepEqual(copies.find('copy number 7 of something else'), env);
    const large = Array.from({ length: 90_000 }, (_, at) => `line ${at} of a log`).join('\n');
    copies.remember(labelled(large, env));
    assert.deepEqual(copies.find(large.slice(500, 700)), env);
  });

  it('takes the label that is known by now over that of the text', () => {
    const copies = createCopies([123_457, 7_654_321]);
    copies.remember(labelled(secret, env), open);
    assert.deepEqual(copies.find(secret), open);
  });

  it('looks through a long question quickly', () => {
    const copies = copiesOf(...Array.from({ length: 50 }, (_, at) => `${at} ${secret}`.repeat(20)));
    const question = 'some words that nobody has copied from anywhere '.repeat(400);
    const { took } = processorTime(() => copies.find(question));
    assert.ok(took < 200, `${took} ms`);
  });
});

describe('cutPieces', () => {
  it('puts the pieces below each other and keeps the label', () => {
    const piece = cutPieces(labelled('one\ntwo\nthree', env), [
      { start: 0, end: 3 },
      { start: 8, end: 13 },
    ]);
    assert.equal(reveal(piece), 'one\nthree');
    assert.deepEqual(piece.label, env);
  });
});
