import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { labelled, labelOf, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { completionPrompt, promptLabel, sharedChars } from '../../../src/core/prompt/completionPrompt.ts';
import { at } from '../../support/cursor.ts';

const budget = { prefix: 1_000, suffix: 200, context: 60 };
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
