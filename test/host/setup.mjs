import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { lacksOptionalOnly, matchesLock } from './lock-file.mjs';
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
      await step('Installing packages (once, about a minute)', () => install(root, lockText));
    }
    await mkdir(path.join(root, 'node_modules'), { recursive: true });
    await writeFile(marker(root), wanted);
  });
}

/**
 * `npm ci` refuses a lock file that lacks packages for other platforms, which npm leaves out where the registry has none to
 * offer. Nothing that is needed here is missing then, and `npm install` takes the locked versions all the same.
 *
 * @param {string} root
 * @param {string} lockText
 */
async function install(root, lockText) {
  const args = ['--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=error'];
  try {
    await npm(['ci', ...args], { cwd: root });
  } catch (error) {
    if (!(error instanceof Trouble) || !lacksOptionalOnly(error.output, lockText)) throw error;
    await npm(['install', '--no-save', ...args], { cwd: root });
  }
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

// Bundled into the tests, this file is not what was started, whatever `import.meta` says there.
if (process.argv[1]?.endsWith(path.join('test', 'host', 'setup.mjs'))) await setup();
