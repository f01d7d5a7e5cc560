import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { follow } from '../../../src/core/completion/follow.ts';

describe('follow', () => {
  const rest = (suggestion: string, typed: string): string => {
    const found = follow(suggestion, typed);
    return found.kind === 'rest' ? found.rest : found.kind;
  };
  it('gives what is still to come', () => assert.equal(rest('ne = 0;', 'ne'), ' = 0;'));
  it('gives all of it before a key', () => assert.equal(rest('ne = 0;', ''), 'ne = 0;'));
  it('gives nothing more when all is typed', () => assert.equal(rest('ne', 'ne'), ''));
  it('lets go where the typing differs', () => assert.equal(rest('sum = 0;', 't'), 'off'));
  it('waits where the typing went further than the model', () => assert.equal(rest('le', 'let'), 'ahead'));
  it('waits before the first piece', () => assert.equal(rest('', 'let'), 'ahead'));
  it('follows over a line break that the editor indents', () => assert.equal(rest('a;\n  b;', 'a;\n  '), 'b;'));
  it('gives the indentation that the editor left out', () => assert.equal(rest('a;\n    b;', 'a;\n  '), '  b;'));
  it('takes a tab for the spaces it stands for', () => assert.equal(rest('a;\n    b;', 'a;\n\t'), 'b;'));
  it('lets go where the suggestion goes on further left than the cursor', () =>
    assert.equal(rest('a;\n}', 'a;\n  '), 'off'));
  it('does not mind other indentation of a line with text', () => assert.equal(rest('a;\n    bc', 'a;\n  b'), 'c'));
  it('waits on a new line of which nothing is there yet', () => assert.equal(rest('a;\n', 'a;\n  '), 'ahead'));
  it('lets go at a line break that the suggestion does not have', () => assert.equal(rest('a; b', 'a;\n'), 'off'));
  it('agrees with any beginning of itself', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ;{}\n]{0,60}$/), fc.nat(60), (text, length) => {
        const typed = text.slice(0, length);
        const found = follow(text, typed);
        assert.notEqual(found.kind, 'off');
        if (found.kind === 'rest') assert.equal(typed + found.rest, text);
      }),
    ));
});
