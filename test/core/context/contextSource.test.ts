import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createContextSource, type ContextSource } from '../../../src/core/context/contextSource.ts';
import type { Outliner } from '../../../src/core/context/outline.ts';
import type { SourceFile } from '../../../src/core/context/projectFile.ts';
import { settle } from '../../../src/core/context/settle.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';
import { labelled, labelOf, productLabel, reveal, type Label } from '../../../src/core/label/labelled.ts';
import type { Reach } from '../../../src/core/label/reach.ts';
import type { ContextPiece } from '../../../src/core/prompt/completionPrompt.ts';

const cart =
  'export type Cart = { lines: Line[] };\n\nexport function addLine(cart: Cart, line: Line): Cart {\n  return cart;\n}\n';
const prices = 'export function priceOf(line: Line): number {\n  return line.amount * line.unit;\n}\n';
const clouds = 'export function windSpeed(gust: number): number {\n  return gust * 3.6;\n}\n';
const using = "import { Cart } from './cart.ts';\n\nfunction put(cart: Cart): void {\n  █\n}\n";
const budget = 2_000;

describe('context source', () => {
  it('brings what an imported file defines', () => {
    const pieces = sourceOf({ 'src/cart.ts': cart, 'src/clouds.ts': clouds }).prepare(spotAt('src/use.ts', using), {
      budget,
    });
    assert.match(textOf(pieces), /export function addLine/);
  });

  it('puts what has to do with the cursor before what has not, if only one fits', () => {
    const files = { 'lib/one.ts': prices, 'lib/two.ts': clouds };
    const pieces = sourceOf(files).prepare(spotAt('src/use.ts', 'let total = priceOf(line);\n█\n'), { budget: 120 });
    assert.deepEqual(
      pieces.map((piece) => piece.title),
      ['lib/one.ts:1-3'],
    );
  });

  it('never exceeds the budget, cuts only between lines, and takes no line twice', () => {
    const names = fc.constantFrom('alpha', 'bravo', 'gamma', 'delta', 'omega');
    const text = fc
      .array(fc.tuple(names, names), { minLength: 1, maxLength: 60 })
      .map((pairs) => pairs.map(([a, b]) => `function ${a}${b}() {\n  return ${b};\n}\n`).join(''));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a.ts', 'b.ts', 'c.ts'), text), fc.nat(3_000), (files, room) => {
        const pieces = sourceOf(files).prepare(spotAt('use.ts', 'alpha(bravo);\n█'), { budget: room });
        assert.ok(pieces.reduce((sum, piece) => sum + piece.text.length, 0) <= room);
        for (const piece of pieces) {
          const [, file = '', start = '', end = ''] = /^(.*):(\d+)-(\d+)$/.exec(piece.title) ?? [];
          const lines = (files[file] ?? '').split('\n').slice(Number(start) - 1, Number(end));
          for (const line of reveal(piece.text).trimEnd().split('\n')) assert.ok(lines.includes(line), line);
        }
      }),
    );
  });

  it('reads a file by its syntax where that is known, and takes no line of heads within heads twice', () => {
    const heads = ['Cart', 'lines', 'total'].map((name, start) => ({
      name,
      start,
      end: start === 0 ? 4 : start + 1,
      head: start === 0 ? 4 : start + 1,
    }));
    const outliner: Outliner = (_, languageId) =>
      languageId === 'typescript' ? { definitions: heads, borders: [true, false, false, false] } : undefined;
    const source = createContextSource({ outliner });
    source.update(file('src/cart.ts', 'export type Cart = {\n  lines: Line[];\n  total: number;\n};\n'));
    assert.equal(
      textOf(source.prepare(spotAt('src/use.ts', using), { budget })),
      'export type Cart = {\n  lines: Line[];\n  total: number;\n};\n',
    );
  });

  it('gives the same pieces in the same order, however the files came', () => {
    const files = { 'src/cart.ts': cart, 'src/prices.ts': prices, 'src/clouds.ts': clouds };
    const reversed = Object.fromEntries(Object.entries(files).toReversed());
    const spot = spotAt('src/use.ts', using);
    const titles = (source: ContextSource) => source.prepare(spot, { budget }).map((piece) => piece.title);
    assert.deepEqual(titles(sourceOf(reversed)), titles(sourceOf(files)));
  });

  it('brings files of a kindred language, and not of a foreign one', () => {
    const source = createContextSource();
    source.update({ ...file('src/cart.tsx', cart), languageId: 'typescriptreact' });
    source.update({ ...file('src/prices.py', cart), languageId: 'python' });
    const pieces = source.prepare(spotAt('src/use.ts', using.replace('cart.ts', 'basket.ts')), { budget });
    assert.deepEqual([...new Set(pieces.map((piece) => piece.title.split(':')[0]))], ['src/cart.tsx']);
  });

  it('brings nothing of the file that is being written', () => {
    const source = sourceOf({ 'src/cart.ts': cart });
    assert.deepEqual(source.prepare(spotAt('src/cart.ts', `${cart}█`), { budget }), []);
  });

  it('has ready what was prepared, until the file it came from goes', () => {
    const source = sourceOf({ 'src/cart.ts': cart });
    assert.deepEqual(source.ready('src/use.ts'), []);
    const pieces = source.prepare(spotAt('src/use.ts', using), { budget });
    assert.equal(source.ready('src/use.ts'), pieces);
    source.remove('src/cart.ts');
    assert.deepEqual(source.ready('src/use.ts'), []);
    assert.deepEqual(source.prepare(spotAt('src/use.ts', using), { budget }), []);
  });

  it('has ready no piece whose lines have changed, and those that only moved', () => {
    const source = sourceOf({ 'src/cart.ts': cart, 'src/prices.ts': prices });
    const spot = spotAt('src/use.ts', `${using}priceOf(line);\n`);
    const pieces = source.prepare(spot, { budget });
    assert.match(textOf(pieces), /priceOf.*Cart|Cart.*priceOf/s);
    source.update(file('src/prices.ts', `// Moved down.\n\n${prices}`));
    assert.equal(source.ready('src/use.ts'), pieces);
    source.update(file('src/prices.ts', prices.replace('line.unit', 'line.units')));
    assert.deepEqual(
      source.ready('src/use.ts'),
      pieces.filter(({ title }) => title.startsWith('src/cart')),
    );
    source.update(file('src/cart.ts', cart, labelFor('src/cart.ts', 'device')));
    assert.deepEqual(source.ready('src/use.ts'), [], 'the same lines under another label');
  });

  it('has ready no piece of a file that is being written in until it is read again, and chooses none', () => {
    const source = sourceOf({ 'src/cart.ts': cart });
    const spot = spotAt('src/use.ts', using);
    const pieces = source.prepare(spot, { budget });
    assert.deepEqual([source.outdate('src/cart.ts'), source.outdate('src/never-read.ts')], [true, false]);
    assert.deepEqual([source.ready('src/use.ts'), source.prepare(spot, { budget })], [[], []]);
    source.update(file('src/cart.ts', cart));
    assert.deepEqual(source.prepare(spot, { budget }), pieces);
  });

  it('keeps what is ready when a file goes that has no part in it', () => {
    const source = sourceOf({ 'src/cart.ts': cart, 'src/clouds.ts': clouds });
    const pieces = source.prepare(spotAt('src/use.ts', using), { budget: 150 });
    assert.doesNotMatch(textOf(pieces), /windSpeed/);
    source.remove('src/clouds.ts');
    assert.equal(source.ready('src/use.ts'), pieces);
  });

  it('counts a file more that was just written in', () => {
    const files = {
      'x/one.ts': 'function lineCount(a) {\n  return a;\n}\n',
      'x/two.ts': 'function lineCount(b) {\n  return b;\n}\n',
    };
    const spot = spotAt('src/use.ts', 'lineCount(█);\n');
    for (const uri of Object.keys(files)) {
      const source = sourceOf(files);
      source.note(uri, 'edited');
      assert.equal(source.prepare(spot, { budget: 60 })[0]?.title.startsWith(uri), true);
    }
  });

  it('forgets what was read first when there is no more room', () => {
    const source = createContextSource({ capacity: cart.length + prices.length });
    for (const [uri, text] of Object.entries({
      'src/cart.ts': cart,
      'src/prices.ts': prices,
      'src/clouds.ts': clouds,
    })) {
      source.update(file(uri, text));
    }
    assert.doesNotMatch(textOf(source.prepare(spotAt('src/use.ts', using), { budget })), /Cart/);
  });
});

