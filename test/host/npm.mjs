import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.mjs';

/**
 * Runs npm, the one that started this process where there is one, and gives its output.
 *
 * @param {readonly string[]} args
 * @param {{ cwd: string }} options
 * @throws {import('./trouble.mjs').Trouble} With words for the usual causes: no npm, no network, no room.
 */
export function npm(args, { cwd }) {
  const cli = process.env['npm_execpath'];
  const todo = (/** @type {string} */ output) => adviceFor(output);
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  if (cli && /npm-cli\.[cm]?js$/.test(path.basename(cli)) && existsSync(cli)) {
    return runCommand(process.execPath, [cli, ...args, ...quiet], { cwd, env: plainEnv(), todo });
  }
  return runCommand('npm', [...args, ...quiet], { cwd, env: plainEnv(), todo });
}

/** npm hands its settings for this repository to the scripts it runs; an npm started elsewhere must not take them over. */
function plainEnv() {
  const env = { ...process.env };
  for (const name of [
    'npm_config_local_prefix',
    'npm_config_prefix',
    'npm_config_nodedir',
    'npm_config_omit',
    'npm_config_workspace',
  ])
    delete env[name];
  return env;
}

/** @param {string} output */
function adviceFor(output) {
  if (output === '') return 'Install npm (it comes with Node 20 or newer, https://nodejs.org) and try again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return 'The package registry cannot be reached. Check the network connection (and the proxy, `npm config get https-proxy`), then try again.';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full. Free about 1 GB and try again.';
  if (/EACCES|EPERM/.test(output))
    return 'A file may not be written. Check who owns this folder and the npm cache (`npm config get cache`).';
  if (/lock file|package-lock/i.test(output))
    return 'package.json and package-lock.json disagree: run `npm install` and commit the lock file.';
  return 'Mend what npm says above and try again.';
}
