import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { followFrom, originOf } from '../../../src/core/completion/origin.ts';
import { surroundings } from '../../../src/core/completion/spot.ts';
import { at } from '../../support/cursor.ts';

describe('a suggestion and the closers right of the cursor', () => {
  it('goes on where typing stepped over one that it says itself', () =>
    assert.equal(rest('call(█)', 'a, b);', 'call(a, b)█'), ';'));
  it('goes on where the editor has put one there', () => assert.equal(rest('call█', '(a, b);', 'call(█)'), 'a, b);'));
  it('goes on beside a quote that the editor has put there', () =>
    assert.equal(rest('from █;', '"./a.ts";', 'from "█";'), './a.ts";'));
  it('holds no longer where one is gone that was not typed', () =>
    assert.equal(rest('call(█)', 'a, b);', 'call(a█'), 'off'));
  it('holds no longer where anything but a closer is gone or has come', () => {
    assert.equal(rest('call(█, c)', 'a', 'call(█)'), 'off');
    assert.equal(rest('call(█)', 'a', 'call(█c)'), 'off');
  });
});

/** What of a suggestion made at one place is still to come at another on the same line. */
function rest(made: string, suggestion: string, now: string): string {
  const around = surroundings(at(now));
  const found = followFrom(originOf(at(made)), suggestion, { around, start: around.lineStart });
  return found.kind === 'rest' ? found.rest : found.kind;
}
