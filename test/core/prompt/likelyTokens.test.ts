import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { likelyTokens } from '../../../src/core/prompt/likelyTokens.ts';

describe('likelyTokens', () => {
  it('counts plain code by the rate measured', () => assert.equal(likelyTokens('let total = x;\n', 3), 5));
  it('counts each digit', () => assert.equal(likelyTokens('3.14159', 2), 6.5));
  it('counts each character of a script whose words are no single tokens', () =>
    assert.deepEqual([likelyTokens('数字', 3.3), likelyTokens('ตัว', 3.3), likelyTokens('слово!', 2)], [2, 3, 3]));
  it('counts more where a server was measured to', () => assert.equal(likelyTokens('数字', 0.5), 4));
});
