import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { labelOf } from '../../src/core/label/labelled.ts';
import { reveal } from '../../src/core/label/labelled.ts';
import { readLabelled } from '../../src/node/readLabelled.ts';
import { usuallySkipped, walkFiles } from '../../src/node/walkFiles.ts';

async function inFolder(use: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'ringfence-walk-'));
  try {
    await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function tree(root: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), name);
  }
}

test('lists files and links folder by folder, follows no link, looks into no package', () =>
  inFolder(async (root) => {
    await tree(root, ['b/two.ts', 'a/one.ts', 'a/.env', 'top.ts', '.git/config', 'node_modules/x/index.js']);
    await symlink('..', path.join(root, 'a', 'loop'));
    const found = [];
    for await (const { folder, files, links } of walkFiles(root, { skip: usuallySkipped }))
      found.push([path.relative(root, folder), files, links]);
    assert.deepEqual(found, [
      ['', ['top.ts'], []],
      ['a', ['.env', 'one.ts'], ['loop']],
      ['b', ['two.ts'], []],
    ]);
  }));

test('tells of a folder that is not there and goes on; stops when told', () =>
  inFolder(async (root) => {
    const trouble: string[] = [];
    const missing = path.join(root, 'gone');
    for await (const _ of walkFiles(missing, { skip: usuallySkipped, onTrouble: (folder) => trouble.push(folder) }))
      assert.fail('nothing to list');
    assert.deepEqual(trouble, [missing]);
    for await (const _ of walkFiles(root, { skip: usuallySkipped, signal: AbortSignal.abort() }))
      assert.fail('stopped');
  }));

test('reads small text files under their label, and nothing else', () =>
  inFolder(async (root) => {
    const label = labelOf([{ provenance: { kind: 'typed' }, reach: 'device', rules: [] }]);
    const write = async (name: string, content: string | Uint8Array): Promise<string> => {
      await writeFile(path.join(root, name), content);
      return path.join(root, name);
    };
    const read = async (file: string): Promise<string | undefined> => {
      const text = await readLabelled(file, label, { mostBytes: 100 });
      if (text) assert.equal(text.label, label);
      return text && reveal(text);
    };
    assert.equal(await read(await write('plain', 'A=ü')), 'A=ü');
    assert.equal(await read(await write('wide', Buffer.from('\uFEFFA=ü', 'utf16le'))), 'A=ü');
    assert.equal(await read(await write('large', 'x'.repeat(101))), undefined);
    assert.equal(await read(await write('binary', Uint8Array.of(1, 0, 2))), undefined);
    assert.equal(await read(path.join(root, 'gone')), undefined);
    assert.equal(await read(root), undefined);
  }));
