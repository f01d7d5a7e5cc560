import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnswerStateView, AnswerView, LeftOutView } from '../../src/core/protocol/view.ts';
import { hasEnded, spoken } from '../../src/webview/ending.ts';

const part: LeftOutView = { id: 'p', title: '.env', reach: 'device', why: '' };

describe('the end of an answer', () => {
  it('is told to a screen reader with what was said', () => {
    assert.equal(spoken(answer({ kind: 'done' })), 'Ringfence answered: Because.');
  });

  it('counts the parts that were held back', () => {
    assert.match(told([part]), /^Nothing was sent: one part of this chat/);
    assert.match(told([part, { ...part, id: 'q' }]), /^Nothing was sent: 2 parts of this chat/);
  });

  it('has not come while the answer is made', () => {
    for (const state of [{ kind: 'working', note: 'Checking' }, { kind: 'streaming' }] as const) {
      assert.equal(hasEnded(answer(state)), false);
      assert.equal(spoken(answer(state)), undefined);
    }
  });
});

function told(items: readonly LeftOutView[]): string {
  return spoken(answer({ kind: 'withheld', zone: 'cloud', items })) ?? '';
}

function answer(state: AnswerStateView): AnswerView {
  return {
    kind: 'answer',
    id: 'a',
    model: 'ollama/small',
    text: 'Because.',
    thinking: '',
    reach: 'cloud',
    why: '',
    state,
    leftOut: [],
    warnings: [],
  };
}
