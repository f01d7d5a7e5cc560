// Builds dist/: the extension with its lazily loaded parts, the chat panel's browser code, and the command line. `--watch` rebuilds, `--dev` keeps names and adds source maps, `--meta` writes a metafile for each.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';

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

const packages = new Set();
if (!watch) await rm('dist', { recursive: true, force: true });
for (const target of targets) {
  if (watch) await (await context(target)).watch();
  else {
    const { metafile } = await build(target);
    for (const input of Object.keys(metafile.inputs)) packages.add(packageOf(input));
    if (meta) await writeFile(`${target.outdir}/meta-${nameOf(target)}.json`, JSON.stringify(metafile));
  }
}
if (!watch) await writeFile('dist/THIRD-PARTY-NOTICES.txt', await notices([...packages].filter(Boolean).sort()));

/** What a target's main file is called. */
function nameOf({ entryPoints: [entry] }) {
  return typeof entry === 'string' ? entry.replace(/^.*\/|\.ts$/g, '') : entry.out;
}

/** The folder of the package that a bundled file comes from; undefined for our own. */
function packageOf(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/** The licences of everything that is bundled, as each asks to be carried along. */
async function notices(folders) {
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
      const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
      const text = file ? await readFile(`${folder}/${file}`, 'utf8') : `Licence: ${license}`;
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    }),
  );
  return `Ringfence contains the following packages.\n\n${texts.join(`\n${'-'.repeat(72)}\n\n`)}`;
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
