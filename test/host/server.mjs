import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './answers.mjs';
import { freePort } from './free-port.mjs';
import { endGroup } from './process-group.mjs';
import { runCommand } from './run-command.mjs';
import { changeSettings, hasSettings } from './settings.mjs';
import { Trouble } from './trouble.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {import('./provision.mjs').Installation} vscode
 * @property {string} home - Folder for the profile, settings and logs; short, because sockets are made in it.
 * @property {string} extensions - Folder of installed extensions.
 * @property {boolean} [strict] - Proposed API as in a released VS Code; the default. False: as code-server grants it.
 * @property {boolean} [trust] - Whether Workspace Trust is on, so that a window opens in Restricted Mode. Default off.
 * @property {Record<string, unknown>} [settings] - User settings beside the defaults.
 * @property {Record<string, string>} [env] - Added to the environment, which the extension host gets too.
 * @property {boolean} [keepSettings] - Leaves a settings file that is already there as it is. Default false.
 * @property {boolean} [automation] - Lets the address of the window start tests in the extension host.
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
  const { vscode, home, extensions, strict = true, automation = false } = options;
  await mkdir(home, { recursive: true });
  await mkdir(extensions, { recursive: true });
  if (!(options.keepSettings && hasSettings(home))) await changeSettings(home, userSettings(options));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = path.join(home, 'server.log');
  const log = openSync(logFile, 'a');
  const args = [
    strict ? vscode.strict : vscode.plain,
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    ...folderArgs(home, extensions),
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(options.trust ? [] : ['--disable-workspace-trust']),
    ...(automation ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = spawn(vscode.node, args, { env: environment(options), stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const stop = once(async () => {
    if (child.pid === undefined) return;
    await endGroup(child.pid);
    await exited;
  });
  const end = Date.now() + 120_000;
  while ((await answers(`${url}/healthz`))?.status !== 200) {
    const gone = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
    if (gone || Date.now() > end) {
      await stop();
      throw new Trouble(
        `VS Code's server ${gone ? 'ended at once' : 'did not answer for two minutes'}.`,
        `It says:\n${await tail(logFile)}`,
      );
    }
    await delay(100);
  }
  return { url, port, logFile, stop, changeSettings: (change) => changeSettings(home, change) };
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
