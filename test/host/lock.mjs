import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs `work` while no other process on this machine runs work under the same lock file. A lock whose owner is gone is
 * taken over.
 *
 * @template T
 * @param {string} file - Path of the lock file; it holds the owner's process id.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await take(file))) {
    const owner = await ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) await discard(file, owner);
    else {
      if (!told && owner !== undefined) console.log(`· waiting for process ${owner}, which is doing the same …`);
      told = told || owner !== undefined;
      await delay(300);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
async function ownerOf(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Moves the dead owner's lock aside under a name of our own before it is deleted: of two processes that do so at once one
 * gets it, and a lock that a third has just taken is put back.
 *
 * @param {string} file
 * @param {number} owner
 */
async function discard(file, owner) {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await ownerOf(aside)) === owner) await rm(aside, { force: true });
  else await rename(aside, file);
}
