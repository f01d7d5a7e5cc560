import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEmbeddedIndex, type EmbeddedIndex } from '../../../src/core/embedded/embeddedIndex.ts';
import { labelOf, reveal, type Label } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';

/** Lower than the usual one, for tests of what is offered; how sure it is when is the benchmark's matter. */
const threshold = 0.3;

describe('embedded index, what it offers', () => {
  it('offers the rest of a line that followed the same lines elsewhere', () => {
    const index = indexOf({ 'a.go': errorCheck('load'), 'b.go': errorCheck('save').repeat(4) });
    assert.equal(offered(index, 'c.go', 'func cAll() {\n\tx, err := open()\n\tif err █\n}\n'), '!= nil {');
  });

  it('goes on within a word that has begun', () => {
    const index = indexOf({ 'a.ts': 'const total = computeInvoiceTotal(rows);\n'.repeat(12) });
    assert.ok(offered(index, 'b.ts', 'const total = computeInv█\n')?.startsWith('oiceTotal(rows'));
  });

  it('keeps the blanks between tokens as they were written', () => {
    const index = indexOf({ 'a.c': 'struct point { int   left;  int right; };\n'.repeat(12) });
    assert.equal(
      offered(index, 'b.c', 'struct point { int   left;  int right; };\nstruct point { int█\n'),
      '   left;  int right; };',
    );
  });

  it('says nothing where nothing like it was ever seen', () => {
    const index = indexOf({ 'a.ts': 'const total = computeInvoiceTotal(rows);\n' });
    assert.equal(offered(index, 'b.ts', 'while (queue.length > 0) {\n  █\n}\n'), undefined);
  });

  it('says nothing when the same tokens went on in ever new ways', () => {
    const lines = ['alpha', 'bravo', 'charlie', 'delta', 'echoes', 'foxtrot'].map((name) => `call(${name}Handler);`);
    const index = createEmbeddedIndex();
    index.update('a.ts', lines.join('\n'), label('cloud'));
    assert.equal(offered(index, 'b.ts', 'x();\ncall(█\n'), undefined);
  });

  it('does not offer the line below a second time', () => {
    const index = indexOf({});
    const text = 'open();\nprepareEverything();\nrun();\n'.repeat(2);
    assert.equal(offered(index, 'a.ts', `${text}open();\n█\nprepareEverything();\n`), undefined);
  });

  it('does not learn from the line the cursor stands on', () => {
    const index = indexOf({});
    assert.equal(offered(index, 'a.ts', 'first();\nsomethingUnique(one, two)█;\n'), undefined);
  });

  it('stops before the bracket that stands behind the cursor', () => {
    const index = indexOf({ 'a.ts': 'emit(channel, payload);\n'.repeat(12) });
    assert.equal(offered(index, 'b.ts', 'emit(channel, payload);\nemit(█)\n'), 'channel, payload');
  });

  it('says nothing in the middle of a line', () => {
    const index = indexOf({ 'a.ts': 'emit(channel, payload);\n'.repeat(12) });
    assert.equal(offered(index, 'b.ts', 'emit(█other)\n'), undefined);
  });

  it('does not offer keywords alone', () => {
    const index = indexOf({ 'a.ts': 'export const first = 1;\nexport const other = 2;\n'.repeat(6) });
    const answer = offered(index, 'b.ts', 'export const another = 3;\n█\n');
    assert.ok(answer === undefined || /first|other/.test(answer), answer);
  });

  it('offers at the margin what stood at the margin', () => {
    const block = 'async function load() {\n  await connect();\n}\nregisterLoader(load);\n';
    const index = indexOf({ 'a.ts': block.repeat(6) });
    assert.equal(offered(index, 'b.ts', 'async function load() {\n  await connect();\n}\n█'), 'registerLoader(load);');
    assert.equal(offered(index, 'c.ts', 'async function load() {\n  await connect();\n  █'), undefined);
  });

  it('never offers what looks like a key', () => {
    const index = indexOf({ 'a.ts': 'const apiKey = "CANARY_4f9a8b7c6d5e4f3a2b1c0d";\n'.repeat(4) });
    const answer = offered(index, 'b.ts', 'const apiKey = "█\n');
    assert.ok(answer === undefined || !answer.includes('CANARY'), answer);
  });
});

