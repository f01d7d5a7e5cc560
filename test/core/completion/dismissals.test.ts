import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDismissals } from '../../../src/core/completion/dismissals.ts';
import { at } from '../../support/cursor.ts';

describe('createDismissals', () => {
  it('holds for the same words on the same line, however far they were typed', () => {
    const dismissals = createDismissals();
    dismissals.add(at('x;\nlet █'), 'a = 1;', 0);
    assert.equal(dismissals.has(at('x;\nlet █'), 'a = 1;', 1_000), true);
    assert.equal(dismissals.has(at('x;\nlet a█'), ' = 1;', 1_000), true);
  });
  it('does not hold for other words, nor in another place', () => {
    const dismissals = createDismissals();
    dismissals.add(at('x;\nlet █'), 'a = 1;', 0);
    assert.equal(dismissals.has(at('x;\nlet █'), 'b = 1;', 1_000), false);
    assert.equal(dismissals.has(at('y;\nlet █'), 'a = 1;', 1_000), false);
  });
  it('ends after five minutes', () => {
    const dismissals = createDismissals();
    dismissals.add(at('let █'), 'a;', 0);
    assert.equal(dismissals.has(at('let █'), 'a;', 299_999), true);
    assert.equal(dismissals.has(at('let █'), 'a;', 300_000), false);
  });
});
