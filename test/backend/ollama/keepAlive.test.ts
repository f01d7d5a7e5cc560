import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createKeepAlive } from '../../../src/backend/ollama/keepAlive.ts';

const soon = { expires_at: '2026-11-21T10:05:00.123456789+01:00' };
const forEver = { expires_at: '2318-09-16T02:11:59.123456789+01:00' };

describe('how long a model stays in memory', () => {
  it('is what the user says, for every model that is not kept for ever', () => {
    const keepAlive = createKeepAlive('30m', () => 0);
    keepAlive.saw('b', soon);
    keepAlive.saw('c', undefined);
    keepAlive.saw('d', { expires_at: 'never' });
    assert.deepEqual(['a', 'b', 'c', 'd'].map(keepAlive.of), ['30m', '30m', '30m', '30m']);
  });
  it('is for ever where it was, until it no longer is', () => {
    const keepAlive = createKeepAlive('30m', () => 0);
    keepAlive.saw('a', forEver);
    assert.deepEqual(['a', 'b'].map(keepAlive.of), [-1, '30m']);
    keepAlive.saw('a', soon);
    assert.equal(keepAlive.of('a'), '30m');
  });
  it('is believed for a minute', () => {
    let now = 0;
    const keepAlive = createKeepAlive('30m', () => now);
    assert.equal(keepAlive.isKnown('a'), false);
    keepAlive.saw('a', undefined);
    now = 59_999;
    assert.equal(keepAlive.isKnown('a'), true);
    now = 60_000;
    assert.equal(keepAlive.isKnown('a'), false);
  });
});
