import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import * as vscode from 'vscode';
import type { Reach } from '../../src/core/label/reach.ts';
import type { Resource } from '../../src/core/label/resource.ts';
import { builtInPolicy } from '../../src/core/policy/compile.ts';
import { decide } from '../../src/core/policy/decide.ts';
import { decideIn } from '../../src/core/policy/decideIn.ts';
import type { PolicyState } from '../../src/core/policy/state.ts';
import { createReader } from '../../src/vscode/reader.ts';
import { editor, window } from '../support/vscode.ts';

const uri = 'file:///w/a.ts';
const resource: Resource = {
  uri,
  display: 'a.ts',
  names: [{ kind: 'path', path: 'a.ts', folder: 'file:///w' }],
};

describe('the reader before the policy was read for the first time', () => {
  it('takes no document for ready, and lets its text go to no model', () => {
    const { reader, document } = start();
    assert.equal(reader.isReady(document), false);
    assert.equal(reader.document(document).text.label.reach, 'none');
    assert.equal(reader.label(document).reach, 'none');
  });

  it('waits with what can wait, so that its label is that of the policy', async () => {
    const { reader, document, load } = start();
    const reading = [reader.resolved(document).then(({ text }) => text), reader.lines(document, { start: 0, end: 1 })];
    await new Promise((resolve) => setImmediate(resolve));
    load();
    const reaches = (await Promise.all(reading)).map(({ label }) => label.reach);
    assert.deepEqual(reaches, ['perimeter', 'perimeter']);
    assert.equal(reader.isReady(document), true);
  });
});

describe('the reader and a document that is not saved yet', () => {
  const held = [
    ['Untitled-1', 'perimeter', 'perimeter', 'untitled:Untitled-1'],
    ['/w/a.ts', 'perimeter', 'perimeter', 'file:///w/a.ts'],
    ['/w/a.ts', 'device', 'device', 'file:///w/a.ts'],
    ['/w/.env', 'perimeter', 'device', 'file:///w/.env'],
  ] as const;
  for (const [path, untitled, reach, lookedUp] of held)
    it(`${path} goes to ${reach} where such documents go to ${untitled}`, async () => {
      const { reader, load, asked } = start(untitled);
      load();
      const { text } = await reader.resolved(unsaved(path));
      assert.equal(text.label.reach, reach);
      assert.deepEqual([...new Set(asked)], [vscode.Uri.parse(lookedUp).toString()]);
    });
});

describe('the reader and the way a document is indented', () => {
  afterEach(() => editor.reset());

  it('takes it from the editor that shows the document, and four spaces where none does', () => {
    const { reader, document } = start();
    assert.deepEqual(reader.document(document).indent, { tabs: false, size: 4 });
    for (const [options, indent] of [
      [
        { insertSpaces: false, tabSize: 8 },
        { tabs: true, size: 8 },
      ],
      [
        { insertSpaces: true, tabSize: 2 },
        { tabs: false, size: 2 },
      ],
      [
        { insertSpaces: 'auto', tabSize: 'auto' },
        { tabs: false, size: 4 },
      ],
    ] as const) {
      window.visibleTextEditors = [
        { document: {}, options: {} },
        { document, options },
      ];
      assert.deepEqual(reader.document(document).indent, indent);
    }
  });
});

function start(untitled: Reach = 'device') {
  const built = builtInPolicy(['file:///w']);
  const settings = { ...built.settings, unlabelled: { ...built.settings.unlabelled, untitled } };
  const known = { policy: { ...built, settings }, hash: '', pending: [] };
  const asked: string[] = [];
  let state: PolicyState = { kind: 'loading', limit: 'none', ...known };
  let release = (): void => undefined;
  const ready = new Promise<void>((resolve) => (release = resolve));
  const reader = createReader({
    resources: {
      known: () => resource,
      resolve: async (wanted) => {
        asked.push(wanted);
        return namedLike(wanted);
      },
    },
    policy: {
      ready,
      current: () => state,
      decide: (provenance) =>
        decideIn({ state, trusted: true, decide: (what) => decide(state.policy, what) }, provenance),
      fresh: async () => true,
    },
  });
  const load = (): void => {
    state = { kind: 'none', ...known };
    release();
  };
  return { reader, document, load, asked };
}

function namedLike(wanted: string): Resource {
  const path = wanted.split('/').at(-1) ?? '';
  return { uri: wanted, display: path, names: [{ kind: 'path', path, folder: 'file:///w' }] };
}

function unsaved(path: string): vscode.TextDocument {
  const uri = vscode.Uri.parse(`untitled:${path}`);
  return { ...document, uri, isUntitled: true };
}

// Of a document, what the reader asks for; the editor's own type has far more.
const document = {
  uri: { toString: () => uri },
  isUntitled: false,
  languageId: 'typescript',
  version: 1,
  lineCount: 1,
  getText: () => 'const a = 1;',
  lineAt: () => ({ range: { end: new vscode.Position(0, 12) } }),
} as unknown as vscode.TextDocument;
