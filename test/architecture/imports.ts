import { build, type PluginBuild } from 'esbuild';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** One import as the bundler sees it: from a file below `src/`, to a file below `src/` or to a package or Node module. */
export type Import = { readonly from: string; readonly to: string; readonly outside: boolean };

/**
 * Every import between the files of a source tree and to the outside, type-only ones included, resolved by the bundler. `planted` adds files (path → text) so that a test can prove that a breach is seen.
 */
export async function importsOf(
  root: string,
  planted: Readonly<Record<string, string>> = {},
): Promise<readonly Import[]> {
  const files = (await readdir(root, { recursive: true }))
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const { metafile } = await build({
    stdin: {
      contents: [...files, ...Object.keys(planted)].map((file) => `import './${file}';`).join('\n'),
      resolveDir: root,
      loader: 'ts',
      sourcefile: 'every-file.ts',
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    external: ['vscode'],
    // Keeps imports that are used as types only: a layer may not even name what it may not use.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    plugins: [plant(root, planted), keepTypeImports()],
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).flatMap(([from, input]) =>
    input.imports
      .filter(() => !from.endsWith('every-file.ts'))
      .map((entry) => ({
        from: below(root, from),
        to: entry.external ? entry.path : below(root, entry.path),
        outside: entry.external === true,
      })),
  );
}

/** `import type` lines vanish before the bundler sees them; read as plain imports they count too. */
function keepTypeImports() {
  return {
    name: 'keep-type-imports',
    setup(plugin: PluginBuild) {
      plugin.onLoad({ filter: /\.ts$/, namespace: 'file' }, async ({ path: file }) => {
        const { readFile } = await import('node:fs/promises');
        return { contents: asValues(await readFile(file, 'utf8')), loader: 'ts' as const };
      });
    },
  };
}

function plant(root: string, planted: Readonly<Record<string, string>>) {
  return {
    name: 'plant',
    setup(plugin: PluginBuild) {
      const at = new Map(Object.entries(planted).map(([file, text]) => [path.resolve(root, file), text]));
      plugin.onResolve({ filter: /^\./ }, ({ path: file, resolveDir }) => {
        const target = path.resolve(resolveDir, file);
        return at.has(target) ? { path: target, namespace: 'planted' } : undefined;
      });
      plugin.onLoad({ filter: /.*/, namespace: 'planted' }, ({ path: file }) => ({
        contents: asValues(at.get(file) ?? ''),
        loader: 'ts' as const,
        resolveDir: path.dirname(file),
      }));
    },
  };
}

/** Turns every import and re-export into a side-effect import, which no bundler drops; dynamic ones stay as they are. */
function asValues(text: string): string {
  const statics = [
    ...text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
  ];
  const dynamics = [
    ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g),
    ...text.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g),
  ];
  return [...statics, ...dynamics].map((match) => `import '${match[1]}';`).join('\n');
}

function below(root: string, file: string): string {
  return path
    .relative(path.resolve(root), path.resolve(file.replace(/^planted:/, '')))
    .split(path.sep)
    .join('/');
}
