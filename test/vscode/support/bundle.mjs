import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { repository } from '../../host/repository.mjs';

/**
 * Lists test files by path relative to the repository, with `/` between folders.
 *
 * @param {string} folder - Relative to the repository.
 * @param {string} ending
 * @param {readonly string[]} wanted - Parts of paths; none means all.
 * @returns {Promise<string[]>}
 */
export async function listFiles(folder, ending, wanted) {
  const found = await readdir(path.join(repository, folder), { recursive: true }).catch(() => []);
  return found
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith(ending) && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
    .sort();
}

/**
 * Bundles all suite files with their runner into one CommonJS file that VS Code can load as its tests, its source map beside
 * it.
 *
 * @param {readonly string[]} files
 * @param {string} folder - Where to write it.
 * @returns {Promise<string>} The path of the file to load.
 */
export async function bundleSuite(files, folder) {
  const bundle = path.join(folder, 'suite.js');
  const imports = files.map((file) => `import './${file}';`);
  await build({
    ...common,
    stdin: {
      contents: [...imports, `export { run } from './test/vscode/support/run-suite.ts';`].join('\n'),
      resolveDir: repository,
      loader: 'ts',
    },
    outfile: bundle,
    sourcemap: 'external',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
  });
  await writeFile(path.join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  return bundle;
}

/**
 * Bundles one module for this Node; packages are loaded from node_modules.
 *
 * @param {string} file - Relative to the repository.
 * @param {string} outfile - Ends in `.mjs` and lies within the repository, so that packages are found.
 */
export async function bundleModule(file, outfile) {
  await build({
    ...common,
    entryPoints: [path.join(repository, file)],
    outfile,
    format: 'esm',
    target: 'node20',
    packages: 'external',
  });
}

const common = /** @type {const} */ ({
  absWorkingDir: repository,
  bundle: true,
  platform: 'node',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'error',
  loader: { '.jsonc': 'text', '.txt': 'text', '.md': 'text' },
});
