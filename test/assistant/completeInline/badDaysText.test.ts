import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { surroundings } from '../../../src/core/completion/spot.ts';
import { fimFamilies, templateOf } from '../../../src/core/prompt/fimFamilies.ts';
import { renderFim } from '../../../src/core/prompt/fim.ts';
import { at } from '../../support/cursor.ts';
import { createWorld } from './world.ts';

const head = 'function f() {\n  ';
const body = 'let gone = 0;\n  while (gone < 9) gone++;\n  return gone;';
/** A model that knows how the function goes on, whatever of it stands there. */
const knows = (prefix: string): string => {
  const typed = prefix.slice(prefix.lastIndexOf(head) + head.length);
  return body.startsWith(typed) ? body.slice(typed.length) : 'undefined;';
};

describe('a text with other line ends', () => {
  const dos = (text: string): string => text.replaceAll('\n', '\r\n');
  it('is asked about as if it had our own, and typed on without another request', async () => {
    const world = createWorld({ local: { answer: knows } });
    const inBody = (typed: string): string => dos(`// a\n\n${head}${typed}█\n}\n`);
    assert.equal((await world.suggest(inBody('')))?.text, 'let gone = 0;');
    assert.equal(world.sent[0]?.prefix, `// a\n\n${head}`);
    await world.clock.advanceTo(2_000);
    for (const typed of [
      'let',
      'let gone = 0;',
      'let gone = 0;\n',
      'let gone = 0;\n  ',
      'let gone = 0;\n  while (gone',
    ])
      assert.equal((await world.suggest(inBody(typed), 1))?.text.trim(), body.slice(typed.length).trim(), typed);
    assert.equal(world.sent.length, 1);
  });
  it('keeps what is known of it when they are changed for others', async () => {
    const world = createWorld({ local: { answer: knows } });
    const text = `// a\n\n// b\n${head}█\n}\nlast();\n`;
    await world.suggest(text);
    await world.clock.advanceTo(2_000);
    const first = await world.suggest(text, 1);
    assert.equal(first?.text, body);
    assert.deepEqual(await world.suggest(dos(text), 1), first);
    assert.equal(world.sent.length, 1);
  });
  it('never has the cursor’s line end with half of one', () => {
    for (const text of ['one();█\r\ntwo();', 'one();\r\n█\r\ntwo();', 'one();\r\ntwo();█', 'one();\r\n█'])
      assert.equal(surroundings(at(text)).rest, '', text);
  });
});

describe('a line at the very start', () => {
  for (const text of ['█\nlast();\n', '█', '\n█\nlast();\n', '\n\n█', '█\r\nlast();\n'])
    it(`begins where it begins: ${JSON.stringify(text)}`, () => {
      const around = surroundings(at(text));
      assert.equal(around.head, '');
      assert.equal(around.lineStart, text.indexOf('█'));
    });
  it('is followed from the line above it, which is empty', async () => {
    const world = createWorld({ local: { answer: () => 'one();\ntwo();\nthree();' } });
    await world.suggest('█\nlast();\n', 1_000, { explicit: true });
    await world.clock.advanceTo(2_000);
    assert.equal((await world.suggest('one();\n█\nlast();\n', 1))?.text, 'two();\nthree();');
    const empty = createWorld({ local: { answer: () => '\none();\ntwo();' } });
    await empty.suggest('█\n\nlast();\n', 1_000, { explicit: true });
    await empty.clock.advanceTo(2_000);
    assert.equal((await empty.suggest('\n█\n\nlast();\n', 1))?.text, 'one();\ntwo();');
    assert.deepEqual([world.sent.length, empty.sent.length], [1, 1]);
  });
});

describe('characters of more than one unit', () => {
  it('are typed through, and one that begins like another is another', async () => {
    const world = createWorld({ local: { answer: () => 'say("😀", "👩‍👩‍👧");' } });
    assert.ok(await world.suggest('x();\n█\n'));
    await world.clock.advanceTo(2_000);
    assert.equal((await world.suggest('x();\nsay("😀█\n', 1))?.text, '", "👩‍👩‍👧");');
    assert.equal((await world.suggest('x();\nsay("😀", "👩‍👩█\n', 1))?.text, '‍👧");');
    assert.equal(await world.suggest('x();\nsay("😁█\n', 1), undefined);
  });
  it('are words that nobody wants completed in their middle', async () => {
    const world = createWorld({ local: { answer: () => 'x' } });
    for (const text of ['let 𝛼█𝛽 = 1;\n', 'let ab█c = 1;\n', 'let 名█前 = 1;\n'])
      assert.equal(await world.suggest(text, 500), undefined, text);
    assert.equal(world.sent.length, 0);
  });
  it('are not told from the other half by a cursor between their halves', async () => {
    const world = createWorld({ local: { answer: () => 'x' } });
    await world.suggest('a = "😀█".length;\n');
    const [half] = world.sent;
    assert.equal(half?.prefix, 'a = "😀');
  });
  for (const [name, text] of [
    ['right to left', 'const שלום = 1;\nconst עולם = █\n'],
    ['without spaces', '名前 = 取得();\n結果 = █\n'],
    ['with tabs', 'if (a) {\n\tb = █\n}\n'],
  ] as const)
    it(`are asked about as they stand: ${name}`, async () => {
      const world = createWorld({ local: { answer: () => '1;' } });
      assert.equal((await world.suggest(text))?.text, '1;');
      assert.equal(world.sent[0]?.prefix, text.slice(0, text.indexOf('█')));
    });
});

