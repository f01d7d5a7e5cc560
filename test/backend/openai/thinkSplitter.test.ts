import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createThinkSplitter, opensThinking } from '../../../src/backend/openai/thinkSplitter.ts';

/** Splits the text given in pieces; thinking in brackets, then the answer. */
function split(pieces: readonly string[], opened = false): string {
  const splitter = createThinkSplitter({ opened });
  const parts = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  const join = (kind: string): string => parts.flatMap((each) => (each.kind === kind ? [each.text] : [])).join('');
  return `[${join('reasoning')}]${join('delta')}`;
}

describe('createThinkSplitter', () => {
  for (const [name, pieces, expected] of [
    ['plain text', ['Four.'], '[]Four.'],
    ['thinking first', ['<think>2+2</think>\n\nFour.'], '[2+2]Four.'],
    ['white space before the tag', ['\n', ' <think>2+2</think>Four.'], '[2+2]Four.'],
    ['tags cut anywhere', ['<thi', 'nk>2+', '2</', 'thi', 'nk>', '\n', '\nFour.'], '[2+2]Four.'],
    ['something that only begins like a tag', ['<thin', ' ice'], '[]<thin ice'],
    ['something that only ends like a tag', ['<think>a </b', ' c</think>d'], '[a </b c]d'],
    ['a tag later in the answer', ['See <think>x</think>.'], '[]See <think>x</think>.'],
    ['an end inside thinking', ['<think>2+'], '[2+]'],
    ['an end inside a tag', ['<thi'], '[]<thi'],
    ['empty thinking', ['<think></think>', 'Four.'], '[]Four.'],
    ['leading new lines without thinking', ['\n\n', 'Four.'], '[]\n\nFour.'],
  ] as const)
    it(`reads ${name}`, () => assert.equal(split(pieces), expected));

  for (const [name, pieces, expected] of [
    ['only the closing tag', ['2+2</th', 'ink>\n\nFour.'], '[2+2]Four.'],
    ['both tags all the same', ['<think>2+2</think>Four.'], '[2+2]Four.'],
  ] as const)
    it(`reads ${name} where the template opens`, () => assert.equal(split(pieces, true), expected));

  it('takes everything for the answer when an opened thought never closes', () =>
    assert.equal(split(['Fo', 'ur.'], true), '[Four.]Four.'));

  it('gives the same wherever the text is cut', () =>
    fc.assert(
      fc.property(
        fc.string(),
        fc.string().filter((text) => !text.includes('<')),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (thought, answer, cuts) => {
          const text = `<think>${thought.replaceAll('<', '')}</think>x${answer}`;
          const places = [0, ...cuts.filter((at) => at < text.length).toSorted((a, b) => a - b), text.length];
          const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
          assert.equal(split(pieces), split([text]));
        },
      ),
    ));
});

describe('opensThinking', () => {
  for (const [model, opens] of [
    ['deepseek/deepseek-r1', true],
    ['deepseek-r1:7b', true],
    ['qwq:32b', true],
    ['acme/large-thinking', true],
    ['qwen2.5-coder', false],
    ['r1x', false],
  ] as const)
    it(`is ${opens} for ${model}`, () => assert.equal(opensThinking(model), opens));
});
