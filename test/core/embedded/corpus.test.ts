import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compacted } from '../../../src/core/embedded/compact.ts';
import { createCorpus, type Corpus } from '../../../src/core/embedded/corpus.ts';
import { isBreak } from '../../../src/core/embedded/vocabulary.ts';
import { vote } from '../../../src/core/embedded/vote.ts';
import { productLabel } from '../../../src/core/label/labelled.ts';

const lines = fc.array(fc.constantFrom('', 'a = b', '  if (c) {', '    d(e)', '  }', 'return f', 'a = g'), {
  maxLength: 60,
});

describe('corpus', () => {
  it('holds exactly the words of the newest text, however it came there', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 12 }), (versions) => {
        const corpus = createCorpus(100_000);
        for (const version of versions) {
          const text = version.join('\n');
          corpus.put('file', text, productLabel);
          assert.deepEqual(
            wordsOf(corpus, 'file'),
            text.split(/\s+|(?=[(){])|(?<=[(){])/).filter((word) => word !== ''),
          );
        }
      }),
    );
  });

  it('finds no place twice and none that was erased, whatever was typed in which file', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('x', 'y'), lines), { minLength: 1, maxLength: 12 }), (writes) => {
        const corpus = createCorpus(100_000);
        for (const [uri, version] of writes) corpus.put(uri, version.join('\n'), productLabel);
        const context = ['a', '='].map((word) => corpus.vocabulary.find(word));
        const nominees = vote(corpus.arena, { context, here: -1, mayMatch: () => 32, fits: () => true });
        const texts = new Map(writes.map(([uri, version]) => [uri, version]));
        const expected = [...texts.values()].flat().filter((line) => line.startsWith('a = ')).length;
        assert.equal(
          nominees.reduce((sum, nominee) => sum + nominee.places, 0),
          expected,
        );
      }),
    );
  });

  it('does not grow while one line is typed', () => {
    const corpus = createCorpus(100_000);
    const above = 'first();\nsecond();\n';
    const line = 'const answer = compute(a, b, c);';
    corpus.put('file', above + 'c', productLabel);
    const room = corpus.arena.length;
    for (let end = 1; end <= line.length; end += 1) corpus.put('file', above + line.slice(0, end), productLabel);
    assert.ok(corpus.arena.length < room + 40, `${corpus.arena.length} places after ${room}`);
  });

  it('refuses what does not fit and stays as it was', () => {
    const corpus = createCorpus(6_000);
    assert.equal(corpus.put('small', 'a = b', productLabel), true);
    assert.equal(corpus.put('large', 'a = b\n'.repeat(2_000), productLabel), false);
    assert.deepEqual(wordsOf(corpus, 'small'), ['a', '=', 'b']);
  });

  it('keeps texts and order of the files that stay when it is compacted', () => {
    const corpus = createCorpus(100_000);
    for (let version = 0; version < 20; version += 1) {
      corpus.put('x', `one(${version});\ntwo(${version});\n`.repeat(50), productLabel);
    }
    corpus.put('y', 'three();\n', productLabel);
    const small = compacted(corpus, 100_000, 100_000);
    assert.deepEqual(wordsOf(small, 'x'), wordsOf(corpus, 'x'));
    assert.deepEqual(wordsOf(small, 'y'), ['three', '(', ')', ';']);
    assert.ok(small.arena.length < corpus.arena.length / 5);
    assert.ok(small.vocabulary.size() < corpus.vocabulary.size());
  });
});

function wordsOf(corpus: Corpus, uri: string): readonly string[] {
  const file = corpus.find(uri);
  assert.ok(file);
  const words: string[] = [];
  for (const [line, start] of file.starts.entries()) {
    if (start < 0) continue;
    const tokens = [...corpus.arena.tokens.subarray(start, file.ends[line])];
    assert.ok(isBreak(tokens[0] ?? 0));
    words.push(...tokens.slice(1).map((token) => corpus.vocabulary.word(token)));
  }
  return words;
}
