import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { originOf } from '../../../src/core/completion/origin.ts';
import type { Suggestion } from '../../../src/core/completion/suggestion.ts';
import { createSuggestionCache } from '../../../src/core/completion/suggestionCache.ts';
import { at } from '../../support/cursor.ts';

const any = (): boolean => true;

describe('createSuggestionCache', () => {
  const found = (made: string, text: string, asked: string): string | undefined => {
    const cache = createSuggestionCache();
    cache.put(suggestion(1, made, text));
    const known = cache.find(at(asked), any)[0];
    return known && (known.state === 'rest' ? known.rest : known.state);
  };
  it('finds what goes on from here', () => assert.equal(found('a = █', '1;', 'a = █'), '1;'));
  it('finds what was typed into since', () => assert.equal(found('a = █', '12;', 'a = 1█'), '2;'));
  it('finds it over several lines', () => assert.equal(found('f(█', 'x);\ng(y);', 'f(x);\ng(█'), 'y);'));
  it('knows when all was typed', () => assert.equal(found('a█', 'b', 'ab█'), 'exhausted'));
  it('knows when the typing is ahead', () => assert.equal(found('a█', 'b', 'abc█'), 'ahead'));
  it('does not find what the typing contradicts', () => assert.equal(found('a█', 'b', 'ac█'), undefined));
  it('does not find what was made for other text above', () => assert.equal(found('x\na█', 'b', 'y\na█'), undefined));
  it('does not find what was made for other text below', () =>
    assert.equal(found('a█\nfoo bar', 'b', 'a█\nother text'), undefined));
  it('does not mind closers that the editor put below', () =>
    assert.equal(found('if (x) █\nfoo bar', '{\n  y();', 'if (x) {\n  █\n}\nfoo bar'), 'y();'));
  it('does not mind a line that was indented since', () =>
    assert.equal(found('f {\n  █\n}', 'a();\n  b();', 'f {\n    a█\n}'), '();'));
  it('holds what is left of its own indentation when the user indents', () => {
    assert.equal(found('f {\n█\n}', '  a();\n  b();', 'f {\n  █\n}'), 'a();\n  b();');
    assert.equal(found('f {\n█\n}', '  a();\n  b();', 'f {\n      █\n}'), 'a();');
  });
  it('does not hold on a line that was moved out of its block', () =>
    assert.equal(found('f {\n    █\n}', 'a();', 'f {\n  █\n}'), undefined));
  it('does not mind Windows line ends', () => assert.equal(found('f(█', 'x);\ng(y);', 'f(x);\r\ng(█'), 'y);'));
  it('does not mix files', () => {
    const cache = createSuggestionCache();
    cache.put(suggestion(1, 'a█', 'b'));
    assert.deepEqual(cache.find(at('a█', { uri: 'file:///other' }), any), []);
  });
  it('prefers the newest of those that have something to say', () => {
    const cache = createSuggestionCache();
    cache.put(suggestion(1, 'a█', 'bcd'));
    cache.put(suggestion(2, 'ab█', 'xyz'));
    cache.put(suggestion(3, 'ab█', ''));
    assert.deepEqual(
      cache.find(at('ab█'), any).map(({ suggestion: { id } }) => id),
      [2, 1, 3],
    );
  });
  it('replaces a suggestion that has grown', () => {
    const cache = createSuggestionCache();
    cache.put(suggestion(1, 'a█', ''));
    cache.put(suggestion(1, 'a█', 'bc'));
    assert.deepEqual(
      cache.find(at('ab█'), any).map(({ rest }) => rest),
      ['c'],
    );
  });
  it('keeps 250 and forgets the oldest first', () => {
    const cache = createSuggestionCache(250);
    for (let id = 1; id <= 300; id++) cache.put(suggestion(id, `line${id}(█`, 'x'));
    assert.deepEqual(cache.find(at('line50(█'), any), []);
    for (let id = 51; id <= 300; id++) assert.equal(cache.find(at(`line${id}(█`), any).length, 1);
  });
  it('leaves out what does not fit', () => {
    const cache = createSuggestionCache();
    cache.put(suggestion(1, 'a█', 'b'));
    assert.deepEqual(
      cache.find(at('a█'), () => false),
      [],
    );
  });
});

function suggestion(id: number, place: string, text: string): Suggestion {
  return {
    id,
    origin: originOf(at(place)),
    made: {
      model: { backend: 'b', model: 'm' },
      reach: 'cloud',
      temperature: 0,
      explicit: false,
      standIn: false,
      lines: 'multiple',
    },
    text,
    settled: text.length,
    end: 'complete',
  };
}
