import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';

/*
 * What the extension weighs: bundles, package, and the time that loading and activating take in a fresh process, as a
 * ratio to a process that loads nothing. The editor's own figure comes from the suite in the real VS Code.
 */

const bars = { mainKB: 300, vsixKB: 1024 };
const rounds = 9;

execFileSync(process.execPath, ['esbuild.mjs', '--meta'], { stdio: 'inherit' });
const folder = mkdtempSync(path.join(tmpdir(), 'ringfence-weight-'));
try {
  const vsix = path.join(folder, 'ringfence.vsix');
  execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', vsix], {
    stdio: 'ignore',
  });
  const atStart = loadedAtStart();
  print('main bundle, all that loads at start', sum(atStart), bars.mainKB);
  for (const file of readdirSync('dist').filter((name) => name.endsWith('.js') && !atStart.includes(`dist/${name}`)))
    print(`  on first use: ${file}`, kilobytes(path.join('dist', file)));
  print('  chat panel: chat.js', kilobytes('dist/webview/chat.js'));
  print('package', kilobytes(vsix), bars.vsixKB);

  const empty = path.join(folder, 'empty.mjs');
  writeFileSync(empty, '');
  const bare = median([empty]);
  const loaded = median(atStart.map((file) => path.resolve(file)));
  console.log(
    `loading all that loads at start, in Node: ${(loaded - bare).toFixed(1)} ms over an empty file (median of ${rounds})`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds that loading takes in a fresh process, with a stub for the editor's API. */
function median(files: readonly string[]): number {
  const script = `
    import { register } from 'node:module';
    const stub = 'export const EventEmitter=class{},Disposable=class{},Position=class{},Range=class{},ThemeColor=class{},ThemeIcon=class{},TreeItem=class{},Uri=class{},CodeAction=class{},CodeLens=class{},Hover=class{};export const window={},workspace={},commands={},languages={},env={},extensions={},ExtensionKind={},StatusBarAlignment={},TreeItemCollapsibleState={},ConfigurationTarget={},ProgressLocation={},QuickPickItemKind={},InlineCompletionTriggerKind={},FileType={},CodeActionKind={},DiagnosticSeverity={},ViewColumn={},LanguageStatusSeverity={};';
    const hooks = 'export const resolve=(name,context,next)=>name==="vscode"?{url:"data:text/javascript,'+encodeURIComponent(stub)+'",shortCircuit:true}:next(name,context)';
    register('data:text/javascript,' + encodeURIComponent(hooks));
    const start = performance.now();
    for (const file of ${JSON.stringify(files.map((file) => pathToFileURL(file).href))}) await import(file);
    console.log(performance.now() - start);`;
  const run = ['--input-type=module', '-e', script];
  const times = Array.from({ length: rounds }, () => Number(execFileSync(process.execPath, run, { encoding: 'utf8' })));
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** The entry, the parts that it starts at once, and every file that these import without being asked to wait. */
function loadedAtStart(): readonly string[] {
  const meta: unknown = JSON.parse(readFileSync('dist/meta-extension.json', 'utf8'));
  const { outputs } = meta as Pick<Metafile, 'outputs'>;
  const start = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === 'src/compose/start.ts');
  if (!start)
    throw new Error('src/compose/start.ts is no entry of the bundle any more: what loads at start is not known.');
  const found = new Set(['dist/extension.js', start]);
  for (const file of found)
    for (const { path: next, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && next.startsWith('dist/')) found.add(next);
  return [...found];
}

function sum(files: readonly string[]): number {
  return files.reduce((total, file) => total + kilobytes(file), 0);
}

function kilobytes(file: string): number {
  return statSync(file).size / 1024;
}

function print(what: string, size: number, bar?: number): void {
  const verdict = bar === undefined ? '' : size <= bar ? `(bar ${bar} KB: met)` : `(bar ${bar} KB: MISSED)`;
  console.log(`${what.padEnd(34)} ${size.toFixed(1).padStart(8)} KB ${verdict}`);
}
