import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { withLock } from './lock.mjs';

describe('a lock between processes', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'ringfence-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lets one work at a time and gives its result', async () => {
    const file = path.join(folder, 'lock');
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      assert.equal(inside, 1);
      await new Promise(setImmediate);
      inside -= 1;
      return 7;
    };
    assert.deepEqual(await Promise.all([withLock(file, work), withLock(file, work)]), [7, 7]);
  });

  it('is released when the work fails', async () => {
    const file = path.join(folder, 'lock');
    await assert.rejects(
      withLock(file, () => Promise.reject(new Error('broke'))),
      /broke/,
    );
    assert.deepEqual(await readdir(folder), []);
  });

  it('is taken over from a process that is gone', async () => {
    const file = path.join(folder, 'lock');
    const gone = spawnSync(process.execPath, ['--version']).pid;
    await writeFile(file, String(gone));
    const owner = await withLock(file, () => readFile(file, 'utf8'));
    assert.equal(owner, String(process.pid));
    assert.deepEqual(await readdir(folder), []);
  });
});
