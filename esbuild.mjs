// Builds dist/: the extension and its lazily loaded chunks (CommonJS for the extension host), the chat panel's browser
// code, and the command line. `--watch` rebuilds, `--dev` keeps names and adds source maps, `--meta` writes metafiles.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

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
  // Prefer ES modules where a package ships both, so that unused exports fall away.
  mainFields: ['module', 'main'],
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  outdir: 'dist',
  plugins: [chunks()],
};

const chunkFiles = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.chunk.ts'));
const targets = [
  { ...node, entryPoints: ['src/extension.ts'] },
  ...chunkFiles.map((file) => ({ ...node, entryPoints: [{ in: path.join('src', file), out: chunkName(file) }] })),
  ...(existsSync('src/cli/main.ts')
    ? [
        {
          ...node,
          entryPoints: [{ in: 'src/cli/main.ts', out: 'ringfence' }],
          target: 'node20',
          external: [],
          banner: { js: '#!/usr/bin/env node' },
        },
      ]
    : []),
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
    if (meta) {
      const [output] = Object.keys(metafile.outputs).filter((name) => name.endsWith('.js'));
      await writeFile(`${output}.meta.json`, JSON.stringify(metafile));
    }
  }
}

/** `import('./x.chunk.ts')` becomes a file of its own, read from disk when first used. */
function chunks() {
  return {
    name: 'chunks',
    setup(plugin) {
      plugin.onResolve({ filter: /\.chunk\.ts$/ }, ({ path: file, kind }) =>
        kind === 'dynamic-import' ? { path: `./${chunkName(path.basename(file))}.js`, external: true } : undefined,
      );
    },
  };
}

function chunkName(file) {
  return path.basename(file, '.chunk.ts');
}
