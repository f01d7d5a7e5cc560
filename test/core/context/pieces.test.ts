import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { definitionsIn } from '../../../src/core/context/definitions.ts';
import { longestPiece, piecesOf } from '../../../src/core/context/pieces.ts';

describe('pieces', () => {
  it('cuts at the borders of what is defined', () => {
    const lines = ['import a', 'x = 1', 'def one():', '    y()', '    z()', 'def two():', '    y()', '    w()'];
    assert.deepEqual(piecesOf(lines, definitionsIn(lines)), [
      { start: 0, end: 2 },
      { start: 2, end: 5 },
      { start: 5, end: 8 },
    ]);
  });

  it('leaves out lone closers and blank lines at the ends', () => {
    const lines = ['}', '', 'call()', ''];
    assert.deepEqual(piecesOf(lines, []), [{ start: 2, end: 3 }]);
  });

  it('holds every line that says something exactly once, in order, and no piece too long', () => {
    const line = fc.constantFrom('', '}', 'a = 1', '  b()', 'def c():', '    return d', '{');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (lines) => {
        const seen: number[] = [];
        for (const { start, end } of piecesOf(lines, definitionsIn(lines))) {
          assert.ok(end > start && end - start <= longestPiece);
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
});
