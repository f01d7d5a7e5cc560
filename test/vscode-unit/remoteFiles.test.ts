import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Resource } from '../../src/core/label/resource.ts';
import { createPolicyKeeper, type PolicyKeeper } from '../../src/core/policy/keeper.ts';
import { createIdentify } from '../../src/node/identify.ts';
import { createElsewhere } from '../../src/vscode/elsewhere.ts';
import { createEditorPolicyReader } from '../../src/vscode/policy/files.ts';
import { workspace } from '../support/vscode.ts';
import { disk, FileType, remoteWorkspace, Uri } from '../support/vscodeFiles.ts';

const folder = 'vscode-remote://ssh-remote%2Bdesk/w';
const signal = new AbortController().signal;
const open = '{ "version": 1, "reach": "cloud" }';
const strict = '{ "version": 1, "rules": [{ "id": "a", "files": ["*"], "reach": "device" }] }';

const ofOthers = { ...workspace };

/** Only these tests have a remote machine; the fake editor of the others has none. */
function openFolder(): void {
  disk.reset();
  disk.folders = [{ uri: Uri.parse(folder) }];
  Object.assign(workspace, remoteWorkspace, { workspaceFolders: disk.folders });
}

function closeFolder(): void {
  for (const name of Object.keys(remoteWorkspace)) Reflect.deleteProperty(workspace, name);
  Object.assign(workspace, ofOthers);
}

function put(path: string, text = '', type: number = FileType.File): void {
  disk.files.set(`${folder}/${path}`, { type, text });
}

const link = FileType.SymbolicLink | FileType.File;
const folderLink = FileType.SymbolicLink | FileType.Directory;

describe('a file that only the editor can reach', () => {
  beforeEach(openFolder);
  afterEach(closeFolder);
  let now = 0;
  function look() {
    const identify = createIdentify({
      editorFolders: [],
      hardLinks: { namesOf: () => Promise.resolve([]), forget: () => undefined },
      renames: { before: () => Promise.resolve([]), forget: () => undefined },
      elsewhere: createElsewhere(() => now),
    });
    return (uri: string): Promise<Resource> => identify(uri, [folder]);
  }
  const doubtOf = async (path: string): Promise<string | undefined> => (await look()(`${folder}/${path}`)).doubt;

  test('goes by its name where neither it nor a folder above it is a link', async () => {
    put('src/a.ts');
    assert.equal(await doubtOf('src/a.ts'), undefined);
    assert.equal(await doubtOf('src/new.ts'), undefined);
    assert.equal(await doubtOf('new/folder/a.ts'), undefined);
  });

  test('stays here where it, or a folder above it, is a link', async () => {
    put('notes.txt', '', link);
    put('docs', '', folderLink);
    put('docs/deep/a.md');
    assert.equal(await doubtOf('notes.txt'), 'behind a remote link');
    assert.equal(await doubtOf('docs/deep/a.md'), 'behind a remote link');
    assert.equal(await doubtOf('docs/deep/new.md'), 'behind a remote link');
  });

  test('so does a notebook’s cell', async () => {
    put('book.ipynb', '', link);
    const cell = 'vscode-notebook-cell://ssh-remote%2Bdesk/w/book.ipynb#W0';
    assert.equal((await look()(cell)).doubt, 'behind a remote link');
    put('book.ipynb');
    assert.equal((await look()(cell)).doubt, undefined);
  });

  test('stays here where the editor cannot look at it', async () => {
    put('shut/a.ts');
    disk.closed.add(`${folder}/shut`);
    assert.equal(await doubtOf('shut/a.ts'), 'could not be resolved');
    assert.equal(await doubtOf('%2e%2e/a.ts'), 'could not be resolved');
  });

  test('a folder is not asked for each of its files, nor taken for what it was for long', async () => {
    put('src/a.ts');
    put('src/b.ts');
    const find = look();
    await find(`${folder}/src/a.ts`);
    await find(`${folder}/src/b.ts`);
    assert.equal(disk.stats, 3);
    put('src', '', folderLink);
    now += 2_001;
    assert.equal((await find(`${folder}/src/a.ts`)).doubt, 'behind a remote link');
  });
});

describe('policies that only the editor can read', () => {
  beforeEach(openFolder);
  afterEach(closeFolder);
  async function started(): Promise<PolicyKeeper> {
    const keeper = createPolicyKeeper({
      reader: createEditorPolicyReader(() => true),
      acknowledged: { read: () => Promise.resolve([]), write: () => Promise.resolve() },
      folders: () => [folder],
      trusted: () => true,
      today: () => '2026-11-20',
      productVersion: '0.1.0',
      digest: (text) => text,
    });
    await keeper.reload(signal);
    return keeper;
  }
  const named = (path: string): Resource => ({
    uri: `${folder}/${path}`,
    display: path,
    names: [{ kind: 'path', path, folder }],
  });
  const reachOf = (keeper: PolicyKeeper, path: string) => keeper.decide({ kind: 'file', resource: named(path) }).reach;

  test('are found at the root even where nothing can be searched', async () => {
    put('.ringfence.jsonc', strict);
    assert.equal(reachOf(await started(), 'a.ts'), 'device');
  });

  test('are found in the folder of a file before it is sent, and hold from then on', async () => {
    put('.ringfence.jsonc', open);
    put('src/deep/.ringfence.jsonc', strict);
    put('src/deep/a.ts');
    const keeper = await started();
    assert.equal(reachOf(keeper, 'src/deep/a.ts'), 'cloud');
    assert.equal(await keeper.fresh(signal, named('src/deep/a.ts').names), false);
    await keeper.reload(signal);
    assert.equal(reachOf(keeper, 'src/deep/a.ts'), 'device');
    assert.equal(await keeper.fresh(signal, named('src/deep/a.ts').names), true);
    assert.equal(await keeper.fresh(signal), true);
  });

  test('of packages do not count, whether searched or met', async () => {
    put('.ringfence.jsonc', open);
    put('node_modules/p/.cursorignore', '*');
    disk.found = [Uri.parse(`${folder}/node_modules/p/.cursorignore`)];
    const keeper = await started();
    assert.equal(reachOf(keeper, 'node_modules/p/a.js'), 'cloud');
    assert.equal(await keeper.fresh(signal, named('node_modules/p/a.js').names), true);
  });

  test('that are links hold everything back and say so', async () => {
    put('.ringfence.jsonc', open, link);
    const state = (await started()).current();
    assert.ok(state.kind === 'invalid' && state.limit === 'device');
    assert.match(state.problems[0]?.message ?? '', /It is a link/);
  });

  test('that are links for other tools hold what lies below them', async () => {
    put('.ringfence.jsonc', open);
    put('src/.cursorignore', '', link);
    disk.found = [Uri.parse(`${folder}/src/.cursorignore`)];
    const keeper = await started();
    assert.deepEqual([reachOf(keeper, 'src/a.ts'), reachOf(keeper, 'a.ts')], ['device', 'cloud']);
  });

  test('whose folder cannot be looked at: nothing goes to the cloud', async () => {
    put('.ringfence.jsonc', open);
    put('shut/a.ts');
    const keeper = await started();
    disk.closed.add(`${folder}/shut`);
    assert.equal(await keeper.fresh(signal, named('shut/a.ts').names), false);
  });
});
