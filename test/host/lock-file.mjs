import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from './trouble.mjs';

/**
 * npm keeps a list of what it installed. Where that list agrees with the lock file, someone has installed by hand and there
 * is nothing to do. Packages for other platforms are optional and may be absent.
 *
 * @param {string} root
 * @param {string} lockText
 */
export async function matchesLock(root, lockText) {
  const installedText = await readFile(path.join(root, 'node_modules', '.package-lock.json'), 'utf8').catch(
    () => undefined,
  );
  if (installedText === undefined) return false;
  const wanted = packagesOf(lockText);
  const installed = packagesOf(installedText);
  for (const [folder, { version, optional }] of Object.entries(wanted)) {
    if (folder === '') continue;
    const found = installed[folder];
    if (found === undefined ? !optional : found.version !== version || !existsSync(path.join(root, folder)))
      return false;
  }
  return Object.keys(installed).every((folder) => wanted[folder] !== undefined);
}

/**
 * Whether `npm ci` refuses a lock file only because optional packages, those for other platforms, are not in it.
 *
 * @param {string} output - Of `npm ci`.
 * @param {string} lockText
 */
export function lacksOptionalOnly(output, lockText) {
  const missing = [...output.matchAll(/^npm error Missing: (@?[^@\s]+)@/gm)].map(([, name]) => name);
  const optional = new Set(
    Object.values(packagesOf(lockText)).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {})),
  );
  return (
    missing.length > 0 && !/^npm error Invalid:/m.test(output) && missing.every((name) => optional.has(name ?? ''))
  );
}

/**
 * @param {string} text - Of a lock file, version 2 or 3.
 * @returns {Record<string, { version?: string, optional?: boolean, optionalDependencies?: Record<string, string> }>}
 */
function packagesOf(text) {
  try {
    return JSON.parse(text).packages ?? {};
  } catch (cause) {
    throw new Trouble(
      'package-lock.json is not valid JSON.',
      'Check the file out again (`git checkout package-lock.json`).',
      cause,
    );
  }
}
