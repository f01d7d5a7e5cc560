import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blocksOf, languageOf } from '../../src/webview/markdown.ts';

describe('blocksOf', () => {
  it('splits a text into its blocks', () => {
    assert.deepEqual(blocksOf('Hello *you*\n\n```ts\nlet a;\n```\n\n- one\n- two'), [
      { kind: 'html', html: '<p>Hello <em>you</em></p>\n' },
      { kind: 'code', code: 'let a;\n', language: 'ts', closed: true },
      { kind: 'html', html: '<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n' },
    ]);
  });

  it('knows a fence that is still being written', () => {
    assert.deepEqual(blocksOf('```ts\nlet a'), [{ kind: 'code', code: 'let a', language: 'ts', closed: false }]);
    assert.deepEqual(blocksOf('```ts'), [{ kind: 'code', code: '', language: 'ts', closed: false }]);
    assert.deepEqual(blocksOf('````md\n```\n````'), [{ kind: 'code', code: '```\n', language: 'md', closed: true }]);
  });

  it('keeps the blocks before the last one while a text grows', () => {
    const text = 'One.\n\n```ts\nlet a;\n```\n\nThree and';
    assert.deepEqual(blocksOf(`${text} more`).slice(0, 2), blocksOf(text).slice(0, 2));
  });

  for (const [name, text, never] of [
    ['raw HTML', '<img src=x onerror=alert(1)><script>alert(1)</script>', /<img|<script/],
    ['an image', '![a](https://example.com/?d=CANARY)', /<img/],
    ['a script link', '[a](javascript:alert(1))', /<a/],
    ['a command link', '[a](command:workbench.action.quit)', /<a/],
    ['a link into the editor', '[a](vscode://x/y)', /<a/],
    ['a plain link', '[a](http://example.com)', /<a/],
    ['a file link', '[a](file:///etc/passwd)', /<a/],
    ['a data link', '[a](data:text/html,x)', /<a/],
    ['a style on a cell', '|a|\n|:-:|\n|b|', /style/],
  ] as const)
    it(`renders no ${name}`, () => assert.doesNotMatch(htmlOf(text), never));

  it('renders a link to https', () => {
    assert.match(
      htmlOf('[a](https://example.com/x) and https://example.org/y'),
      /href="https:\/\/example\.com\/x".*href="https:\/\/example\.org\/y"/s,
    );
  });
});

describe('languageOf', () => {
  for (const [info, language] of [
    ['TypeScript', 'typescript'],
    ['c++ title=x', 'c++'],
    ['', ''],
    ['"onload=x', ''],
  ] as const)
    it(`reads ${JSON.stringify(info)} as ${JSON.stringify(language)}`, () => assert.equal(languageOf(info), language));
});

function htmlOf(text: string): string {
  return blocksOf(text)
    .map((block) => (block.kind === 'html' ? block.html : block.code))
    .join('');
}
