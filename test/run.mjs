// Bundles every test that needs no editor into one file and runs it with Node's own test runner: one process, a second or
// two to start. `node test/run.mjs [part of a path …]` runs some; `--bench [name …]` runs benchmarks instead, printed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
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

// A folder of its own for each run, so that two runs at once do not overwrite each other's bundle.
const out = path.join('out', `${bench ? 'bench' : 'tests'}-${process.pid}`);
await mkdir(out, { recursive: true });
await build({
  stdin: { contents: files.map((file) => `import './test/${file}';`).join('\n'), resolveDir: '.', loader: 'ts' },
  outfile: path.join(out, 'all.mjs'),
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
await writeFile(path.join(out, 'package.json'), '{"type":"module"}');

const run = bench
  ? [
      '--enable-source-maps',
      '--expose-gc',
      path.join(out, 'all.mjs'),
      ...args.filter((arg) => arg.startsWith('--') && arg !== '--bench'),
    ]
  : ['--enable-source-maps', '--test', '--test-reporter=spec', path.join(out, 'all.mjs')];
const child = spawn(process.execPath, run, { stdio: 'inherit' });
const [code, signal] = await once(child, 'exit');
await rm(out, { recursive: true, force: true });
process.exit(signal ? 1 : (code ?? 1));
