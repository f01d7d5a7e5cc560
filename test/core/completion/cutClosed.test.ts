import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cutClosed } from '../../../src/core/completion/cutClosed.ts';
import { at } from '../../support/cursor.ts';

const body = 'return 0;\n  } else {\n    return 1;\n  }';

describe('cutClosed', () => {
  it('ends before the closer that the editor has put below', () =>
    assert.equal(cut('function f() {\n  if (x) {\n    █\n  }\n}\n', body), 'return 0;'));
  it('closes what nobody has closed yet', () =>
    assert.equal(cut('function f() {\n  if (x) {\n    █\n}\n', body), body));
  it('closes what it opens itself', () =>
    assert.equal(cut('function f() {\n  █\n  }\n', 'if (x) {\n    one();\n  }'), 'if (x) {\n    one();\n  }'));
  it('leaves nothing where it only closes', () =>
    assert.equal(cut('function f() {\n  one();█\n}\n', '\n}\n\nfunction g() {'), ''));
  it('tells brackets of different kinds apart', () =>
    assert.equal(cut('f([\n  █\n])\n', 'one,\n)', 'typescript'), 'one,\n)'));
  it('does the same for tags', () => {
    assert.equal(cut('<ul>\n  █\n</ul>\n', '<li>one</li>\n</ul>\n<p>', 'html'), '<li>one</li>');
    assert.equal(cut('█\n</ul>\n', '<ul>\n  <li>one</li>\n</ul>', 'html'), '<ul>\n  <li>one</li>\n</ul>');
  });
  it('reads the lines of a file with the line ends of Windows', () =>
    assert.equal(cut('function f() {\r\n  █\r\n}\r\n', 'one();\n}'), 'one();'));
});

function cut(text: string, suggestion: string, languageId = 'typescript'): string {
  return cutClosed(suggestion, at(text, { languageId, indent: { tabs: false, size: 2 } }));
}
