import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/*
 * What the extension weighs: bundles, package, and the time that loading and activating take in a fresh process, as a
 * ratio to a process that loads nothing. The editor's own figure comes from the suite in the real VS Code.
 */

const bars = { mainKB: 300, vsixKB: 1024 };
const rounds = 9;

execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
const folder = mkdtempSync(path.join(tmpdir(), 'ringfence-weight-'));
try {
  const vsix = path.join(folder, 'ringfence.vsix');
  execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', vsix], {
    stdio: 'ignore',
  });
  print('main bundle', kilobytes('dist/extension.js'), bars.mainKB);
  for (const file of readdirSync('dist').filter((name) => name.endsWith('.js') && name !== 'extension.js'))
    print(`  on first use: ${file}`, kilobytes(path.join('dist', file)));
  print('  chat panel: chat.js', kilobytes('dist/webview/chat.js'));
  print('package', kilobytes(vsix), bars.vsixKB);

  const empty = path.join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const bare = median(empty);
  const loaded = median(path.resolve('dist/extension.js'));
  console.log(
    `loading the main bundle in Node: ${(loaded - bare).toFixed(1)} ms over an empty file (median of ${rounds})`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds that `require` takes in a fresh process, the editor's API stubbed. */
function median(file: string): number {
  const script = `
    const Module = require('node:module');
    const load = Module._load;
    const stub = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : stub), apply: () => stub, construct: () => stub });
    Module._load = (name, ...rest) => (name === 'vscode' ? stub : load(name, ...rest));
    const start = performance.now();
    require(${JSON.stringify(file)});
    console.log(performance.now() - start);`;
  const times = Array.from({ length: rounds }, () =>
    Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })),
  );
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

function kilobytes(file: string): number {
  return statSync(file).size / 1024;
}

function print(what: string, size: number, bar?: number): void {
  const verdict = bar === undefined ? '' : size <= bar ? `(bar ${bar} KB: met)` : `(bar ${bar} KB: MISSED)`;
  console.log(`${what.padEnd(34)} ${size.toFixed(1).padStart(8)} KB ${verdict}`);
}
