import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatBytes, formatDuration } from '../../../src/core/protocol/amounts.ts';

describe('formatBytes', () => {
  for (const [bytes, words] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [4210, '4.2 kB'],
    [9960, '10 kB'],
    [999_400, '999 kB'],
    [999_600, '1.0 MB'],
    [986_000_000, '986 MB'],
    [4_700_000_000, '4.7 GB'],
    [18_600_000_000, '19 GB'],
  ] as const)
    it(`writes ${bytes} as ${words}`, () => assert.equal(formatBytes(bytes), words));
});

describe('formatDuration', () => {
  for (const [ms, words] of [
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [1200, '1.2 s'],
    [12_345, '12 s'],
    [59_600, '1 min'],
    [61_000, '1 min 1 s'],
    [125_000, '2 min 5 s'],
  ] as const)
    it(`writes ${ms} as ${words}`, () => assert.equal(formatDuration(ms), words));
});
