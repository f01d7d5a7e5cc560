import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { commentLeader } from '../../../../src/core/completion/syntax.ts';
import { at } from '../../../support/cursor.ts';
import { samples } from '../fixtures/samples.ts';

const languages = samples.map(({ languageId }) => languageId);
const ends: Readonly<Record<string, string>> = { html: ' -->', markdown: ' -->', css: ' */' };
const remark = (languageId: string, words: string): string =>
  `${commentLeader(languageId)} ${words}${ends[languageId] ?? ''}`;
const code = 'call(one, two)';

describe('what belongs to no place in this file', () => {
  for (const languageId of languages) {
    const text = (raw: string, marked = 'start(here, now)\n\n█\n') =>
      clean(raw, placeOf(at(marked, { languageId })), { done: true }).text;

    it(`is a licence — ${languageId}`, () => {
      const licence = `${remark(languageId, 'SPDX-License-Identifier: MIT')}\n${code}\n`;
      assert.equal(text(licence), '');
      assert.equal(text(`${remark(languageId, 'Copyright (c) 2020 Somebody')}\n${code}\n`), '');
      assert.notEqual(text(licence, `${remark(languageId, 'Copyright (c) 2020 Somebody')}\n█\n`), '', 'asked for');
    });
    it(`is a file’s name at the top — ${languageId}`, () =>
      assert.equal(text(`${remark(languageId, 'src/lib/other.ext')}\n${code}`), code));
    it(`is another file, by its name — ${languageId}`, () =>
      assert.equal(text(`${code}\n${remark(languageId, 'src/lib/other.ext')}\n${code}\n`), code));
    it(`is not a remark that tells of a file — ${languageId}`, () => {
      const said = `${remark(languageId, 'see other.ext for more')}\n${code}`;
      assert.equal(text(said), said);
    });
  }
});
