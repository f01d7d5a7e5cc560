import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { renderFim, renderSuffixMode } from '../../../src/core/prompt/fim.ts';
import { fimFamilies, templateOf, type FimFamily } from '../../../src/core/prompt/fimFamilies.ts';
import type { OpenPart } from '../../../src/core/prompt/labelledPrompt.ts';

const parts = [
  part('context', 'src/b.ts:3-9', 'export const b = 1;'),
  part('prefix', 'src/a.ts:1-2', 'P'),
  part('suffix', 'src/a.ts', 'S'),
];

describe('renderFim', () => {
  const expected: Readonly<Record<FimFamily, string>> = {
    qwen: '<|repo_name|>workspace\n<|file_sep|>src/b.ts\nexport const b = 1;\n<|file_sep|>src/a.ts\n<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>',
    codegemma:
      '<|file_separator|>src/b.ts\nexport const b = 1;\n<|file_separator|>src/a.ts\n<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>',
    granite4: '<|fim_prefix|>// src/b.ts\nexport const b = 1;\n\nP<|fim_suffix|>S<|fim_middle|>',
    starcoder:
      '<reponame>workspace<filename>src/b.ts\nexport const b = 1;\n<filename>src/a.ts\n<fim_prefix>P<fim_suffix>S<fim_middle>',
    starcoder2:
      '<repo_name>workspace<file_sep>src/b.ts\nexport const b = 1;\n<file_sep>src/a.ts\n<fim_prefix>P<fim_suffix>S<fim_middle>',
    santacoder: '<fim-prefix>// src/b.ts\nexport const b = 1;\n\nP<fim-suffix>S<fim-middle>',
    codellama: '<PRE> // src/b.ts\nexport const b = 1;\n\nP <SUF>S <MID>',
    deepseek: '<｜fim▁begin｜>#src/b.ts\nexport const b = 1;\n#src/a.ts\nP<｜fim▁hole｜>S<｜fim▁end｜>',
    codestral: '[SUFFIX]S[PREFIX]+++++ src/b.ts\nexport const b = 1;\n+++++ src/a.ts\nP',
    seed: '<[fim-suffix]>S<[fim-prefix]>// src/b.ts\nexport const b = 1;\n\nP<[fim-middle]>',
    mellum: '<filename>src/b.ts\nexport const b = 1;\n<filename>src/a.ts\n<fim_suffix>S<fim_prefix>P<fim_middle>',
    glm: '<|code_prefix|>// src/b.ts\nexport const b = 1;\n\nP<|code_suffix|>S<|code_middle|>',
    codegeex:
      '<|user|>\n<|code_suffix|>S<|code_prefix|>###REFERENCE:src/b.ts\nexport const b = 1;\n###REFERENCE:src/a.ts\nP<|code_middle|><|assistant|>\n',
  };
  for (const family of fimFamilies)
    it(`writes the prompt of ${family}`, () =>
      assert.equal(renderFim(parts, templateOf(family)).prompt, expected[family]));

  it('needs no header without context', () =>
    assert.equal(renderFim(parts.slice(1), templateOf('qwen')).prompt, '<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>'));
  it('keeps the order of several pieces', () => {
    const { prompt } = renderFim(
      [part('context', 'x', '1'), part('context', 'y', '2'), ...parts.slice(1)],
      templateOf('qwen'),
    );
    assert.ok(prompt.indexOf('x\n1') < prompt.indexOf('y\n2'));
  });
  it('stops at every control word, the end of text first', () => {
    const { stop } = renderFim(parts, templateOf('qwen'));
    assert.equal(stop[0], '<|endoftext|>');
    for (const word of ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|file_sep|>', '<|im_end|>'])
      assert.ok(stop.includes(word));
  });
  it('comments a path as the other language does', () => {
    const { prompt } = renderFim([part('context', 'lib/a.py', 'x = 1'), ...parts.slice(1)], templateOf('codellama'));
    assert.ok(prompt.startsWith('<PRE> # lib/a.py\nx = 1\n'));
  });

  it('lets no user text act as a control word', () => {
    const hostile = fc
      .array(fc.oneof(fc.string(), fc.constantFrom(...fimFamilies.flatMap((family) => templateOf(family).sentinels))))
      .map((list) => list.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...fimFamilies), hostile, hostile, hostile, (family, context, prefix, suffix) => {
        const template = templateOf(family);
        const clean = renderFim(
          [part('context', 'f', ''), part('prefix', 'f', ''), part('suffix', 'f', '')],
          template,
        ).prompt;
        const { prompt } = renderFim(
          [part('context', 'f', context), part('prefix', 'f', prefix), part('suffix', 'f', suffix)],
          template,
        );
        for (const word of template.sentinels) assert.equal(count(prompt, word), count(clean, word), word);
      }),
    );
  });
});

describe('a path', () => {
  for (const family of fimFamilies)
    it(`cannot act as a control word of ${family}`, () => {
      const template = templateOf(family);
      const named = (name: string) =>
        renderFim([part('context', name, 'x'), part('prefix', name, 'y'), part('suffix', name, 'z')], template).prompt;
      for (const word of template.sentinels)
        assert.equal(count(named(`src/${word}.ts`), word), count(named('a'), word));
    });
});

describe('renderSuffixMode', () => {
  it('gives the server both sides', () =>
    assert.deepEqual(renderSuffixMode(parts.slice(1)), { prompt: 'P', suffix: 'S' }));
  it('never gives it an empty one', () =>
    assert.deepEqual(renderSuffixMode([part('prefix', 'a', ''), part('suffix', 'a', '')]), {
      prompt: '\n',
      suffix: '\n',
    }));
  it('puts context before the prefix, under a comment with its path', () =>
    assert.equal(renderSuffixMode(parts).prompt, '// src/b.ts\nexport const b = 1;\n\nP'));
});

function part(role: OpenPart['role'], title: string, text: string): OpenPart {
  return { id: role, role, title, text };
}

function count(text: string, word: string): number {
  return text.split(word).length - 1;
}