describe('embedded index, keeping up', () => {
  it('offers what was typed a moment ago', () => {
    const index = indexOf({});
    const typed = 'registerCommand(first, handlerOf(first));\nregisterCommand(second, handlerOf(second));\n';
    for (let end = 1; end <= typed.length; end += 1) index.update('a.ts', typed.slice(0, end), label('cloud'));
    assert.equal(offered(index, 'a.ts', `${typed}regis█`)?.startsWith('terCommand('), true);
  });

  it('forgets what was deleted', () => {
    const index = indexOf({ 'a.go': errorCheck('load') });
    index.update('a.go', 'package a\n', label('cloud'));
    assert.equal(offered(index, 'c.go', 'func loadAll() {\n\tx, err := load()\n\tif err █\n}\n'), undefined);
  });

  it('forgets a removed file', () => {
    const index = indexOf({ 'a.go': errorCheck('load') });
    index.remove('a.go');
    assert.equal(offered(index, 'c.go', 'func loadAll() {\n\tx, err := load()\n\tif err █\n}\n'), undefined);
  });

  it('answers the same after tidying up', () => {
    const index = indexOf({ 'a.go': errorCheck('load').repeat(400), 'b.go': errorCheck('save').repeat(400) });
    const place = 'func loadAll() {\n\tx, err := load()\n\tif err █\n}\n';
    const before = offered(index, 'c.go', place);
    index.update('b.go', '', label('cloud'));
    index.tidy();
    assert.equal(before, '!= nil {');
    assert.equal(offered(index, 'c.go', place), before);
  });

  it('drops the files touched longest ago when there is no more room, and goes on', () => {
    const index = createEmbeddedIndex({ capacity: 20_000, threshold });
    for (let file = 0; file < 60; file += 1) {
      const line = `const value${file} = reader${file}.take(limit${file});\n`;
      index.update(`f${file}.ts`, line.repeat(40), label('cloud'));
    }
    assert.ok(offered(index, 'x.ts', 'const value59 = reader59.█\n')?.startsWith('take(limit59'));
    assert.equal(offered(index, 'x.ts', 'const value0 = reader0.█\n'), undefined);
  });

  it('reads a text again that was more than it can hold, once half of it is gone', () => {
    const index = createEmbeddedIndex({ capacity: 20_000, threshold });
    index.update('a.go', errorCheck('load') + 'x = y + z\n'.repeat(5_000), label('cloud'));
    const place = 'func loadAll() {\n\tx, err := load()\n\tif err █\n}\n';
    assert.equal(offered(index, 'c.go', place), undefined);
    index.update('a.go', errorCheck('load'), label('cloud'));
    assert.ok(offered(index, 'c.go', place)?.startsWith('!= nil'));
  });

  it('reads on when one text alone is more than it can hold', () => {
    const index = createEmbeddedIndex({ capacity: 20_000, threshold });
    index.update('huge.ts', 'a = b + c;\n'.repeat(5_000), label('cloud'));
    index.update('a.go', errorCheck('load'), label('cloud'));
    assert.ok(offered(index, 'c.go', 'func loadAll() {\n\tx, err := load()\n\tif err █\n}\n')?.startsWith('!= nil'));
  });
});

describe('embedded index, labels', () => {
  const place = 'func loadAll() {\n\tx, err := load()\n\tif err █\n}\n';

  it('joins the labels of the files that taught the answer, and of no other', () => {
    const index = createEmbeddedIndex({ threshold });
    index.update('a.go', errorCheck('load'), label('cloud'));
    index.update('b.go', errorCheck('load'), label('perimeter'));
    index.update('z.go', 'package z\n', label('device'));
    assert.equal(answerAt(index, 'c.go', place, 'device')?.text.label.reach, 'perimeter');
  });

  it('does not carry a text into a file that may go farther than its own', () => {
    for (const [reach, allowed] of [
      ['device', true],
      ['perimeter', false],
      ['cloud', false],
    ] as const) {
      const index = createEmbeddedIndex({ threshold });
      index.update('secret.go', errorCheck('load'), label('device'));
      assert.equal(answerAt(index, 'c.go', place, reach) !== undefined, allowed, reach);
    }
  });

  it('carries into a file that it has not read only what may go everywhere', () => {
    for (const [reach, allowed] of [
      ['device', false],
      ['perimeter', false],
      ['cloud', true],
    ] as const) {
      const index = createEmbeddedIndex({ threshold });
      index.update('a.go', errorCheck('load'), label(reach));
      const [prefix = '', suffix = ''] = place.split('█');
      assert.equal(index.complete({ uri: 'unread.go', prefix, suffix }) !== undefined, allowed, reach);
    }
  });

  it('does not read a file that may reach no model, and forgets one that no longer may', () => {
    const index = createEmbeddedIndex({ threshold });
    index.update('a.go', errorCheck('load'), label('device'));
    assert.ok(answerAt(index, 'c.go', place, 'device'));
    index.update('a.go', errorCheck('load'), label('none'));
    assert.equal(answerAt(index, 'c.go', place, 'device'), undefined);
  });

  it('takes a new label for an unchanged text', () => {
    const index = createEmbeddedIndex({ threshold });
    index.update('a.go', errorCheck('load'), label('cloud'));
    index.update('a.go', errorCheck('load'), label('device'));
    assert.equal(answerAt(index, 'c.go', place, 'cloud'), undefined);
  });
});

function errorCheck(name: string): string {
  return `func ${name}All() {\n\tx, err := ${name}()\n\tif err != nil {\n\t\treturn err\n\t}\n}\n`.repeat(8);
}

function label(reach: Reach): Label {
  return labelOf([{ provenance: { kind: 'product' }, reach, rules: [] }]);
}

function indexOf(files: Readonly<Record<string, string>>): EmbeddedIndex {
  const index = createEmbeddedIndex({ threshold });
  for (const [uri, text] of Object.entries(files)) index.update(uri, text, label('cloud'));
  return index;
}

function answerAt(index: EmbeddedIndex, uri: string, marked: string, reach: Reach = 'cloud') {
  const [prefix = '', suffix = ''] = marked.split('█');
  index.update(uri, prefix + suffix, label(reach));
  return index.complete({ uri, prefix, suffix });
}

function offered(index: EmbeddedIndex, uri: string, marked: string): string | undefined {
  const answer = answerAt(index, uri, marked);
  return answer && reveal(answer.text);
}
