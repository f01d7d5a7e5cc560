// Builds dist/: the extension with its lazily loaded parts, the chat panel's browser code, and the command line. `--watch` rebuilds, `--dev` keeps names and adds source maps, `--meta` writes metafiles.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');
const meta = process.argv.includes('--meta');

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  charset: 'utf8',
  // Prefer ES modules where a package ships both, so that unused exports fall away.
  mainFields: ['module', 'main'],
};
// Modules, split: what is loaded lazily becomes a file of its own, and what two files need is shared, so that there is one
// instance of everything. The editor loads modules as extensions since 1.100.
const node = {
  ...common,
  platform: 'node',
  format: 'esm',
  splitting: true,
  outdir: 'dist',
  chunkNames: 'part-[name]-[hash]',
};

const targets = [
  { ...node, entryPoints: ['src/extension.ts'], target: 'node22', external: ['vscode'], plugins: [noPolyfill()] },
  { ...node, entryPoints: [{ in: 'src/cli/main.ts', out: 'ringfence' }], target: 'node20', splitting: false },
  {
    ...common,
    entryPoints: ['src/webview/chat.ts'],
    outdir: 'dist/webview',
    format: 'iife',
    platform: 'browser',
    target: 'chrome128',
  },
].filter(({ entryPoints: [entry] }) => existsSync(typeof entry === 'string' ? entry : entry.in));

if (!watch) await rm('dist', { recursive: true, force: true });
for (const target of targets) {
  if (watch) await (await context(target)).watch();
  else {
    const { metafile } = await build(target);
    if (meta) await writeFile(`${target.outdir}/meta.json`, JSON.stringify(metafile));
  }
}

/** The Ollama client asks for a polyfill of `fetch` that no host of ours needs; it is given ours with each call. */
function noPolyfill() {
  return {
    name: 'no-polyfill',
    setup(plugin) {
      plugin.onResolve({ filter: /^whatwg-fetch$/ }, () => ({ path: 'whatwg-fetch', namespace: 'nothing' }));
      plugin.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
    },
  };
}
