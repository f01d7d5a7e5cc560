import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { build } from 'esbuild';

/**
 * Bundles the leak suite, with plugins that may put something else in the place of a part of the product.
 *
 * @param {string} name - Of the folder below out/, so that two runs do not disturb each other.
 * @param {readonly import('esbuild').Plugin[]} [plugins]
 * @returns {Promise<{ file: string, remove: () => Promise<void> }>}
 */
export async function bundleSuite(name, plugins = []) {
  const folder = path.join('out', `${name}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'main.mjs');
  await build({
    entryPoints: ['test/leaks/main.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { vscode: './test/support/vscode.ts' },
    loader: { '.jsonc': 'text', '.txt': 'text', '.md': 'text' },
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [...plugins],
  });
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Runs the bundled suite in a process of its own and gives what it printed.
 *
 * @param {string} file
 * @param {readonly (string | number)[]} args
 * @returns {Promise<any>}
 */
export function runSuite(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', file, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    /** @type {Buffer[]} */
    const out = [];
    child.stdout.on('data', (part) => out.push(part));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString('utf8')));
      else reject(new Error(`The leak suite ended with ${code}.`));
    });
  });
}
