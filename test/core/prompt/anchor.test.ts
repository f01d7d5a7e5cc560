import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { windowsAt } from '../../../src/core/prompt/anchor.ts';
import { at } from '../../support/cursor.ts';

const budget = { prefix: 60, suffix: 30, context: 0, most: 1_000, charsPerToken: 3 };

describe('windowsAt', () => {
  it('takes all that stands before the cursor while it fits', () =>
    assert.equal(windowsAt(at('one\ntwo█'), undefined, budget).prefix, 'one\ntwo'));
  it('starts a window that was cut at a line', () => {
    const { prefix } = windowsAt(at(`${'a'.repeat(50)}\nshort\n${'b'.repeat(20)}█`), undefined, budget);
    assert.equal(prefix, `short\n${'b'.repeat(20)}`);
  });
  it('keeps its start while the text grows, then moves by a third', () => {
    const line = 'twelve chars';
    const starts = Array.from({ length: 24 }, (_, i) => i + 1).reduce<{
      starts: number[];
      anchor?: ReturnType<typeof windowsAt>['anchor'];
    }>(
      ({ starts, anchor }, count) => {
        const windows = windowsAt(at(`${`${line}\n`.repeat(count)}█`), anchor, budget);
        return { starts: [...starts, windows.start], anchor: windows.anchor };
      },
      { starts: [] },
    ).starts;
    const moves = starts.filter((start, index) => index > 0 && start !== starts[index - 1]);
    assert.ok(moves.length <= 12, `${moves.length} moves in 24 lines`);
    for (const [index, start] of starts.entries()) assert.ok((index + 1) * 13 - start <= budget.prefix);
  });
  it('finds its start again after an edit above it', () => {
    const body = Array.from({ length: 9 }, (_, i) => `line number ${i}\n`).join('');
    const first = windowsAt(at(`${body}█`), undefined, budget);
    const second = windowsAt(at(`// a new first line\n${body}█`), first.anchor, budget);
    assert.equal(second.prefix, first.prefix);
  });
  it('freezes what stands below until its first lines change', () => {
    const below = '\nalpha\nbeta\ngamma\ndelta';
    const first = windowsAt(at(`x█${below}`), undefined, budget);
    const typed = windowsAt(at(`xyz█${below}`), first.anchor, budget);
    assert.equal(typed.suffix, first.suffix);
    const edited = windowsAt(at('xyz█\nalpha\nBETA\ngamma'), typed.anchor, budget);
    assert.ok(edited.suffix.includes('BETA'));
  });
  it('keeps what stands below as it was though something is added farther down, or more of it would fit', () => {
    const first = windowsAt(at('x█\nalpha\nbeta\ngamma\ndelta'), undefined, budget);
    const farther = windowsAt(at('xy█\nalpha\nbeta\ngamma\nnew\ndelta\nmore'), first.anchor, budget);
    const roomier = windowsAt(at('xyz█\nalpha\nbeta\ngamma\nnew\ndelta\nmore'), farther.anchor, {
      ...budget,
      suffix: 90,
    });
    assert.deepEqual([farther.suffix, roomier.suffix], [first.suffix, first.suffix]);
  });
  it('sends nothing of what stood below and was taken out or changed, however far down', () => {
    const wide = { ...budget, suffix: 60 };
    const first = windowsAt(at('x█\nalpha\nbeta\ngamma\nword = CANARY_GONE'), undefined, wide);
    assert.ok(first.suffix.includes('CANARY'));
    for (const now of ['', '\nword = 1', '\nword = 1\nmore'])
      assert.equal(windowsAt(at(`x█\nalpha\nbeta\ngamma${now}`), first.anchor, wide).suffix.includes('CANARY'), false);
  });
  it('cuts what stands below at a line', () =>
    assert.equal(windowsAt(at('█\nshort one\nanother quite long line'), undefined, budget).suffix, '\nshort one\n'));
  it('writes line ends as the models know them', () => {
    const { prefix, suffix } = windowsAt(at('a\r\nb█\r\nc\r\n'), undefined, budget);
    assert.deepEqual([prefix, suffix], ['a\nb', '\nc\n']);
  });
  it('never goes over its budget by more than the cursor line', () =>
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z ]{0,30}$/), { maxLength: 60 }), fc.nat(), (lines, where) => {
        const text = lines.join('\n');
        const cut = text.length === 0 ? 0 : where % text.length;
        const { prefix, suffix } = windowsAt(at(`${text.slice(0, cut)}█${text.slice(cut)}`), undefined, budget);
        assert.ok(prefix.length <= budget.prefix && text.slice(0, cut).endsWith(prefix));
        assert.ok(suffix.length <= budget.suffix + 31);
      }),
    ));
});
