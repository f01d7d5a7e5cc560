import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plainOutline } from '../../../src/core/context/outline.ts';
import { longestPiece, longestWhole, piecesOf } from '../../../src/core/context/pieces.ts';

describe('pieces', () => {
  it('cuts at the borders of what is defined', () => {
    const lines = ['import a', 'x = 1', 'def one():', '    y()', '    z()', 'def two():', '    y()', '    w()'];
    assert.deepEqual(plainPieces(lines), [
      { start: 0, end: 2 },
      { start: 2, end: 5 },
      { start: 5, end: 8 },
    ]);
  });

  it('keeps with a definition what stands above it about it', () => {
    const lines = ['let x;', '/** What it says', ' * of it. */', '@noted', 'function one() {', '  y();', '  z();', '}'];
    assert.deepEqual(plainPieces(lines), [
      { start: 0, end: 1 },
      { start: 1, end: 8 },
    ]);
  });

  it('leaves out lone closers and blank lines at the ends', () => {
    assert.deepEqual(plainPieces(['}', '', 'call()', '']), [{ start: 2, end: 3 }]);
  });

  it('cuts a long run of lines before the statement that would not end in it', () => {
    const lines = [
      ...Array.from({ length: 5 }, (_, at) => `set${at}();`),
      'call(',
      '  one,',
      '  two,',
      ');',
      'last();',
    ];
    assert.deepEqual(plainPieces(lines), [
      { start: 0, end: 5 },
      { start: 5, end: 10 },
    ]);
  });

  it('keeps a long statement whole, unless it is too long for any piece', () => {
    const call = (parts: number) => ['call(', ...Array.from({ length: parts }, (_, at) => `  part${at},`), ');'];
    assert.deepEqual(plainPieces(call(10)), [{ start: 0, end: 12 }]);
    assert.deepEqual(plainPieces(call(20)), [
      { start: 0, end: longestWhole },
      { start: longestWhole, end: 22 },
    ]);
  });

  const line = fc.constantFrom(
    '',
    '}',
    'a = 1',
    '  b()',
    'def c():',
    '    return d',
    '{',
    'e(',
    '  f,',
    ')',
    '// g',
    '"""',
  );

  it('holds every line that says something exactly once, in order, and no piece too long', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (lines) => {
        const seen: number[] = [];
        for (const { start, end } of plainPieces(lines)) {
          assert.ok(end > start && end - start <= longestWhole);
          for (let at = start; at < end; at += 1) seen.push(at);
        }
        const saying = [...lines.keys()].filter((at) => /\w/.test(lines[at] ?? ''));
        assert.deepEqual(
          seen.filter((at) => /\w/.test(lines[at] ?? '')),
          saying,
        );
      }),
    );
  });

  it('grows long, or begins where nothing may be cut, only for want of a border', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), (borders) => {
        const lines = borders.map(() => 'a()');
        for (const { start, end } of piecesOf(lines, { definitions: [], borders })) {
          const within = borders.slice(start + 1, end);
          if (end - start > longestPiece) assert.ok(!within.slice(0, longestPiece).includes(true));
          if (start > 0 && !borders[start]) assert.ok(!borders.slice(start - longestWhole + 1, start).includes(true));
        }
      }),
    );
  });
});

function plainPieces(lines: readonly string[]) {
  return piecesOf(lines, plainOutline(lines));
}