describe('context source, labels', () => {
  it('gives each piece the label of its one file, with the lines it is', () => {
    const source = createContextSource();
    source.update(file('src/cart.ts', cart, labelFor('src/cart.ts', 'perimeter')));
    source.update(file('src/prices.ts', prices, labelFor('src/prices.ts', 'cloud')));
    for (const { title, text } of source.prepare(spotAt('src/use.ts', using), { budget })) {
      const [origin, ...others] = text.label.origins;
      assert.deepEqual(others, []);
      assert.equal(text.label.reach, title.startsWith('src/cart') ? 'perimeter' : 'cloud');
      assert.ok(origin?.provenance.kind === 'file' && origin.provenance.range);
      const { resource, range } = origin.provenance;
      assert.equal(`${resource.display}:${range.start + 1}-${range.end}`, title);
    }
  });

  it('does not read a file that may reach no model, and forgets one that no longer may', () => {
    const source = sourceOf({ 'src/cart.ts': cart });
    assert.notDeepEqual(source.prepare(spotAt('src/use.ts', using), { budget }), []);
    source.update(file('src/cart.ts', cart, labelFor('src/cart.ts', 'none')));
    assert.deepEqual(source.ready('src/use.ts'), []);
    assert.deepEqual(source.prepare(spotAt('src/use.ts', using), { budget }), []);
  });

  it('leaves out what may not go where the prompt goes', () => {
    const source = createContextSource();
    source.update(file('src/cart.ts', cart, labelFor('src/cart.ts', 'device')));
    const spot = spotAt('src/use.ts', using);
    assert.notDeepEqual(source.prepare(spot, { budget, zone: 'device' }), []);
    assert.deepEqual(source.prepare(spot, { budget, zone: 'cloud' }), []);
  });
});

