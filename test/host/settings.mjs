import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes the user's settings of a profile.
 *
 * @param {string} profile - The user data folder.
 * @param {Readonly<Record<string, unknown>>} change - By full name; `undefined` removes a setting.
 */
export async function changeSettings(profile, change) {
  await merge(path.join(profile, 'User', 'settings.json'), change);
}

/**
 * Writes the settings of the machine that a remote window shows. To such a window this server is one; in a container they are
 * written by whoever describes the container, and that is the repository.
 *
 * @param {string} profile - The user data folder.
 * @param {Readonly<Record<string, unknown>>} change - By full name.
 */
export async function changeMachineSettings(profile, change) {
  await merge(path.join(profile, 'Machine', 'settings.json'), change);
}

/** @param {string} profile */
export function hasSettings(profile) {
  return existsSync(path.join(profile, 'User', 'settings.json'));
}

/**
 * @param {string} file
 * @param {Readonly<Record<string, unknown>>} change
 */
async function merge(file, change) {
  if (Object.keys(change).length === 0) return;
  await mkdir(path.dirname(file), { recursive: true });
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await writeFile(file, JSON.stringify({ ...before, ...change }, undefined, 2));
}
