import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { fimFamilies, templateOf } from '../../../../src/core/prompt/fimFamilies.ts';
import { at } from '../../../support/cursor.ts';

describe('a control word', () => {
  for (const family of fimFamilies)
    it(`of ${family} ends the text, and the model`, () => {
      const { stop } = templateOf(family);
      assert.ok(stop.length >= 4);
      for (const word of stop.map((each) => each.trim()).filter((each) => each !== beginning))
        assert.deepEqual(cleaned(`done();${word}`), { text: 'done();', settled: 7, ended: true }, word);
    });
  it('goes with all that follows it', () => assert.equal(cleaned('done();<|im_end|>\nmore();\n').text, 'done();'));
  for (const text of ['names[PREFIX];', 'a(b)[c][INST];', 'usage("cat <filename>");', 'list<s>();', 'x = <T,>() => y;'])
    it(`is none in ${text}`, () => assert.deepEqual([cleaned(text).text, cleaned(text).ended], [text, false]));
  it('is left alone where control words are what the code is about', () => {
    const text = "'<|fim_suffix|>';";
    assert.equal(cleaned(text, "const prefix = '<|fim_prefix|>';\nconst suffix = █\n").text, text);
  });
});

/** What a text begins with for some tokenizers; none says it in the middle of one, and HTML and generics do. */
const beginning = '<s>';

describe('a fence', () => {
  it('around an answer goes, and what comes after it', () =>
    assert.equal(cleaned('```ts\ndone();\n```\nThis calls `done`.').text, 'done();'));
  it('is text like any other in Markdown', () => {
    const text = '```sh\nmake\n```\n';
    assert.equal(cleaned(text, 'Build it:\n\n█', 'markdown').text, text);
  });
});

function cleaned(raw: string, text = 'start();\n█\n', languageId = 'typescript') {
  return clean(raw, placeOf(at(text, { languageId })), { done: false });
}
