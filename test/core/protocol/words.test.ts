import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { servedLine } from '../../../src/core/protocol/words.ts';

describe('servedLine', () => {
  it('says who answered, where, how fast and how much', () => {
    const served = {
      zone: 'device',
      model: 'qwen',
      where: 'this machine',
      because: [],
      durationMs: 92,
      outputTokens: 7,
      bytesOut: 9,
    } as const;
    assert.equal(servedLine(served), 'qwen · this machine · 92 ms · 7 tokens');
  });
});
