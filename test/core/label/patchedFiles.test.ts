import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { patchedPaths, withPatchedFiles } from '../../../src/core/label/patchedFiles.ts';
import type { Resource } from '../../../src/core/label/resource.ts';

describe('the files that a patch quotes', () => {
  const rows: readonly (readonly [title: string, text: string, held: readonly string[]])[] = [
    ['git', 'diff --git a/.env b/.env\nindex 1..2\n--- a/.env\n+++ b/.env\n', ['.env']],
    ['a rename', 'diff --git a/.env b/x.txt\nrename from .env\nrename to x.txt\n', ['.env', 'x.txt']],
    ['names with spaces', 'diff --git a/my key.pem b/my key.pem\nBinary files differ\n', ['my key.pem']],
    ['names in octal', 'diff --git "a/caf\\303\\251.key" "b/caf\\303\\251.key"\n', ['café.key']],
    ['a file that was deleted', '--- a/secrets/x\t2026-01-01\n+++ /dev/null\n', ['secrets/x']],
    ['other prefixes', '--- c/.env\n+++ w/.env\n', ['.env']],
    ['no prefix', '--- .env\n+++ .env\n', ['.env']],
    ['a folder that is called like a prefix', '--- a/a/.env\n', ['a/.env']],
    ['svn', 'Index: config/.env\n====\n', ['config/.env']],
    ['context diffs', '*** old/.env\t2026\n--- new/.env\t2026\n', ['old/.env', 'new/.env']],
    ['paths that climb', '--- a/../.env\n', ['.env']],
    ['merges', 'diff --cc .env\n', ['.env']],
    ['line ends of Windows', '--- a/.env\r\n+++ b/.env\r\n', ['.env']],
  ];
  for (const [title, text, held] of rows) {
    test(title, () => {
      const paths = patchedPaths(text);
      for (const path of held) assert.ok(paths.includes(path), `${path} in ${JSON.stringify(paths)}`);
      assert.ok(!paths.includes('/dev/null') && !paths.includes('dev/null'));
    });
  }
});

const folder = 'file:///w';
const resource = (path: string): Resource => ({
  uri: `${folder}/${path}`,
  display: path,
  names: [{ kind: 'path', path, folder }],
});

test('a patch goes by the names of its files as well, whatever it is called', () => {
  const patch = 'diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n+A=CANARY_1\n';
  for (const path of ['x.patch', 'notes.txt']) {
    const { names } = withPatchedFiles(resource(path), patch);
    assert.ok(
      names.some((name) => name.path === '.env' && name.folder === folder),
      path,
    );
    assert.equal(names[0]?.path, path);
  }
});

test('another text keeps its names', () => {
  const code = resource('a.ts');
  assert.equal(withPatchedFiles(code, 'export const a = 1;\n'), code);
});
