import { spawn } from 'node:child_process';
import { Trouble } from './trouble.mjs';

/**
 * Runs a program to its end and gives its output (both streams, the last 200 KB).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, todo?: string | ((output: string) => string) }} [options] -
 *   `show` lets the output through to the terminal as well; `todo` is the advice given when the program fails.
 * @returns {Promise<string>}
 * @throws {Trouble} When the program cannot be started or does not end with exit code 0.
 */
export function runCommand(command, args, { cwd, env = process.env, show = false, todo = '' } = {}) {
  return new Promise((resolve, reject) => {
    // npm is a .cmd file on Windows, which only a shell starts.
    const shell = process.platform === 'win32';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output = (output + text).slice(-200_000);
        if (show) process.stdout.write(text);
      });
    }
    const line = [command, ...args].join(' ');
    child.on('error', (cause) =>
      reject(new Trouble(`\`${line}\` could not be started: ${cause.message}`, advice(todo, ''), cause)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const how = signal ?? `exit code ${code}`;
      const trouble = new Trouble(`\`${line}\` ended with ${how}.${show ? '' : tail(output)}`, advice(todo, output));
      trouble.output = output;
      reject(trouble);
    });
  });
}

/**
 * @param {string | ((output: string) => string)} todo
 * @param {string} output
 */
function advice(todo, output) {
  return typeof todo === 'string' ? todo : todo(output);
}

/** @param {string} output */
function tail(output) {
  // Stack frames of the program's own code say nothing to who runs it.
  const lines = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(npm error)?\s+at /.test(line))
    .slice(-15);
  return lines.join('').trim() === '' ? '' : ` Its last words:\n${lines.map((line) => `    ${line}`).join('\n')}`;
}
