import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { createSyntaxTrees } from '../../src/node/syntaxTrees.ts';

const text = 'function one() {}\n';
const wasm = '@vscode/tree-sitter-wasm/wasm';
const real = path.resolve('node_modules', wasm);

describe('syntax trees', () => {
  it('reads nothing before the grammar was loaded, and says once that it is in use', async () => {
    const notes: string[] = [];
    const trees = createSyntaxTrees({ root: '.', note: (line) => notes.push(line) });
    assert.equal(trees.outliner(text, 'javascript'), undefined);
    assert.deepEqual(await Promise.all([trees.load('javascript'), trees.load('plaintext')]), [true, false]);
    assert.equal(await trees.load('javascriptreact'), false, 'nothing new: it has the same grammar');
    assert.deepEqual(
      trees.outliner(text, 'javascriptreact')?.definitions.map(({ name }) => name),
      ['one'],
    );
    assert.equal(trees.outliner(text, 'python'), undefined);
    assert.deepEqual(notes, ['Definitions in javascript are read with tree-sitter.']);
  });

  it('keeps three grammars in memory and no more', async () => {
    const trees = createSyntaxTrees({ root: '.', note: () => undefined });
    for (const language of ['javascript', 'python', 'go']) assert.equal(await trees.load(language), true);
    assert.equal(await trees.load('java'), false);
    assert.ok(trees.outliner(text, 'javascript'));
    assert.equal(trees.outliner(text, 'java'), undefined);
  });

  it('leaves a text to the plain index that would take too long', async () => {
    const trees = createSyntaxTrees({ root: '.', note: () => undefined });
    await trees.load('javascript');
    assert.equal(trees.outliner(text.repeat(10_000), 'javascript'), undefined);
  });

  it('leaves a text to the plain index that is nested too deep, and reads the next', async () => {
    const notes: string[] = [];
    const trees = createSyntaxTrees({ root: '.', note: (line) => notes.push(line) });
    await trees.load('javascript');
    const deep = `${'[\n'.repeat(15_000)}${']\n'.repeat(15_000)}`;
    assert.equal(trees.outliner(deep, 'javascript'), undefined);
    assert.ok(trees.outliner(text, 'javascript'));
    assert.equal(notes.length, 1);
  });

  it('finds the grammars beside an archive of modules', () =>
    inEditor(async (root) => {
      // Only the editor reads files out of an archive: here a folder has its name.
      await place(path.join(root, 'node_modules.asar', wasm), ['tree-sitter.js']);
      await place(path.join(root, 'node_modules.asar.unpacked', wasm), ['tree-sitter.wasm', 'tree-sitter-go.wasm']);
      const trees = createSyntaxTrees({ root, note: () => undefined });
      assert.equal(await trees.load('go'), true);
      assert.deepEqual(trees.outliner('package a\n\nconst b = 1\n', 'go')?.definitions[0]?.name, 'b');
    }));

  for (const [what, files, reason] of [
    ['an editor without them', {}, /has no tree-sitter/],
    ['a library with another interface', { 'tree-sitter.js': 'exports.Parser = class {};' }, /another interface/],
    ['a library that cannot be run', { 'tree-sitter.js': 'this is not code' }, /Unexpected identifier/],
    ['a grammar that is none', { 'tree-sitter-python.wasm': 'no grammar' }, /line by line: \S/],
  ] as const) {
    it(`goes on without them, and says so once: ${what}`, () =>
      inEditor(async (root) => {
        const folder = path.join(root, 'node_modules', wasm);
        if (Object.keys(files).length > 0) {
          await place(folder, ['tree-sitter.js', 'tree-sitter.wasm', 'tree-sitter-python.wasm']);
        }
        for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
        const notes: string[] = [];
        const trees = createSyntaxTrees({ root, note: (line) => notes.push(line) });
        assert.equal(await trees.load('python'), false);
        assert.equal(await trees.load('python'), false);
        assert.equal(trees.outliner('a = 1\n', 'python'), undefined);
        assert.equal(notes.length, 1);
        assert.match(notes[0] ?? '', reason);
      }));
  }
});

async function inEditor(use: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'ringfence-editor-'));
  try {
    await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Copies files of the real package. */
async function place(folder: string, files: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of files) await cp(path.join(real, file), path.join(folder, file));
}
