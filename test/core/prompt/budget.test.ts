import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { budgetFor } from '../../../src/core/prompt/budget.ts';

const plenty = { contextLength: 32_768, maxTokens: 192, available: 1_000_000 };

describe('budgetFor', () => {
  it('leaves a tenth of the window and room for the answer', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 512, max: 65_536 }),
        fc.float({ min: Math.fround(0.01), max: 20, noNaN: true }),
        (contextLength, evaluated) => {
          const speed = { charsPerToken: 1, evaluated };
          const { prefix, suffix, context } = budgetFor('suffix-first', speed, { ...plenty, contextLength });
          assert.ok(prefix + suffix + context <= Math.max(128, contextLength * 0.9 - 192));
        },
      ),
    ));
  it('asks a slow machine for less', () => {
    const slow = budgetFor('prefix-first', { charsPerToken: 3, evaluated: 0.1 }, plenty);
    const quick = budgetFor('prefix-first', { charsPerToken: 3, evaluated: 2 }, plenty);
    assert.ok(slow.prefix + slow.context < quick.prefix + quick.context);
  });
  it('never goes below 512 tokens for slowness alone', () => {
    const { prefix, suffix, context } = budgetFor('prefix-first', { charsPerToken: 1, evaluated: 0.001 }, plenty);
    assert.ok(prefix + suffix + context >= 510);
  });
  it('keeps a suffix that is evaluated again and again below three hundredths of the prompt', () => {
    const { prefix, suffix, context } = budgetFor('prefix-first', { charsPerToken: 3.3 }, plenty);
    assert.ok(suffix / (prefix + suffix + context) <= 0.03);
  });
  // Models with sliding windows or recurrent layers go back no farther in their cache than about 512 tokens before the end.
  it('keeps what changes at the end of a prompt below 448 tokens, whatever was measured', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 512, max: 1_000_000 }),
        fc.option(fc.float({ min: Math.fround(0.001), max: 1_000, noNaN: true }), { nil: undefined }),
        (contextLength, evaluated) => {
          const speed = { charsPerToken: 1, ...(evaluated === undefined ? {} : { evaluated }) };
          assert.ok(budgetFor('prefix-first', speed, { ...plenty, contextLength }).suffix < 448 / 2);
        },
      ),
    ));
  it('pays at most a second and a half for a whole prompt, and 80 ms for its suffix, or what 512 and 48 tokens cost', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('prefix-first', 'suffix-first'),
        fc.float({ min: Math.fround(0.001), max: 50, noNaN: true }),
        (order, evaluated) => {
          const { prefix, suffix, context } = budgetFor(order, { charsPerToken: 1, evaluated }, plenty);
          assert.ok(prefix + suffix + context <= Math.max(512, evaluated * 1_500));
          assert.ok(suffix <= Math.min(512, Math.max(48, evaluated * 80)));
        },
      ),
    ));
  it('asks a machine that is not known yet for no more than a slow one goes on with', () => {
    const total = (speed: { evaluated?: number }): number => {
      const { prefix, suffix, context } = budgetFor('prefix-first', { charsPerToken: 1, ...speed }, plenty);
      return prefix + suffix + context;
    };
    assert.ok(total({}) > 1_000 && total({}) < 3 * total({ evaluated: 0.05 }), `${total({})}`);
  });
  it('uses what a quick machine can evaluate in that time', () => {
    const total = (evaluated: number): number => {
      const { prefix, suffix, context } = budgetFor('suffix-first', { charsPerToken: 1, evaluated }, plenty);
      return prefix + suffix + context;
    };
    assert.deepEqual([total(0.5), total(1)].map(Math.round), [750, 1_500]);
    assert.ok(total(100) >= 2_500);
  });
  it('gives the pieces of other files the same room however long the document grows', () => {
    const room = (available: number): number =>
      budgetFor('prefix-first', { charsPerToken: 3.3 }, { ...plenty, available }).context;
    assert.deepEqual([room(3_000), room(6_000), room(60_000)], [room(1), room(1), room(1)]);
  });
  it('gives a suffix that stands first a sixth', () => {
    const { prefix, suffix, context } = budgetFor('suffix-first', { charsPerToken: 3.3 }, plenty);
    assert.ok(Math.abs(suffix / (prefix + suffix + context) - 1 / 6) < 0.01);
  });
});
