// Bundles the tests that need no editor into a few files and runs these at the same time with Node's own test runner, which
// adds them up. `node test/run.mjs [part of a path …]` runs some; `--bench [name …]` runs benchmarks instead, printed, in one
// process by themselves.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setup } from './host/setup.mjs';

await setup();
const { build } = await import('esbuild');

const args = process.argv.slice(2);
const bench = args.includes('--bench');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const suffix = bench ? '.bench.ts' : '.test.ts';

const files = (await readdir('test', { recursive: true }))
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith(suffix) && !file.startsWith('vscode/') && !file.startsWith('sample/'))
  .filter((file) => wanted.length === 0 || wanted.some((part) => `test/${file}`.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`No ${bench ? 'benchmark' : 'test'} matches ${wanted.join(', ') || 'test/'}.`);
  process.exit(1);
}

// A folder of its own for each run, so that two runs at once do not overwrite each other's bundles.
const out = path.join('out', `${bench ? 'bench' : 'tests'}-${process.pid}`);
await mkdir(out, { recursive: true });
await writeFile(path.join(out, 'package.json'), '{"type":"module"}');
const bundles = await Promise.all((bench ? [files] : shared(files)).map(bundle));

const run = bench
  ? [
      '--enable-source-maps',
      '--expose-gc',
      ...bundles,
      ...args.filter((arg) => arg.startsWith('--') && arg !== '--bench'),
    ]
  : ['--enable-source-maps', '--test', '--test-reporter=spec', ...atOnce(), ...bundles];
const child = spawn(process.execPath, run, { stdio: 'inherit' });
const [code, signal] = await once(child, 'exit');
await rm(out, { recursive: true, force: true });
process.exit(signal ? 1 : (code ?? 1));

/**
 * The longest share first, so that two processes end at about the same time: the leaks take two fifths of it, the core a
 * quarter. What runs programs waits for them much, and leaves room to the process beside it.
 *
 * @param {readonly string[]} all
 */
function shared(all) {
  const shares = [['leaks'], ['core'], ['cli', 'compose', 'host', 'node'], ['architecture', 'egress']];
  const of = (/** @type {string} */ file) => shares.findIndex((share) => share.includes(file.split('/')[0] ?? ''));
  // What no share names comes last.
  return [...shares.keys(), -1].map((at) => all.filter((file) => of(file) === at)).filter((share) => share.length > 0);
}

/**
 * Named after the first of its folders, which no other has: a process that dies is told of by the name of its bundle.
 *
 * @param {readonly string[]} share
 * @returns {Promise<string>}
 */
async function bundle(share) {
  const outfile = path.join(out, `${share[0]?.split('/')[0]}.mjs`);
  const first = bench ? [] : ['support/toTheEnd.ts'];
  await build({
    stdin: {
      contents: [...first, ...share].map((file) => `import './test/${file}';`).join('\n'),
      resolveDir: '.',
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { vscode: './test/support/vscode.ts' },
    loader: { '.jsonc': 'text', '.txt': 'text', '.md': 'text' },
    sourcemap: 'inline',
    logLevel: 'error',
  });
  return outfile;
}

/** Two even on one processor, for much of the time goes by waiting. Node before 20.10 takes one fewer than processors. */
function atOnce() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || minor >= 10 ? [`--test-concurrency=${Math.max(2, availableParallelism())}`] : [];
}
