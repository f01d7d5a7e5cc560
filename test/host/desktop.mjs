import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './machine.mjs';

/**
 * Finds a desktop VS Code on the PATH: released, Insiders or VSCodium.
 *
 * @returns {{ command: string, program: string | undefined } | undefined} The command-line script, and the program it starts
 *   where that could be found beside it. Undefined when there is none, and over SSH or in a terminal of VS Code's server, where
 *   `code` only speaks to a window elsewhere.
 */
export function findDesktop() {
  if (process.env['VSCODE_IPC_HOOK_CLI'] || !hasScreen()) return undefined;
  const command = ['code', 'code-insiders', 'codium', 'vscodium'].map(findProgram).find((file) => file !== undefined);
  if (command === undefined) return undefined;
  return { command, program: programBeside(realpathSync(command)) };
}

/** Whether a window can be opened here. */
export function hasScreen() {
  if (process.platform !== 'linux') return !process.env['SSH_CONNECTION'] || process.platform === 'win32';
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * The script lies in `bin` of the installation (Linux, Windows) or of `Contents/Resources/app` (macOS).
 *
 * @param {string} script
 */
function programBeside(script) {
  const root = path.resolve(path.dirname(script), '..');
  const name = path.basename(script).replace(/\.cmd$/, '');
  const macOS = path.resolve(root, '..', '..', 'MacOS');
  const candidates = [
    path.join(root, name),
    ...['Code.exe', 'Code - Insiders.exe', 'VSCodium.exe'].map((file) => path.join(root, file)),
    ...['Electron', 'Code', 'Code - Insiders', 'VSCodium'].map((file) => path.join(macOS, file)),
  ];
  return candidates.find((file) => file !== script && existsSync(file));
}