describe('settle', () => {
  it('keeps pieces where they stood and puts new ones behind', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ title: name, text: labelled(`text of ${name}`, productLabel) }));
    assert.ok(a && b && c);
    assert.deepEqual(settle([b, a], [a, b, c]), [b, a, c]);
    assert.deepEqual(settle([], [a, b]), [a, b]);
  });
});

function sourceOf(files: Readonly<Record<string, string>>): ContextSource {
  const source = createContextSource();
  for (const [uri, text] of Object.entries(files)) source.update(file(uri, text));
  return source;
}

function file(uri: string, text: string, label: Label = productLabel): SourceFile {
  return { uri, display: uri, languageId: 'typescript', text: labelled(text, label) };
}

function labelFor(path: string, reach: Reach): Label {
  const resource = { uri: path, display: path, names: [] };
  return labelOf([{ provenance: { kind: 'file', resource }, reach, rules: [] }]);
}

function spotAt(uri: string, marked: string): Spot {
  const text = labelled(marked.replace('█', ''), productLabel);
  const document = { uri, display: uri, languageId: 'typescript', version: 1, text, indent: { tabs: false, size: 2 } };
  return { document, offset: marked.indexOf('█') };
}

function textOf(pieces: readonly ContextPiece[]): string {
  return pieces.map((piece) => reveal(piece.text)).join('');
}
