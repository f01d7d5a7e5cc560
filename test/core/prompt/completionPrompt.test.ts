import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labelled, labelOf, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { completionPrompt, promptLabel, sharedChars } from '../../../src/core/prompt/completionPrompt.ts';
import { at } from '../../support/cursor.ts';

const budget = { prefix: 1_000, suffix: 200, context: 60, most: 10_000, charsPerToken: 3 };
const options = { maxTokens: 64 };

describe('completionPrompt', () => {
  it('puts context first and marks the file’s own parts as required', () => {
    const context = [{ title: 'src/b.ts', text: labelled('b', productLabel) }];
    const { prompt } = completionPrompt({ spot: at('a█c'), context, anchor: undefined, budget }, 'completion', options);
    assert.deepEqual(
      prompt.parts.map(({ role, required, text }) => [role, required, reveal(text)]),
      [
        ['context', false, 'b'],
        ['prefix', true, 'a'],
        ['suffix', true, 'c'],
      ],
    );
  });
  it('leaves out context that does not fit, and only that', () => {
    const context = ['x'.repeat(30), 'y'.repeat(30), 'z'.repeat(10)].map((text) => ({
      title: text[0] ?? '',
      text: labelled(text, productLabel),
    }));
    const { prompt } = completionPrompt({ spot: at('█'), context, anchor: undefined, budget }, 'completion', options);
    assert.deepEqual(
      prompt.parts.filter(({ role }) => role === 'context').map(({ title }) => title),
      ['x', 'z'],
    );
  });
  it('labels each part with where it came from', () => {
    const near = labelOf([{ provenance: { kind: 'typed' }, reach: 'device', rules: [] }]);
    const context = [{ title: 'other', text: labelled('o', productLabel) }];
    const { prompt } = completionPrompt(
      { spot: at('a█', { label: near }), context, anchor: undefined, budget },
      'completion',
      options,
    );
    assert.deepEqual(
      prompt.parts.map(({ text }) => text.label.reach),
      ['cloud', 'device', 'device'],
    );
    assert.equal(promptLabel(prompt).reach, 'device');
  });
  it('says which lines the prefix holds', () => {
    const { prompt } = completionPrompt(
      { spot: at('1\n2\n3█\n4'), context: [], anchor: undefined, budget },
      'completion',
      options,
    );
    assert.equal(prompt.parts[0]?.title, 'src/sample.ts:1-3');
  });
});

describe('completionPrompt, the second time', () => {
  const pieces = ['x', 'y'].map((title) => ({ title, text: labelled(title.repeat(30), productLabel) }));
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, at) => `const a${100 + from + at} = 1;\n`).join('');
  const wide = { prefix: 1_100, suffix: 200, context: 80, most: 10_000, charsPerToken: 3 };
  const half = { prefix: 500, suffix: 100, context: 40, most: 10_000, charsPerToken: 3 };
  const after = (text: string, before = wide) => {
    const plan = { spot: at(`${lines(0, 60)}let x█\nend`), context: pieces, budget: before, anchor: undefined };
    const { anchor } = completionPrompt(plan, 'completion', options);
    return (change: Partial<Parameters<typeof completionPrompt>[0]>): readonly string[] => {
      const again = { ...plan, spot: at(text), anchor, ...change };
      return completionPrompt(again, 'completion', options).prompt.parts.map((part) => reveal(part.text));
    };
  };
  const same = `${lines(0, 60)}let x█\nend`;
  const [x, y] = pieces.map(({ text }) => reveal(text));

  it('goes on by the budget that it began with, which costs nothing more', () =>
    assert.deepEqual(after(same)({ budget: half }), [x, y, `${lines(0, 60)}let x`, '\nend']));
  it('goes on so with the next key', () =>
    assert.deepEqual(after(`${lines(0, 60)}let xy█\nend`)({ budget: half }).slice(0, 3), [
      x,
      y,
      `${lines(0, 60)}let xy`,
    ]));
  it('goes on so where a piece has only moved within its file', () => {
    const moved = pieces.map(({ title, text }) => ({ title: `${title}:7-9`, text }));
    assert.deepEqual(after(same)({ budget: half, context: moved }), [x, y, `${lines(0, 60)}let x`, '\nend']);
  });
  it('takes a new budget where the pieces before it change in any case', () => {
    const [first, prefix] = after(same)({ budget: half, context: pieces.slice(1) });
    assert.deepEqual([first, prefix?.startsWith('const a100')], [y, false]);
  });
  it('takes a new budget where the window moves in any case', () => {
    const [first, prefix = ''] = after(`${lines(0, 120)}let x█\nend`)({ budget: half });
    assert.deepEqual([first, prefix.length <= 500], [x, true]);
  });
  it('takes one that is far smaller, or far larger', () => {
    const less = after(same)({ budget: { prefix: 300, suffix: 60, context: 40, most: 10_000, charsPerToken: 3 } });
    assert.deepEqual([less.length, (less[1] ?? '').length <= 300], [3, true]);
    assert.equal(
      after(same, half)({ budget: { prefix: 2_000, suffix: 300, context: 80, most: 10_000, charsPerToken: 3 } }).length,
      4,
    );
  });
  it('takes the one by which the prompt fits the window', () => {
    const least = after(same)({ budget: { ...half, most: 1_200 } });
    assert.deepEqual([least.length, (least[1] ?? '').length <= 500], [3, true]);
  });
});

describe('completionPrompt, ahead of need', () => {
  const plan = { spot: at('one\ntw█o\nthree'), context: [], anchor: undefined, budget };
  const parts = (again: Partial<Parameters<typeof completionPrompt>[0]>): readonly string[] =>
    completionPrompt({ ...plan, ...again }, 'warm', options).prompt.parts.map((part) => reveal(part.text));

  it('goes on past the cursor where nobody has written yet', () => {
    const { anchor } = completionPrompt(plan, 'warm', options);
    assert.deepEqual(
      [parts({}), parts({ anchor })],
      [
        ['one\ntwo\nthree', ''],
        ['one\ntwo\nthree', ''],
      ],
    );
  });
  it('ends at the cursor where somebody writes, also the time after', () => {
    const { anchor } = completionPrompt(plan, 'completion', options);
    const { anchor: next } = completionPrompt({ ...plan, anchor }, 'warm', options);
    assert.deepEqual(
      [parts({ anchor }), parts({ anchor: next })],
      [
        ['one\ntw', ''],
        ['one\ntw', ''],
      ],
    );
  });
});

describe('sharedChars', () => {
  it('counts the beginning that two prompts have in common', () => {
    const build = (text: string) =>
      completionPrompt({ spot: at(text), context: [], anchor: undefined, budget }, 'completion', options).prompt;
    assert.deepEqual(sharedChars(build('let a█\nend'), build('let a = b█\nend'), 'prefix-first'), {
      shared: 5,
      total: 13,
    });
    assert.equal(sharedChars(build('let a█\nend'), build('let a = b█\nend'), 'suffix-first').shared, 9);
  });
});
