import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSwitches, patternOf } from '../../../src/core/completion/switches.ts';
import { parseSettings } from '../../../src/core/settings/parseSettings.ts';

const settings = (raw: Readonly<Record<string, unknown>>) => parseSettings(raw).settings.completion;
const off = (raw: Readonly<Record<string, unknown>>, path = 'src/a.ts', languageId = 'typescript') =>
  createSwitches().off(settings(raw), { languageId, path });

describe('the switches', () => {
  it('are on by themselves', () => assert.equal(off({}), undefined));
  it('go off all at once', () => assert.deepEqual(off({ 'completion.enabled': false }), { kind: 'off' }));
  it('go off for a language, and leave others on', () => {
    const raw = { 'completion.languages': { '*': true, markdown: false } };
    assert.deepEqual(off(raw, 'a.md', 'markdown'), { kind: 'language', language: 'markdown' });
    assert.equal(off(raw), undefined);
  });
  it('go off for every language but one', () => {
    const raw = { 'completion.languages': { '*': false, typescript: true } };
    assert.equal(off(raw), undefined);
    assert.equal(off(raw, 'a.py', 'python')?.kind, 'language');
  });
  for (const [pattern, path, excluded] of [
    ['*.gen.ts', 'src/deep/a.gen.ts', true],
    ['*.gen.ts', 'src/a.ts', false],
    ['src/', 'src/a.ts', true],
    ['/src/', 'packages/x/src/a.ts', false],
    ['src/**/secret.ts', 'src/a/b/secret.ts', true],
    ['docs', 'docs/guide/a.md', true],
    ['a.ts', 'SRC/A.ts', true],
  ] as const) {
    it(`"${pattern}" ${excluded ? 'leaves out' : 'keeps'} ${path}`, () => {
      const found = off({ 'completion.exclude': [pattern] }, path);
      assert.deepEqual(found, excluded ? { kind: 'excluded', pattern } : undefined);
    });
  }
  it('take a file back in, as .gitignore does', () => {
    assert.equal(off({ 'completion.exclude': ['src/*', '!src/a.ts'] }), undefined);
  });
  it('are read anew from another snapshot', () => {
    const switches = createSwitches();
    const file = { languageId: 'typescript', path: 'src/a.ts' };
    assert.ok(switches.off(settings({ 'completion.exclude': ['a.ts'] }), file));
    assert.equal(switches.off(settings({ 'completion.exclude': ['b.ts'] }), file), undefined);
  });
  it('let a path pass that no pattern can speak of', () => {
    assert.equal(off({ 'completion.exclude': ['*'] }, '../outside.ts'), undefined);
  });
});

describe('the pattern of one file', () => {
  for (const path of ['src/a.ts', 'app/[id]/page.tsx', 'odd*name?.ts', 'back\\slash.ts', 'end ', '#one.ts', '!two.ts'])
    it(`leaves out ${JSON.stringify(path)} and no file beside it`, () => {
      const raw = { 'completion.exclude': [patternOf(path)] };
      assert.equal(off(raw, path)?.kind, 'excluded');
      assert.equal(off(raw, `${path}x`), undefined);
      assert.equal(off(raw, `other/${path}`), undefined);
      assert.equal(
        off(raw, path.replace('[id]', 'i').replace('*', 'many').replace('?', 'q')) !== undefined,
        !/[[*?]/.test(path),
      );
    });
});
