import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesWord, durationWord, servedLine } from '../../../src/core/protocol/words.ts';

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

describe('durationWord', () => {
  for (const [ms, words] of [
    [0, '0 ms'],
    [999, '999 ms'],
    [1200, '1.2 s'],
    [12_345, '12 s'],
    [125_000, '2 min 5 s'],
  ] as const)
    it(`writes ${ms} as ${words}`, () => assert.equal(durationWord(ms), words));
});

describe('bytesWord', () => {
  for (const [bytes, words] of [
    [12, '12 B'],
    [4210, '4 kB'],
    [986_000_000, '986 MB'],
    [4_700_000_000, '4.7 GB'],
  ] as const)
    it(`writes ${bytes} as ${words}`, () => assert.equal(bytesWord(bytes), words));
});
