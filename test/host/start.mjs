import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { answers } from './answers.mjs';
import { buildExtension, packageExtension } from './build.mjs';
import { cacheDir } from './cache-dir.mjs';
import { createClosers } from './closers.mjs';
import { findDesktop, hasScreen } from './desktop.mjs';
import { describeOllama } from './ollama.mjs';
import { isAlive } from './lock.mjs';
import { findProgram } from './machine.mjs';
import { step } from './progress.mjs';
import { provision } from './provision.mjs';
import { repository } from './repository.mjs';
import { runCommand } from './run-command.mjs';
import { installExtension, startServer, windowAddress } from './server.mjs';
import { setup } from './setup.mjs';
import { Trouble, orExplain } from './trouble.mjs';

// Builds the extension and opens it in a real VS Code with a copy of the sample workspace: the desktop VS Code if there is
// one, else VS Code in the browser. `--browser` skips the desktop; `--fresh` starts with a new sample and profile; `--once`
// checks that it comes up and ends.
const once = process.argv.includes('--once') || process.env['RINGFENCE_START_ONCE'] === '1';
const fresh = process.argv.includes('--fresh');
const closers = createClosers();

await setup();
await orExplain(async () => {
  try {
    const desktop = process.argv.includes('--browser') ? undefined : findDesktop();
    await buildExtension();
    await (desktop ? openDesktop(desktop.command) : openBrowser());
  } finally {
    await closers.close();
  }
});

/** @param {string} code */
async function openDesktop(code) {
  const { sample } = await playground();
  await sayOllama();
  const args = [`--extensionDevelopmentPath=${repository}`, '--new-window', sample];
  await runCommand(code, once ? ['--version'] : args, {
    todo: 'Try `npm start -- --browser` for VS Code in the browser.',
  });
  console.log(`\nRingfence is open in ${path.basename(code)} with the workspace ${sample}.`);
  console.log(
    'After a change run `npm start` again, or `node esbuild.mjs --watch` and the command "Developer: Reload Window".',
  );
}

async function openBrowser() {
  console.log('No desktop VS Code on the PATH (or no screen): taking VS Code in the browser.');
  const vscode = await provision();
  const vsix = await packageExtension();
  const { home, sample } = await playground();
  await claim(path.join(home, 'running'));
  const where = { vscode, home: path.join(home, 'profile'), extensions: path.join(home, 'extensions') };
  await step('Installing the extension', () => installExtension(where, vsix));
  const server = await step('Starting VS Code', () =>
    startServer({ ...where, keepSettings: true, onSpawn: (stop) => closers.add(stop) }),
  );
  const address = windowAddress(server.url, { folder: sample, payload: openFirst(server.port, sample) });
  await checkAnswers(address);
  await sayOllama();
  console.log(`\nRingfence is open in VS Code at\n\n    ${address}\n\nWorkspace: ${sample}`);
  if (once) return;
  openSystemBrowser(address);
  console.log('Ctrl+C ends it.');
  // The closers end the process on Ctrl+C; a server that ends by itself must not leave this waiting.
  while (await answers(`${server.url}/healthz`, { milliseconds: 30_000 }))
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  throw new Trouble(
    'VS Code ended by itself.',
    `Its last words are in ${server.logFile}; start again with \`npm start\`.`,
  );
}

/** The sample and the profile stay between runs, so that edits and settings do; a check gets its own and removes it. */
async function playground() {
  const home = once ? await mkdtemp(path.join(os.tmpdir(), 'ringfence-')) : path.join(cacheDir(), 'start');
  if (once) closers.add(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  if (fresh) await rm(home, { recursive: true, force: true });
  const sample = path.join(home, 'sample');
  await mkdir(sample, { recursive: true });
  await cp(path.join(repository, 'test', 'sample'), sample, { recursive: true, force: false });
  return { home, sample };
}

/**
 * Two servers must not share one profile.
 *
 * @param {string} file - Holds the process id of the one that runs.
 */
async function claim(file) {
  const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (owner > 0 && isAlive(owner)) {
    throw new Trouble(
      `Ringfence has already been started by process ${owner}.`,
      'Use the window that it opened, or end it with Ctrl+C where it runs.',
    );
  }
  await writeFile(file, String(process.pid));
  closers.add(() => rm(file, { force: true }));
}

/**
 * @param {number} port
 * @param {string} sample
 * @returns {readonly (readonly [string, string])[]}
 */
function openFirst(port, sample) {
  return [['openFile', `vscode-remote://127.0.0.1:${port}${path.join(sample, 'src', 'cart.ts')}`]];
}

/** @param {string} address */
async function checkAnswers(address) {
  const answer = await answers(address, { milliseconds: 30_000 });
  if (answer?.status === 200 && answer.body.includes('vscode-workbench-web-configuration')) return;
  throw new Trouble(
    `VS Code was started, but its page did not come (${answer ? `status ${answer.status}` : 'no answer'}).`,
    'Try again with `npm start -- --fresh`.',
  );
}

async function sayOllama() {
  const { ready, words } = await describeOllama();
  console.log(`${ready ? '✔' : '!'} ${words}`);
}

/** @param {string} address */
function openSystemBrowser(address) {
  const program = findProgram(process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (program === undefined || !hasScreen() || process.env['CI']) {
    console.log('Open the address in a browser on this machine.');
    return;
  }
  spawn(program, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
