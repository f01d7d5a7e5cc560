import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPatience } from '../../../src/assistant/completeInline/patience.ts';
import { at } from '../../support/cursor.ts';

const model = { backend: 'local', model: 'qwen2.5-coder' };
const down = { reason: 'not-running', message: 'Ollama is not running.' } as const;
const { document } = at('█');

describe('patience with a server that fails', () => {
  it('doubles from one second to a minute', () => {
    assert.deepEqual(pauses({ failures: 8, random: 0 }), [1, 2, 4, 8, 16, 32, 60, 60]);
  });
  it('is up to a quarter longer by chance', () => {
    assert.deepEqual(pauses({ failures: 3, random: 1 }), [1.25, 2.5, 5]);
  });
  it('lasts at least as long as the server asks for', () => {
    assert.deepEqual(pauses({ failures: 1, random: 0, retryAfterMs: 7_000 }), [7]);
  });
  it('is no shorter because the server says so, and no longer than ten minutes', () => {
    for (const retryAfterMs of [0, -5_000, 1])
      assert.deepEqual(pauses({ failures: 3, random: 0, retryAfterMs }), [1, 2, 4], String(retryAfterMs));
    for (const retryAfterMs of [86_400_000, Infinity])
      assert.deepEqual(pauses({ failures: 1, random: 0, retryAfterMs }), [600], String(retryAfterMs));
  });
  it('is forgotten once it answers', () => {
    const patience = createPatience({ now: () => 0 }, () => 0);
    patience.failed(model, down);
    patience.answered(model);
    assert.equal(patience.isClosed(model, document), false);
  });
});

describe('patience after a refusal', () => {
  it('holds for that file alone, for ten seconds', () => {
    let now = 0;
    const patience = createPatience({ now: () => now });
    patience.refused(model, document);
    assert.equal(patience.isClosed(model, document), true);
    assert.equal(patience.isClosed(model, { ...document, uri: 'file:///b.ts' }), false);
    now = 10_000;
    assert.equal(patience.isClosed(model, document), false);
  });
});

/** Seconds for which a model is left alone after each of some failures in a row. */
function pauses(play: { failures: number; random: number; retryAfterMs?: number }): number[] {
  let now = 0;
  const patience = createPatience({ now: () => now }, () => play.random);
  const { retryAfterMs } = play;
  return Array.from({ length: play.failures }, () => {
    patience.failed(model, { ...down, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    const since = now;
    while (patience.isClosed(model, document)) now += 250;
    return (now - since) / 1_000;
  });
}
