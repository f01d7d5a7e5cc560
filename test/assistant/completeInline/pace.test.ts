import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPace } from '../../../src/assistant/completeInline/pace.ts';
import type { InlineSettings } from '../../../src/assistant/completeInline/ports.ts';
import { at } from '../../support/cursor.ts';

const inWord = 'x();\nlet a█\n';

describe('the wait before a request', () => {
  it('is none at the start of a line, and none when the user asks', () => {
    const pace = paceOf({ keyMs: 100, requests: 5 });
    assert.equal(pace('x();\n  █\n'), 0);
    assert.equal(pace(inWord, { explicit: true }), 0);
  });
  it('is none while requests are few, then longer than the gap between two keys', () => {
    assert.equal(paceOf({ keyMs: 100, requests: 0 })(inWord), 0);
    assert.equal(paceOf({ keyMs: 100, requests: 5 })(inWord), 150);
  });
  it('is half as long again in the middle of a line', () => {
    assert.equal(paceOf({ keyMs: 100, requests: 5 })('call(█, other);'), 225);
  });
  it('is between 40 and 400 ms, however someone types', () => {
    assert.equal(paceOf({ keyMs: 10, requests: 5 })(inWord), 40);
    assert.equal(paceOf({ keyMs: 500, requests: 9 })(inWord), 400);
  });
  it('is shorter where the first token takes long, but not shorter than the gap between two keys', () => {
    assert.equal(paceOf({ keyMs: 100, requests: 5, firstTokenMs: 80 })(inWord), 130);
    assert.equal(Math.round(paceOf({ keyMs: 100, requests: 5, firstTokenMs: 900 })(inWord) ?? 0), 110);
  });
  it('is what the user has set, and for ever where suggestions come by hand only', () => {
    assert.equal(paceOf({ keyMs: 100, requests: 0, delay: 70 })(inWord), 70);
    assert.equal(paceOf({ keyMs: 100, requests: 0, trigger: 'manual' })(inWord), undefined);
  });
});

type Play = Partial<Pick<InlineSettings, 'delay' | 'trigger'>> & {
  readonly keyMs: number;
  readonly requests: number;
  readonly firstTokenMs?: number;
};

/** The pace after a dozen keys and some requests. */
function paceOf({ keyMs, requests, firstTokenMs, delay = 'adaptive', trigger = 'automatic' }: Play) {
  let now = 0;
  const pace = createPace({
    clock: { now: () => now },
    settings: () => ({ delay, trigger }),
    firstTokenMs: () => firstTokenMs,
  });
  for (let key = 0; key < 12; key++) {
    now += keyMs;
    pace.key();
  }
  for (let request = 0; request < requests; request++) pace.spend();
  return (text: string, { explicit = false } = {}) =>
    pace.delay({
      spot: at(text),
      facts: { cursors: 1, hasSelection: false, aside: false },
      explicit,
      listOpen: false,
    });
}
