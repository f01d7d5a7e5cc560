import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clean } from '../../../../src/core/completion/clean/clean.ts';
import { placeOf } from '../../../../src/core/completion/clean/place.ts';
import { at } from '../../../support/cursor.ts';

const two = { tabs: false, size: 2 };
const tabs = { tabs: true, size: 4 };

type Case = readonly [name: string, marked: string, raw: string, expected: string, indent?: typeof two];

const cases: readonly Case[] = [
  ['goes where the cursor stands in the right column', 'f {\n  █', '  a();', 'a();'],
  ['stays where the cursor stands in the first column', 'f {\n█', '  a();', '  a();'],
  ['is filled up where the cursor stands too far left', 'f {\n  g {\n  █', '    a();', '  a();'],
  ['stays where it leads on to the likely column', 'f {\n  g {\n  █', '  a();', '  a();'],
  ['goes where it leads to no likely column', 'f {\n  a();\n  █', '   b();', 'b();'],
  ['goes at the top of a file', '█', '    a();', 'a();'],
  ['is one space between words, and none after one', 'let x =█', ' 1;', ' 1;'],
  ['is none after a space', 'let x = █', ' 1;', '1;'],
  ['brings back a line break that was lost', 'f {█', '  a();\n}', '\n  a();\n}'],
  ['becomes spaces where the editor has spaces', 'f {\n  █\n}', 'g {\n\t\ta();\n\t}', 'g {\n    a();\n  }'],
  ['becomes tabs where the editor has tabs', 'f {\n\t█\n}', 'g {\n        a();\n    }', 'g {\n\t\ta();\n\t}', tabs],
  ['keeps what is beyond whole tabs', 'f(\n\t█\n)', 'a,\n      b', 'a,\n\t  b', tabs],
  [
    'stays as the lines around are, whatever the editor says',
    'f {\n\ta();\n\t█',
    'g {\n\t\tb();\n\t}',
    'g {\n\t\tb();\n\t}',
  ],
  [
    'stays as the spaces around are',
    'f {\n    a();\n    █',
    'g {\n        b();\n    }',
    'g {\n        b();\n    }',
    tabs,
  ],
];

describe('white space at the start of an answer, and of its lines', () => {
  for (const [name, marked, raw, expected, indent = two] of cases)
    it(name, () => assert.equal(clean(raw, placeOf(at(marked, { indent })), { done: true }).text, expected));
});
