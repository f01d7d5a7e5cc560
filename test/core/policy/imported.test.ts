import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import {
  importedNames,
  readImported,
  unreadableImported,
  type ImportedFile,
} from '../../../src/core/policy/imported.ts';
import type { ImportedSource } from '../../../src/core/policy/source.ts';
import { compiled, decided, folder, source } from './fixture.ts';
import { processorTime } from '../../support/processorTime.ts';

const open = source({ reach: 'cloud' });

function ignoring(imported: ImportedFile, base?: string): ImportedSource {
  const file = `${folder}/${base === undefined ? '' : `${base}/`}${imported.name}`;
  return { file, folder, version: 'working tree', imported, ...(base === undefined ? {} : { base }) };
}

function reachUnder(imported: ImportedSource, file: string): string {
  return decided(compiled([open], [imported]), file).reach;
}

describe('an ignore file of another tool', () => {
  test('keeps what it excludes on the device and names itself and the line', () => {
    const read = readImported({ name: '.cursorignore', text: '# ours\n\n*.sql\n!schema.sql\n' });
    const decision = decided(compiled([open], [ignoring(read)]), 'db/data.SQL');
    assert.deepEqual(decision.rules, [
      {
        layer: 'imported',
        id: '.cursorignore',
        pattern: '*.sql',
        reach: 'device',
        reason: 'excluded by .cursorignore',
        file: `${folder}/.cursorignore`,
        line: 3,
      },
    ]);
    assert.equal(reachUnder(ignoring(read), 'db/schema.sql'), 'cloud');
  });

  test('speaks of what lies below its own folder only', () => {
    const read = ignoring(readImported({ name: '.aiignore', text: '/x' }), 'packages/a');
    assert.equal(reachUnder(read, 'packages/a/x'), 'device');
    assert.equal(reachUnder(read, 'x'), 'cloud');
    assert.equal(reachUnder(read, 'packages/ab/x'), 'cloud');
  });

  test('cannot let through what a rule or another ignore file holds', () => {
    const keep = ignoring(readImported({ name: '.aiignore', text: 'a/' }));
    const free = ignoring(readImported({ name: '.cursorignore', text: '!a/\n!.env' }));
    const policy = compiled([open], [keep, free]);
    assert.equal(decided(policy, 'a/x').reach, 'device');
    assert.equal(decided(policy, '.env').reach, 'device');
  });

  test('called .noai keeps its folder out of every model', () => {
    const read = ignoring(readImported({ name: '.noai', text: '' }), 'legal');
    assert.equal(reachUnder(read, 'legal/a.md'), 'none');
    assert.equal(reachUnder(read, 'a.md'), 'cloud');
  });

  test('with an include means the included lines too', () => {
    const text = '!include shared.ignore\nb';
    const read = readImported({
      name: '.clineignore',
      text,
      include: (name) => (name === 'shared.ignore' ? 'a\n' : undefined),
    });
    assert.equal(reachUnder(ignoring(read), 'a'), 'device');
    assert.equal(reachUnder(ignoring(read), 'b'), 'device');
    assert.equal(reachUnder(ignoring(read), 'c'), 'cloud');
  });

  test('that cannot be read exactly holds everything below its folder, and says why', () => {
    const rows: readonly (readonly [imported: ImportedFile, why: RegExp])[] = [
      [readImported({ name: '.clineignore', text: '!include gone' }), /Line 1 includes gone/],
      [readImported({ name: '.aiignore', text: 'a/**/b/**/c/**/d/**' }), /more than 3 times/],
      [readImported({ name: '.aiignore', text: 'x\n'.repeat(5001) }), /more than 5000 patterns/],
      [readImported({ name: '.aiignore', text: '**/a/**\n'.repeat(65) }), /several \*\*/],
      [readImported({ name: '.aiignore', text: 'x'.repeat(300_000) }), /larger than/],
      [unreadableImported('.aiignore', 'It is a folder.'), /folder/],
    ];
    for (const [imported, why] of rows) {
      const decision = decided(compiled([open], [ignoring(imported)]), 'any.ts');
      assert.equal(decision.reach, 'device');
      assert.match(decision.rules[0]?.reason ?? '', why);
    }
  });

  test('that is made to be slow does not hang', () => {
    const read = readImported({ name: '.aiignore', text: '**/a/**/a/**/b\n*a*a*a*a*a*a*a*a*b\n'.repeat(30) });
    const policy = compiled([open], [ignoring(read)]);
    const { took } = processorTime(() => {
      for (const file of ['a/'.repeat(60), 'a'.repeat(1000), `${'a'.repeat(200)}/`.repeat(4)])
        decided(policy, `${file}c`);
    });
    assert.ok(took < 300, `${took.toFixed(0)} ms`);
  });
});

describe('ignore files mean what git means by them', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'ringfence-ignore-'));
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['config', 'core.ignoreCase', 'true'], { cwd: root });
  after(() => rmSync(root, { recursive: true, force: true }));

  // Plain ASCII: to git `?` is one byte, to us one character.
  const name = fc.constantFrom('a', 'b', 'c.ts', 'd.sql', 'A', 'x y', '.h');
  const file = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  const piece = fc.constantFrom('a', 'b', '*.ts', '*', '**', '?', '[ab]', '.h', 'A', 'x\\ y', 'c.*');
  const line = fc
    .tuple(
      fc.constantFrom('', '', '!'),
      fc.constantFrom('', '/'),
      fc.array(piece, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '/'),
    )
    .map(([negation, front, pieces, back]) => negation + front + pieces.join('/') + back);

  test('on random files and paths', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.uniqueArray(file, { minLength: 8, maxLength: 24 }),
        (lines, files) => {
          const read = readImported({ name: importedNames[0], text: lines.join('\n') });
          const excluded = files.filter((one) => read.match(one) !== undefined);
          assert.deepEqual(excluded, checkIgnore(lines, files), lines.join(' | '));
        },
      ),
      { numRuns: 60 },
    );
  });

  function checkIgnore(lines: readonly string[], files: readonly string[]): readonly string[] {
    writeFileSync(path.join(root, '.gitignore'), lines.join('\n'));
    const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '--stdin', '-z'], {
      cwd: root,
      input: files.join('\0'),
      encoding: 'utf8',
    });
    const found = new Set(stdout.split('\0'));
    return files.filter((one) => found.has(one));
  }
});
