import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './answers.mjs';
import { freePort } from './free-port.mjs';
import { endGroup } from './process-group.mjs';
import { runCommand } from './run-command.mjs';
import { changeMachineSettings, changeSettings, hasSettings } from './settings.mjs';
import { Trouble } from './trouble.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {import('./provision.mjs').Installation} vscode
 * @property {string} home - Folder for the profile, settings and logs; short, because sockets are made in it.
 * @property {string} extensions - Folder of installed extensions.
 * @property {boolean} [strict] - Proposed API as in a released VS Code; the default. False: as code-server grants it.
 * @property {boolean} [trust] - Whether Workspace Trust is on, so that a window opens in Restricted Mode. Default off.
 * @property {Record<string, unknown>} [settings] - User settings beside the defaults.
 * @property {Record<string, unknown>} [machineSettings] - Of the machine that a remote window shows.
 * @property {Record<string, string>} [env] - Added to the environment, which the extension host gets too.
 * @property {boolean} [keepSettings] - Leaves a settings file that is already there as it is. Default false.
 * @property {(stop: () => Promise<void>) => void} [onSpawn] - Called as soon as there is something to stop, for an end that
 *   comes while the server still starts.
 * @property {boolean} [automation] - Lets the address of the window name an extension under development and tests to start.
 */

/**
 * @typedef {object} Server
 * @property {string} url - `http://127.0.0.1:port`.
 * @property {number} port
 * @property {(change: Readonly<Record<string, unknown>>) => Promise<void>} changeSettings - As the user would by hand, in the
 *   running window; `undefined` removes a setting.
 * @property {string} logFile - What the server printed.
 * @property {() => Promise<void>} stop - Ends it with all its children and waits for them; twice is like once.
 */

/**
 * Starts VS Code's server on a free port of 127.0.0.1 and waits until it answers.
 *
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 * @throws {Trouble} When it does not answer within two minutes.
 */
export async function startServer(options) {
  const { home, extensions, keepSettings = false, machineSettings = {} } = options;
  await mkdir(home, { recursive: true });
  await mkdir(extensions, { recursive: true });
  if (!(keepSettings && hasSettings(home))) await changeSettings(home, userSettings(options));
  await changeMachineSettings(home, machineSettings);
  for (let attempt = 1; ; attempt += 1) {
    const server = launch(options, await freePort());
    const outcome = await untilAnswers(server);
    if (outcome === 'up') {
      const { url, port, logFile, stop } = server;
      return { url, port, logFile, stop, changeSettings: (change) => changeSettings(home, change) };
    }
    await server.stop();
    const words = await tail(server.logFile);
    // Between the choice of the port and its use someone else may have taken it.
    if (attempt < 3 && words.includes('EADDRINUSE')) continue;
    throw new Trouble(
      `VS Code's server ${outcome === 'gone' ? 'ended at once' : 'did not answer for two minutes'}.`,
      `It says:\n${words}`,
    );
  }
}

/**
 * Starts the process, the leader of a group of its own, so that it can be ended with all its children.
 *
 * @param {ServerOptions} options
 * @param {number} port
 */
function launch(options, port) {
  const { vscode, home, onSpawn } = options;
  const logFile = path.join(home, 'server.log');
  const log = openSync(logFile, 'a');
  const child = spawn(vscode.node, serverArgs(options, port), {
    env: environment(options),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const stop = once(async () => {
    if (child.pid === undefined) return;
    await endGroup(child.pid);
    await exited;
  });
  onSpawn?.(stop);
  const isGone = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  return { url: `http://127.0.0.1:${port}`, port, logFile, stop, isGone };
}

/**
 * @param {{ url: string, isGone: () => boolean }} server
 * @returns {Promise<'up' | 'gone' | 'silent'>}
 */
async function untilAnswers({ url, isGone }) {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    if ((await answers(`${url}/healthz`))?.status === 200) return 'up';
    if (isGone()) return 'gone';
    await delay(100);
  }
  return 'silent';
}

/**
 * @param {ServerOptions} options
 * @param {number} port
 */
function serverArgs({ vscode, home, extensions, strict = true, trust = false, automation = false }, port) {
  return [
    strict ? vscode.strict : vscode.plain,
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    ...folderArgs(home, extensions),
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(trust ? [] : ['--disable-workspace-trust']),
    ...(automation ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
}

/**
 * Installs a packaged extension for servers that use the same folder of extensions.
 *
 * @param {{ vscode: import('./provision.mjs').Installation, home: string, extensions: string }} where
 * @param {string} vsix - Path of the package.
 */
export async function installExtension(where, vsix) {
  const { vscode, home, extensions } = where;
  await mkdir(home, { recursive: true });
  const args = [vscode.plain, ...folderArgs(home, extensions), '--install-extension', vsix, '--force'];
  await runCommand(vscode.node, args, { env: environment(where), todo: `VS Code refused ${vsix}.` });
}

/**
 * The address of a window.
 *
 * @param {string} url - Of the server.
 * @param {{ folder: string, payload?: readonly (readonly [string, string])[] }} options - `payload` is VS Code's own list of
 *   instructions in an address: `openFile`, `extensionDevelopmentPath`, `extensionTestsPath`.
 */
export function windowAddress(url, { folder, payload = [] }) {
  const query = `folder=${encodeURIComponent(folder)}`;
  return payload.length === 0
    ? `${url}/?${query}`
    : `${url}/?${query}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** @param {Pick<ServerOptions, 'trust' | 'settings'>} options */
function userSettings({ trust = false, settings = {} }) {
  return {
    'chat.disableAIFeatures': true,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
    'git.enabled': false,
    'remote.autoForwardPorts': false,
    'security.workspace.trust.enabled': trust,
    'security.workspace.trust.startupPrompt': 'never',
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    'update.showReleaseNotes': false,
    'window.restoreWindows': 'none',
    'workbench.enableExperiments': false,
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
    ...settings,
  };
}

/**
 * @param {string} home
 * @param {string} extensions
 */
function folderArgs(home, extensions) {
  return ['--user-data-dir', home, '--extensions-dir', extensions, '--config', path.join(home, 'config.yaml')];
}

/**
 * A home of its own keeps the server from reading or writing the user's files, and no gallery keeps it off the network.
 * Variables of the editor or npm script that this process runs under would confuse it.
 *
 * @param {{ home: string, env?: Record<string, string> }} options
 */
function environment({ home, env = {} }) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|XDG_)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
    ...env,
  };
}

/** @param {string} file */
async function tail(file) {
  return (await readFile(file, 'utf8').catch(() => '')).trim().split('\n').slice(-15).join('\n');
}

/**
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>}
 */
function once(work) {
  /** @type {Promise<void> | undefined} */
  let running;
  return () => (running ??= work());
}
