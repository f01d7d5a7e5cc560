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
  it('ends when one of the two lines above or below changes, and not when one farther away does', () => {
    const dismissals = createDismissals();
    dismissals.add(at('a;\nb;\nc;\nlet █\nd;\ne;\nf;\n'), 'x = 1;', 0);
    const holds = (text: string): boolean => dismissals.has(at(text), 'x = 1;', 1_000);
    assert.equal(holds('A;\nb;\nc;\nlet █\nd;\ne;\nF;\n'), true);
    assert.equal(holds('a;\nB;\nc;\nlet █\nd;\ne;\nf;\n'), false);
    assert.equal(holds('a;\nb;\nc;\nlet █\nd;\nE;\nf;\n'), false);
  });
  it('holds in the first and the last line of a file, and with either kind of line end', () => {
    const dismissals = createDismissals();
    dismissals.add(at('let █\r\na;'), 'x = 1;', 0);
    assert.equal(dismissals.has(at('let x█\na;'), ' = 1;', 1_000), true);
    dismissals.add(at('a;\nlet █'), 'y = 1;', 0);
    assert.equal(dismissals.has(at('a;\nlet █'), 'y = 1;', 1_000), true);
  });
  it('ends after five minutes', () => {
    const dismissals = createDismissals();
    dismissals.add(at('let █'), 'a;', 0);
    assert.equal(dismissals.has(at('let █'), 'a;', 299_999), true);
    assert.equal(dismissals.has(at('let █'), 'a;', 300_000), false);
  });
});
