import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createChatFiles } from '../../src/node/chatFiles.ts';

describe('chat files', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'ringfence-chats-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('give back what was written', async () => {
    const files = createChatFiles(path.join(home, 'chats'));
    await files.write('c1', 'one');
    await files.write('c1', 'two');
    assert.equal(await files.read('c1'), 'two');
    assert.deepEqual(
      (await files.list()).map(({ id }) => id),
      ['c1'],
    );
    await files.remove('c1');
    assert.equal(await files.read('c1'), undefined);
    assert.deepEqual(await files.list(), []);
  });

  it('are readable by their user alone', { skip: process.platform === 'win32' }, async () => {
    const folder = path.join(home, 'chats');
    await mkdir(folder, { mode: 0o755 });
    await createChatFiles(folder).write('c1', 'one');
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(path.join(folder, 'c1.chat.json'))).mode & 0o777, 0o600);
  });

  it('leave nothing behind when writing fails', async () => {
    const folder = path.join(home, 'chats');
    await mkdir(path.join(folder, 'c1.chat.json'), { recursive: true });
    await assert.rejects(createChatFiles(folder).write('c1', 'one'));
    assert.deepEqual(await readdir(folder), ['c1.chat.json']);
  });

  it('are an empty list where there is no folder yet', async () => {
    assert.deepEqual(await createChatFiles(path.join(home, 'none')).list(), []);
  });

  it('do not list other files', async () => {
    await writeFile(path.join(home, 'notes.txt'), '');
    await writeFile(path.join(home, 'c1.chat.json.7.new'), '');
    assert.deepEqual(await createChatFiles(home).list(), []);
  });

  for (const id of ['../c1', 'a/b', 'a\\b', '', '.', '..', 'c1\0', 'x'.repeat(65)])
    it(`refuse the id ${JSON.stringify(id.slice(0, 10))}`, async () => {
      const files = createChatFiles(home);
      await assert.rejects(async () => files.read(id), /Not the id of a chat/);
      await assert.rejects(async () => files.write(id, 'x'), /Not the id of a chat/);
      await assert.rejects(async () => files.remove(id), /Not the id of a chat/);
    });
});
