import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createReadOnly, type ReadOnly } from '../../../src/vscode/completion/readOnly.ts';
import { editor, FilePermission, Uri, workspace } from '../../support/vscode.ts';

describe('what cannot be edited', () => {
  const files = { stats: 0, permissions: new Map<string, number>(), writable: new Map<string, boolean>() };
  const fs = {
    isWritableFileSystem: (scheme: string) => files.writable.get(scheme),
    stat: async (uri: Uri) => {
      files.stats += 1;
      if (uri.path.includes('gone')) throw new Error('no such file');
      return { permissions: files.permissions.get(uri.path) };
    },
  };
  beforeEach(() => {
    files.stats = 0;
    files.permissions.clear();
    files.writable.clear();
    Object.assign(workspace, { fs, workspaceFolders: [{ uri: { path: '/work' } }] });
  });
  afterEach(() => {
    Reflect.deleteProperty(workspace, 'fs');
    editor.reset();
  });

  it('is not a file on disk, and nobody looks at its permissions', () => {
    assert.equal(createReadOnly().has(documentAt('file:///work/src/a.ts')), false);
    assert.equal(files.stats, 0);
  });
  it('is every document of a file system that cannot be written to', () => {
    files.writable.set('vscode-vfs', false);
    assert.equal(createReadOnly().has(documentAt('vscode-vfs://github/a.ts')), true);
  });
  it("is what the editor's settings say, by patterns below the folder and by whole paths", () => {
    const listed = (uri: string): boolean => createReadOnly().has(documentAt(uri));
    editor.configuration.set('files.readonlyInclude', {
      'vendor/**': true,
      '**/*.lock': true,
      '/etc/**': true,
      '**/off': false,
    });
    assert.equal(listed('file:///work/vendor/lib/a.ts'), true);
    assert.equal(listed('file:///work/deep/yarn.lock'), true);
    assert.equal(listed('file:///etc/hosts'), true);
    assert.equal(listed('file:///work/src/vendor/a.ts'), false);
    assert.equal(listed('file:///work/off'), false);
    editor.configuration.set('files.readonlyExclude', { 'vendor/mine/**': true });
    assert.equal(listed('file:///work/vendor/mine/a.ts'), false);
  });
  it('is what its file says where no disk is behind it, and everything there until it has said so', async () => {
    const readOnly = createReadOnly();
    const [free, locked, gone] = [
      documentAt('memfs:///free.ts'),
      documentAt('memfs:///locked.ts'),
      documentAt('memfs:///gone.ts'),
    ];
    files.permissions.set('/locked.ts', FilePermission.Readonly);
    const all = (): readonly boolean[] => [free, locked, gone].map((document) => readOnly.has(document));
    assert.deepEqual(all(), [true, true, true]);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(all(), [false, true, false]);
    assert.equal(files.stats, 3);
  });
  it('is nothing in which the editor has asked for a suggestion', () => {
    editor.configuration.set('files.readonlyInclude', { '**': true });
    const readOnly = createReadOnly();
    const [one, other] = [documentAt('file:///work/a.ts'), documentAt('file:///work/b.ts')];
    readOnly.edited(one);
    assert.deepEqual([readOnly.has(one), readOnly.has(other)], [false, true]);
  });
});

// The adapter is compiled against the editor's own types; of a document only its URI is looked at.
function documentAt(uri: string): Parameters<ReadOnly['has']>[0] {
  return { uri: Uri.parse(uri) } as unknown as Parameters<ReadOnly['has']>[0];
}
