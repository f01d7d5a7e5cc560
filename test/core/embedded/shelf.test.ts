import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compacted } from '../../../src/core/embedded/compact.ts';
import { createShelf, type Shelf } from '../../../src/core/embedded/shelf.ts';
import { isBreak } from '../../../src/core/embedded/vocabulary.ts';
import { vote } from '../../../src/core/embedded/vote.ts';
import { productLabel } from '../../../src/core/label/labelled.ts';

const lines = fc.array(fc.constantFrom('', 'a = b', '  if (c) {', '    d(e)', '  }', 'return f', 'a = g'), {
  maxLength: 60,
});

describe('shelf', () => {
  it('holds exactly the words of the newest text, however it came there', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 12 }), (versions) => {
        const shelf = createShelf(100_000);
        for (const version of versions) {
          const text = version.join('\n');
          shelf.put('file', text, productLabel);
          assert.deepEqual(
            wordsOf(shelf, 'file'),
            text.split(/\s+|(?=[(){])|(?<=[(){])/).filter((word) => word !== ''),
          );
        }
      }),
    );
  });

  it('finds no place twice and none that was erased, whatever was typed in which file', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('x', 'y'), lines), { minLength: 1, maxLength: 12 }), (writes) => {
        const shelf = createShelf(100_000);
        for (const [uri, version] of writes) shelf.put(uri, version.join('\n'), productLabel);
        const context = ['a', '='].map((word) => shelf.vocabulary.find(word));
        const tallies = vote(shelf.arena, { context, here: -1, reachOf: () => 32, fits: () => true });
        const texts = new Map(writes.map(([uri, version]) => [uri, version]));
        const expected = [...texts.values()].flat().filter((line) => line.startsWith('a = ')).length;
        assert.equal(
          tallies.reduce((sum, tally) => sum + tally.places, 0),
          expected,
        );
      }),
    );
  });

  it('does not grow while one line is typed', () => {
    const shelf = createShelf(100_000);
    const above = 'first();\nsecond();\n';
    const line = 'const answer = compute(a, b, c);';
    shelf.put('file', above + 'c', productLabel);
    const room = shelf.arena.length;
    for (let end = 1; end <= line.length; end += 1) shelf.put('file', above + line.slice(0, end), productLabel);
    assert.ok(shelf.arena.length < room + 40, `${shelf.arena.length} places after ${room}`);
  });

  it('refuses what does not fit and stays as it was', () => {
    const shelf = createShelf(6_000);
    assert.equal(shelf.put('small', 'a = b', productLabel), true);
    assert.equal(shelf.put('large', 'a = b\n'.repeat(2_000), productLabel), false);
    assert.deepEqual(wordsOf(shelf, 'small'), ['a', '=', 'b']);
  });

  it('keeps texts and order of the files that stay when it is compacted', () => {
    const shelf = createShelf(100_000);
    for (let version = 0; version < 20; version += 1) {
      shelf.put('x', `one(${version});\ntwo(${version});\n`.repeat(50), productLabel);
    }
    shelf.put('y', 'three();\n', productLabel);
    const small = compacted(shelf, 100_000, 100_000);
    assert.deepEqual(wordsOf(small, 'x'), wordsOf(shelf, 'x'));
    assert.deepEqual(wordsOf(small, 'y'), ['three', '(', ')', ';']);
    assert.ok(small.arena.length < shelf.arena.length / 5);
    assert.ok(small.vocabulary.size() < shelf.vocabulary.size());
  });
});

function wordsOf(shelf: Shelf, uri: string): readonly string[] {
  const file = shelf.find(uri);
  assert.ok(file);
  const words: string[] = [];
  for (const [line, start] of file.starts.entries()) {
    if (start < 0) continue;
    const tokens = [...shelf.arena.tokens.subarray(start, file.ends[line])];
    assert.ok(isBreak(tokens[0] ?? 0));
    words.push(...tokens.slice(1).map((token) => shelf.vocabulary.word(token)));
  }
  return words;
}
