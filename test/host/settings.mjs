import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './repository.mjs';

/**
 * Writes the user's settings of a profile. On a server they lie in two files: VS Code reads machine-scoped settings from
 * `Machine/settings.json` only, and all others from `User/settings.json`, where a change by a command of the extension goes,
 * too.
 *
 * @param {string} profile - The user data folder.
 * @param {Readonly<Record<string, unknown>>} change - By full name; `undefined` removes a setting.
 */
export async function changeSettings(profile, change) {
  const machine = await machineScoped();
  /** @type {(wanted: (name: string) => boolean) => Record<string, unknown>} */
  const part = (wanted) => Object.fromEntries(Object.entries(change).filter(([name]) => wanted(name)));
  await merge(
    path.join(profile, 'Machine', 'settings.json'),
    part((name) => machine.has(name)),
  );
  await merge(
    path.join(profile, 'User', 'settings.json'),
    part((name) => !machine.has(name)),
  );
}

/** @param {string} profile */
export function hasSettings(profile) {
  return existsSync(path.join(profile, 'User', 'settings.json'));
}

/** The names of the extension's settings that only a user may set, from its manifest. */
async function machineScoped() {
  const { contributes } = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8'));
  /** @type {{ properties?: Record<string, { scope?: string }> }[]} */
  const groups = [contributes?.configuration ?? []].flat();
  const properties = groups.flatMap((group) => Object.entries(group.properties ?? {}));
  return new Set(properties.filter(([, { scope }]) => scope?.startsWith('machine')).map(([name]) => name));
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
