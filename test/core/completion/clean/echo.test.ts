import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';

const cases: readonly (readonly [name: string, marked: string, raw: string, expected: string])[] = [
  ['the start of the line goes', 'const total = █', 'const total = sum(rows);', 'sum(rows);'],
  ['the line above goes, what follows it stays', 'open(first, door);\n█', 'open(first, door);\nenter();', 'enter();'],
  ['the line above alone is nothing', '  open(first, door);\n  █', 'open(first, door);', ''],
  ['a short line above may come twice', 'x++;\n█', 'x++;\ny++;', 'x++;\ny++;'],
  ['a line much like the one above stays', 'open(first, door);\n█', 'open(second, door);', 'open(second, door);'],
  ['a word that the line begins with stays', 'let x = █', 'let(x);', 'let(x);'],
];

describe('what stands before the cursor, said again', () => {
  for (const [name, marked, raw, expected] of cases)
    it(name, () => assert.equal(clean(raw, placeOf(at(marked)), { done: true }).text, expected));
});
