import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PromptAnchor } from '../../../src/core/prompt/anchor.ts';
import { budgetFor } from '../../../src/core/prompt/budget.ts';
import { completionPrompt } from '../../../src/core/prompt/completionPrompt.ts';
import { renderFim, renderSuffixMode } from '../../../src/core/prompt/fim.ts';
import { fimFamilies, templateOf } from '../../../src/core/prompt/fimFamilies.ts';
import type { OpenPart } from '../../../src/core/prompt/labelledPrompt.ts';
import { labelled, productLabel, reveal } from '../../../src/core/label/labelled.ts';
import { at } from '../../support/cursor.ts';

const line = fc.oneof(fc.constant(''), fc.stringMatching(/^[a-z() ]{1,40}$/), fc.constant('long, '.repeat(300)));
const text = fc.array(line, { maxLength: 400 }).map((lines) => lines.join('\n'));
const pieces = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 900 })).map(([depth, length]) => ({
    title: `${'folder/'.repeat(depth)}file.ts:1-20`,
    text: labelled('x'.repeat(length), productLabel),
  })),
  { maxLength: 12 },
);
const world = fc.record({
  family: fc.constantFrom(...fimFamilies),
  intent: fc.constantFrom('completion', 'warm'),
  before: text,
  after: text,
  pieces,
  contextLength: fc.constantFrom(2_048, 4_096, 8_192, 32_768),
  maxTokens: fc.constantFrom(1, 256, 512),
  // Two, as measured before each of two prompts.
  speeds: fc.array(
    fc.record(
      { charsPerToken: fc.constantFrom(1.6, 3.3, 5), evaluated: fc.constantFrom(0.02, 0.3, 0.8, 5) },
      { requiredKeys: ['charsPerToken'] },
    ),
    { minLength: 2, maxLength: 2 },
  ),
});

describe('the prompt of a completion', () => {
  it('leaves a tenth of the window free, answer included, whatever stands in the file and whichever model it is for', () =>
    fc.assert(
      fc.property(world, ({ family, intent, before, after, pieces: context, contextLength, maxTokens, speeds }) => {
        const template = templateOf(family);
        const available = before.length + after.length + context.reduce((sum, piece) => sum + piece.text.length, 0);
        let anchor: PromptAnchor | undefined;
        for (const [index, speed] of speeds.entries()) {
          const typed = 'let x = '.repeat(index);
          const { charsPerToken } = speed;
          const budget = budgetFor(template.order, speed, { contextLength, maxTokens, available });
          const spot = at(`${before}${typed}█${after}`);
          const built = completionPrompt({ spot, context, anchor, budget }, intent, { maxTokens });
          anchor = built.anchor;
          const parts: readonly OpenPart[] = built.prompt.parts.map((part) => ({ ...part, text: reveal(part.text) }));
          const { prompt, suffix } = renderSuffixMode(parts);
          for (const size of [renderFim(parts, template).prompt.length, prompt.length + suffix.length])
            assert.ok(size / charsPerToken + maxTokens <= 0.9 * contextLength, `${size} characters`);
          // What stands behind the prefix is evaluated again at each key, all the more by models that cannot go back far.
          if (template.order === 'prefix-first') assert.ok((parts.at(-1)?.text.length ?? 0) / charsPerToken < 448);
        }
      }),
    ));
  // The layers of gemma3, gemma4, qwen3.5, qwen3next, granitehybrid, lfm2 and nemotron_h go back no farther than about 512
  // tokens before the end of what they have read; no list of them is needed where it holds for all.
  for (const family of fimFamilies)
    it(`has few tokens behind the cursor, for any model that is asked as ${family} is, or by the suffix field`, () => {
      const template = templateOf(family);
      for (const evaluated of [undefined, 0.02, 50]) {
        const speed = { charsPerToken: 3.3, ...(evaluated === undefined ? {} : { evaluated }) };
        const budget = budgetFor(template.order, speed, {
          contextLength: 32_768,
          maxTokens: 256,
          available: 1_000_000,
        });
        const spot = at(`${'let x = y;\n'.repeat(2_000)}END█${', y'.repeat(900)}\n${'let y = x;\n'.repeat(2_000)}`);
        const built = completionPrompt({ spot, context: [], anchor: undefined, budget }, 'completion', {
          maxTokens: 256,
        });
        const parts: readonly OpenPart[] = built.prompt.parts.map((part) => ({ ...part, text: reveal(part.text) }));
        const [, behind = ''] = renderFim(parts, template).prompt.split('END');
        const field = template.order === 'prefix-first' ? renderSuffixMode(parts).suffix : '';
        for (const { length } of [behind, field]) assert.ok(length / speed.charsPerToken < 448, `${length} characters`);
      }
    });
  it('does so too where a character is a token or more, before a server has counted any', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('0.12, 0x3f,\n', '数を\n', 'let x = a;\n'), fc.integer({ min: 1, max: 900 })),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        fc.constantFrom(2_048, 4_096, 8_192),
        fc.constantFrom('completion', 'warm'),
        (runs, contextLength, intent) => {
          const written = runs.map(([unit, times]) => unit.repeat(times)).join('');
          const speed = { charsPerToken: 3.3, evaluated: 5 };
          const budget = budgetFor('prefix-first', speed, { contextLength, maxTokens: 512, available: 1_000_000 });
          const context = [{ title: 'a.ts', text: labelled('0, 1, 2\n'.repeat(150), productLabel) }];
          const plan = { spot: at(`${written}█${written}`), context, anchor: undefined, budget };
          const { prompt } = completionPrompt(plan, intent, { maxTokens: 512 });
          const all = prompt.parts.map(({ text }) => reveal(text)).join('');
          const digits = all.match(/\d/g)?.length ?? 0;
          const spelt = all.match(/[数を]/g)?.length ?? 0;
          const tokens = digits + 1.5 * spelt + (all.length - digits - spelt) / 3.3;
          assert.ok(tokens + 512 <= 0.9 * contextLength, `${all.length} characters`);
        },
      ),
      { numRuns: 60 },
    ));
  it('does so where there is more to tell than goes in, and uses the rest', () => {
    const many = Array.from({ length: 99 }, () => ({
      title: 'a.ts:1-2',
      text: labelled('x'.repeat(40), productLabel),
    }));
    for (const [contextLength, maxTokens] of [
      [2_048, 256],
      [2_048, 512],
      [3_072, 512],
    ] as const) {
      const speed = { charsPerToken: 3.3, evaluated: 5 };
      const budget = budgetFor('prefix-first', speed, { contextLength, maxTokens, available: 1_000_000 });
      const spot = at(`${'let x = y;\n'.repeat(2_000)}█\n${'let y = x;\n'.repeat(2_000)}`);
      const built = completionPrompt({ spot, context: many, anchor: undefined, budget }, 'warm', { maxTokens });
      const parts: readonly OpenPart[] = built.prompt.parts.map((part) => ({ ...part, text: reveal(part.text) }));
      const size = renderFim(parts, templateOf('qwen')).prompt.length / speed.charsPerToken + maxTokens;
      assert.ok(size <= 0.9 * contextLength, `${size} of ${contextLength} tokens`);
      assert.ok(size >= 0.8 * contextLength, `${size} of ${contextLength} tokens`);
    }
  });
});
