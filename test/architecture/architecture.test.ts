import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFile } from 'node:fs/promises';
import { importsOf, type Import } from './imports.ts';

const root = 'src';

/** Layer → what its files may import: other layers, and outside modules by exact name or prefix. */
const allowed: Readonly<Record<string, { readonly layers: readonly string[]; readonly outside: readonly RegExp[] }>> = {
  core: { layers: ['core'], outside: [/^minimatch$/, /^jsonc-parser$/, /^ignore$/] },
  backend: { layers: ['core', 'backend'], outside: [/^ollama(\/browser)?$/, /^openai(\/|$)/] },
  egress: { layers: ['core', 'egress', 'backend'], outside: [/^node:/] },
  assistant: { layers: ['core', 'assistant'], outside: [] },
  node: {
    layers: ['core', 'node'],
    outside: [/^node:(fs|fs\/promises|path|crypto|child_process|os|url|util|module)$/],
  },
  vscode: { layers: ['core', 'assistant', 'vscode'], outside: [/^vscode$/, /^jsonc-parser$/] },
  webview: { layers: ['webview', 'core/protocol'], outside: [/^markdown-it$/, /^highlight\.js(\/|$)/] },
  cli: { layers: ['core', 'backend', 'egress', 'assistant', 'node', 'cli'], outside: [/^node:/] },
  // The composition root and its parts.
  compose: {
    layers: ['core', 'backend', 'egress', 'assistant', 'node', 'vscode', 'compose'],
    outside: [/^vscode$/, /^node:(os|path|crypto)$/],
  },
  'extension.ts': { layers: ['compose', 'vscode'], outside: [/^vscode$/] },
};

const network = /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises|undici|inspector|worker_threads|cluster)$/;

describe('architecture', () => {
  it('sees the graph it judges', async () => {
    const imports = await importsOf(root);
    assert.ok(imports.length > 100, `only ${imports.length} imports seen`);
    const layers = new Set(imports.map((entry) => layerOf(entry.from)));
    for (const layer of ['core', 'backend', 'egress', 'assistant', 'node', 'vscode', 'webview', 'extension.ts'])
      assert.ok(layers.has(layer), `no import from ${layer} was seen`);
    assert.ok(
      imports.some((entry) => network.test(entry.to)),
      'the transport itself was not seen',
    );
  });

  it('lets each folder import only what its name promises', async () => {
    assert.deepEqual(breaches(await importsOf(root)), []);
  });

  it('lets only the transport reach network modules', async () => {
    const reaching = (await importsOf(root)).filter((entry) => entry.outside && network.test(entry.to));
    assert.deepEqual(
      [...new Set(reaching.map((entry) => entry.from))].filter((file) => !/^egress\/(transport|socket)/.test(file)),
      [],
    );
  });

  it('lets only one file load code by a path, that of the editor’s own grammars', async () => {
    const loading = (await importsOf(root)).filter((entry) => entry.to === 'node:module');
    assert.deepEqual(
      loading.map((entry) => entry.from),
      ['node/syntaxTrees.ts'],
    );
  });

  it('lets only core and the guard open labelled text', async () => {
    assert.deepEqual(await revealers(), []);
  });

  for (const [name, file, text] of [
    ['core naming Node', 'core/planted.ts', `import { readFile } from 'node:fs/promises';`],
    ['core naming the guard, by type only', 'core/planted.ts', `import type { Backend } from '../backend/backend.ts';`],
    ['a use case naming a backend', 'assistant/planted.ts', `import { x } from '../backend/backend.ts';`],
    ['a view naming a socket', 'vscode/planted.ts', `import net from 'node:net';`],
    ['a backend naming the network, lazily', 'backend/planted.ts', `export const x = () => import('node:https');`],
    [
      'the panel naming core beyond the protocol',
      'webview/planted.ts',
      `import { reveal } from '../core/label/labelled.ts';`,
    ],
  ] as const) {
    it(`notices ${name}`, async () => {
      const found = breaches(await importsOf(root, { [file]: text }));
      assert.ok(
        found.some((breach) => breach.startsWith(file)),
        JSON.stringify(found),
      );
    });
  }

  it('notices a stray opening of labelled text', () => {
    assert.ok(opensText('vscode/planted.ts', `import { reveal } from '../core/label/labelled.ts';`));
    assert.ok(
      opensText('assistant/planted.ts', `import { labelled, reveal as look } from '../core/label/labelled.ts';`),
    );
    assert.ok(opensText('assistant/planted.ts', `import * as l from '../core/label/labelled.ts';`));
    assert.ok(!opensText('egress/guard.ts', `import { reveal } from '../core/label/labelled.ts';`));
  });
});

function breaches(imports: readonly Import[]): readonly string[] {
  return imports
    .filter(({ from, to, outside }) => {
      const rule = allowed[layerOf(from)];
      if (!rule) return true;
      if (outside)
        return !rule.outside.some((pattern) => pattern.test(to)) || (network.test(to) && layerOf(from) !== 'egress');
      return !rule.layers.some((layer) => to === layer || to.startsWith(`${layer}/`));
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

async function revealers(): Promise<readonly string[]> {
  const files = new Set((await importsOf(root)).map((entry) => entry.from));
  const found = await Promise.all(
    [...files].map(async (file) => (opensText(file, await readFile(`${root}/${file}`, 'utf8')) ? [file] : [])),
  );
  return found.flat();
}

function opensText(file: string, text: string): boolean {
  if (file.startsWith('core/') || /^egress\/guard[^/]*\.ts$/.test(file)) return false;
  return [...text.matchAll(/import\s+(?:type\s+)?([^'"]*?)\s*from\s*['"][^'"]*label\/labelled\.ts['"]/g)].some(
    ([, names = '']) => /\breveal\b|\*/.test(names),
  );
}

function layerOf(file: string): string {
  return file.split('/')[0] ?? file;
}
