import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir } from './cache-dir.mjs';
import { withLock } from './lock.mjs';
import { checkTools, nodePackage } from './machine.mjs';
import { npm } from './npm.mjs';
import { step } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { makeStrictCopy } from './strict-copy.mjs';
import { Trouble, orExplain } from './trouble.mjs';

const codeServerVersion = '4.139.1';
const nodeGypVersion = '12.4.0';
/** Raised when the recipe changes, so that installations made by the old one are left alone and not used. */
const recipe = 1;

/**
 * @typedef {object} Installation
 * @property {string} node - Node 24, which code-server must be run with.
 * @property {string} plain - code-server's entry as published: every extension may use proposed API.
 * @property {string} strict - The entry of the copy that grants proposed API as a released VS Code does.
 */

/**
 * Gives a real VS Code (code-server and the Node it needs) from the npm registry. It is installed once per machine, outside
 * the repository, and found again afterwards. Two processes that ask at once share one installation.
 *
 * @returns {Promise<Installation>}
 * @throws {Trouble} When this machine cannot have one; the words say what is missing.
 */
export async function provision() {
  const node = nodePackage();
  const cache = cacheDir();
  const home = path.join(cache, `vscode-${codeServerVersion}-${process.platform}-${process.arch}-${recipe}`);
  if (await isComplete(home, node)) return installation(home, node);
  await mkdir(cache, { recursive: true }).catch((cause) => {
    throw new Trouble(
      `The folder ${cache} cannot be made: ${cause.message}`,
      'Set RINGFENCE_CACHE to a folder that you may write.',
      cause,
    );
  });
  await withLock(path.join(cache, 'provision.lock'), async () => {
    if (await isComplete(home, node)) return;
    await checkTools(cache);
    await discardHalfFinished(cache, home);
    console.log(
      `Getting VS Code (code-server ${codeServerVersion}) into ${home}, once for this machine: about 650 MB and two minutes.`,
    );
    await install(cache, home, node);
  });
  return installation(home, node);
}

/**
 * @param {string} home
 * @param {string} node - The package's name.
 * @returns {Installation}
 */
function installation(home, node) {
  const entry = path.join('node_modules', 'code-server', 'out', 'node', 'entry.js');
  return {
    node: path.join(home, 'node_modules', node, 'bin', 'node'),
    plain: path.join(home, entry),
    strict: path.join(home, 'strict', entry),
  };
}

/** The marker is the last file written; the rest is looked at too, for caches that someone has cleaned by half. */
const marker = 'complete.json';
const nativeModules = [
  path.join('spdlog', 'build', 'Release', 'spdlog.node'),
  path.join('native-watchdog', 'build', 'Release', 'watchdog.node'),
];

/**
 * @param {string} home
 * @param {string} node
 */
async function isComplete(home, node) {
  const text = await readFile(path.join(home, marker), 'utf8').catch(() => '');
  if (!text.includes('"complete":true')) return false;
  const natives = nativeModules.map((file) => path.join(home, vscodeFolder, 'node_modules', '@vscode', file));
  return [...Object.values(installation(home, node)), ...natives].every((file) => existsSync(file));
}

const vscodeFolder = path.join('node_modules', 'code-server', 'lib', 'vscode');

/**
 * Called under the lock only: what is half-finished belongs to nobody alive. An npm that has outlived its parent may still
 * write there for a while; what cannot be removed now is left for the next time.
 *
 * @param {string} cache
 * @param {string} home
 */
async function discardHalfFinished(cache, home) {
  if (existsSync(home)) await rename(home, path.join(cache, `building-${process.pid}-broken`));
  const stale = (await readdir(cache)).filter((name) => name.startsWith('building-'));
  for (const name of stale) {
    await step(`Removing an unfinished installation (${name})`, () =>
      rm(path.join(cache, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 500 }).catch(
        () => undefined,
      ),
    );
  }
}

/**
 * Builds in a folder of its own and gives it its name when all is there.
 *
 * @param {string} cache
 * @param {string} home
 * @param {string} node
 */
async function install(cache, home, node) {
  const building = await mkdtemp(path.join(cache, 'building-'));
  try {
    const vscode = path.join(building, vscodeFolder);
    await writeFile(path.join(building, 'package.json'), '{ "private": true }\n');
    await step('1/5 Downloading code-server and Node 24', () =>
      installInto(building, [`code-server@${codeServerVersion}`, `node-gyp@${nodeGypVersion}`, `${node}@24`]),
    );
    await step('2/5 Downloading the packages of VS Code', () => installInto(vscode, ['--omit=dev']));
    await step('3/5 Downloading the packages of its built-in extensions', () =>
      installInto(path.join(vscode, 'extensions'), ['--omit=dev']),
    );
    await step('4/5 Building two native modules', () => buildNatives(building, node));
    await step('5/5 Making the strict copy', () =>
      makeStrictCopy(
        path.join(building, 'node_modules', 'code-server'),
        path.join(building, 'strict', 'node_modules', 'code-server'),
      ),
    );
    await writeFile(
      path.join(building, marker),
      JSON.stringify({ complete: true, codeServer: codeServerVersion, at: new Date() }),
    );
    await rename(building, home);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

/**
 * `npm ci` is not to be used for VS Code's own packages: the lock file they are published with is out of step.
 *
 * @param {string} cwd
 * @param {readonly string[]} args
 */
function installInto(cwd, args) {
  return npm(['install', '--prefix', cwd, '--ignore-scripts', '--loglevel=error', ...args], { cwd });
}

/**
 * Without these two no extension host starts. The other native modules are published ready-built or are not needed.
 *
 * @param {string} building
 * @param {string} node
 */
async function buildNatives(building, node) {
  const home = path.join(building, 'node_modules', node);
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
  );
  const gyp = path.join(building, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  for (const module of ['spdlog', 'native-watchdog']) {
    await runCommand(path.join(home, 'bin', 'node'), [gyp, 'rebuild', `--nodedir=${home}`], {
      cwd: path.join(building, vscodeFolder, 'node_modules', '@vscode', module),
      env: { ...env, PATH: `${path.join(home, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}` },
      todo: 'The C++ build tools do not work as they should: Python 3.8 or newer, make and a C++20 compiler (g++ 11, clang 14) are needed.',
    });
  }
}

if (process.argv[1]?.endsWith(path.join('test', 'host', 'provision.mjs'))) {
  await orExplain(async () => console.log(JSON.stringify(await provision(), undefined, 2)));
}
