import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { likelyTokens } from '../../../src/core/prompt/likelyTokens.ts';

describe('likelyTokens', () => {
  it('counts plain code by the rate measured', () => assert.equal(likelyTokens('let total = x;\n', 3), 5));
  it('counts each digit', () => assert.equal(likelyTokens('3.14159', 2), 6.5));
  it('counts each character of a script whose words are no single tokens', () =>
    assert.deepEqual([likelyTokens('ตัว', 3.3), likelyTokens('слово!', 2)], [3, 3]));
  it('counts more where a vocabulary made for code may have to spell a character', () =>
    assert.deepEqual(
      ['数字', 'かな', '한글', '、。', '𠮷'].map((text) => likelyTokens(text, 3.3)),
      [3, 3, 3, 3, 3],
    ));
  it('counts one for such a character where a server was measured to have it', () =>
    assert.equal(likelyTokens('数字', 1.4), 2));
  it('counts more where a server was measured to', () => assert.equal(likelyTokens('数字', 0.5), 4));
});
