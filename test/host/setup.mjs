import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { step } from './progress.mjs';
import { repository } from './repository.mjs';
import { Trouble, explain } from './trouble.mjs';

/**
 * Makes sure that Node is new enough and that node_modules holds what package-lock.json says; installs it otherwise. Takes
 * some milliseconds when there is nothing to do. Ends the process with clear words when it cannot be done, so that every
 * script may call it first without more ado.
 *
 * @param {string} [root] - The folder of package.json.
 */
export async function setup(root = repository) {
  try {
    await ensurePackages(root);
  } catch (error) {
    explain(error);
    process.exit(1);
  }
}

/** @param {string} root */
async function ensurePackages(root) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Trouble(
      `Node ${process.versions.node} is too old.`,
      'Install Node 20 or newer from https://nodejs.org and try again.',
    );
  }
  const lockText = await readFile(path.join(root, 'package-lock.json'), 'utf8').catch((cause) => {
    throw new Trouble('package-lock.json is missing.', 'Check the repository out again.', cause);
  });
  const wanted = createHash('sha256').update(`${process.platform}-${process.arch}\n${lockText}`).digest('hex');
  if (await isMarked(root, wanted)) return;
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  await withLock(path.join(os.tmpdir(), `ringfence-setup-${name}.lock`), async () => {
    if (await isMarked(root, wanted)) return;
    if (!(await matchesLock(root, lockText))) {
      await step('Installing packages (once, about a minute)', () =>
        npm(['ci', '--ignore-scripts', '--include=dev'], { cwd: root }),
      );
    }
    await mkdir(path.join(root, 'node_modules'), { recursive: true });
    await writeFile(marker(root), wanted);
  });
}

/** @param {string} root */
function marker(root) {
  return path.join(root, 'node_modules', '.ringfence-lock');
}

/**
 * @param {string} root
 * @param {string} wanted
 */
async function isMarked(root, wanted) {
  return (await readFile(marker(root), 'utf8').catch(() => '')) === wanted;
}

/**
 * npm keeps a list of what it installed. Where that list agrees with the lock file, someone has installed by hand and there
 * is nothing to do. Packages for other platforms are optional and may be absent.
 *
 * @param {string} root
 * @param {string} lockText
 */
async function matchesLock(root, lockText) {
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
 * @param {string} text - Of a lock file, version 2 or 3.
 * @returns {Record<string, { version?: string, optional?: boolean }>}
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await setup();