describe('a text that nobody has written by hand', () => {
  const long = 'a=1;'.repeat(250_000);
  for (const [name, text] of [
    ['a line of a million characters, at its start', `█${long}`],
    ['in its middle', `${long.slice(0, 500_000)}█${long.slice(500_000)}`],
    ['at its end', `${long}█`],
    ['more than a million characters in lines', `${'abc();\n'.repeat(150_000)}█`],
    ['nothing', '█'],
    ['next to nothing', '\n█\n'],
  ] as const)
    it(`is asked about by nobody, and quickly: ${name}`, async () => {
      const world = createWorld({ local: { answer: () => 'b();' } });
      const started = performance.now();
      for (let key = 0; key < 20; key++) {
        const ask = world.ask(text);
        world.completion.typed(ask);
        assert.equal(await world.completion.suggest(ask, AbortSignal.timeout(5_000)), undefined);
      }
      assert.ok(performance.now() - started < 500, `${performance.now() - started} ms`);
      assert.equal(world.sent.length, 0);
    });
  it('is asked about beside the long line', async () => {
    const world = createWorld({ local: { answer: () => 'b();' } });
    const text = `const data = "${'x'.repeat(300_000)}";\n${'call();\n'.repeat(2_000)}█\n`;
    assert.equal((await world.suggest(text))?.text, 'b();');
    assert.ok((world.sent[0]?.prefix.length ?? Infinity) < 60_000);
  });
  it('of a hundred thousand lines costs little at each key', async () => {
    const world = createWorld({ local: { answer: () => 'b();' } });
    const above = 'call();\n'.repeat(60_000);
    const below = '\ncall();'.repeat(40_000);
    await world.suggest(`${above}█${below}`);
    await world.clock.advanceTo(2_000);
    const started = performance.now();
    for (const typed of ['b', 'b(', 'b()', 'b();']) await world.suggest(`${above}${typed}█${below}`, 1);
    assert.ok(performance.now() - started < 200, `${performance.now() - started} ms`);
    assert.equal(world.sent.length, 1);
  });
  it('holds the control words of every family, and none of them acts', () => {
    const words = fimFamilies.flatMap((family) => templateOf(family).sentinels);
    for (const family of fimFamilies) {
      const template = templateOf(family);
      const text = words.join('\n');
      const open = (role: 'prefix' | 'suffix' | 'context') => ({ id: role, role, title: 'a.ts', text });
      const { prompt } = renderFim([open('context'), open('prefix'), open('suffix')], template);
      const bare = renderFim(
        [
          { ...open('context'), text: 'x' },
          { ...open('prefix'), text: 'x' },
          { ...open('suffix'), text: 'x' },
        ],
        template,
      );
      for (const word of template.sentinels)
        assert.equal(prompt.split(word).length, bare.prompt.split(word).length, `${word} of ${family}`);
    }
  });
});

describe('a document that becomes another', () => {
  for (const [name, around] of [
    ['name', { uri: 'file:///work/renamed.ts' }],
    ['language', { languageId: 'python' }],
  ] as const)
    it(`is offered nothing that was said, or is being said, under another ${name}`, async () => {
      const world = createWorld({ local: { answer: () => 'one();', ttft: 300 } });
      const asked = world.suggest('x();\n█\n');
      await world.clock.advanceTo(100);
      assert.equal(await world.suggest('x();\n█\n', 1, { around }), undefined);
      assert.equal(await asked, undefined);
      const known = createWorld({ local: { answer: () => 'one();' } });
      assert.ok(await known.suggest('x();\n█\n'));
      await known.clock.advanceTo(2_000);
      assert.equal(await known.suggest('x();\n█\n', 1, { around }), undefined);
      assert.ok(await known.suggest('x();\n█\n', 1));
    });
  it('is pasted over, undone and done again without a storm', async () => {
    const world = createWorld({ local: { answer: () => 'one();' } });
    const paste = Array.from({ length: 5_000 }, (_, line) => `pasted${line}();\n`).join('');
    for (let round = 0; round < 10; round++) {
      await world.suggest('x();\n█\n', 100);
      await world.suggest(`x();\n${paste}█\n`, 100);
    }
    assert.equal(world.sent.length, 2);
    assert.equal(world.mostOutstanding(), 1);
  });
});
