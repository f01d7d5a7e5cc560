import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offerAt, type Length } from '../../../src/core/completion/offer.ts';
import { originOf } from '../../../src/core/completion/origin.ts';
import type { Suggestion } from '../../../src/core/completion/suggestion.ts';
import { at } from '../../support/cursor.ts';

const three = 'one();\n  two();\n  three();';

describe('offerAt', () => {
  it('shows a block where a block is wanted', () => assert.equal(offer('function f() {\n  █\n}', three)?.text, three));
  it('shows one line in the middle of a body', () =>
    assert.equal(offer('function f() {\n  zero();\n  on█\n}', 'e();\n  two();', { made: 'single' })?.text, 'e();'));
  it('shows no more lines than are wanted', () =>
    assert.equal(
      offer('function f() {\n  █\n}', three, { length: { lines: 'auto', maxLines: 2 } })?.text,
      'one();\n  two();',
    ));
  it('shows all lines of what was asked for by hand, but never more than the line where code follows', () => {
    const length = { lines: 'auto', maxLines: 2 } as const;
    assert.equal(offer('function f() {\n  █\n}', three, { length, explicit: true })?.text, three);
    assert.equal(offer('if (█) run();', 'ready) {\n  x();', { made: 'single', explicit: true })?.text, 'ready) {');
  });
  it('shows whole lines only while the model still speaks', () => {
    const growing = offer('function f() {\n  █\n}', 'one();\n  tw', { settled: 7, done: false });
    assert.deepEqual([growing?.text, growing?.growing], ['one();', true]);
  });
  it('tells that the model itself will replace what stands in for it', () =>
    assert.equal(offer('let x = █', '1;', { standIn: true })?.standIn, true));
  it('shows nothing of a first line that is not whole', () =>
    assert.equal(offer('function f() {\n  █\n}', 'one', { settled: 0, done: false }), undefined));
  it('counts lines from the first that holds anything', () =>
    assert.equal(offer('f();█', '\n  next();\n  more();', { made: 'single' })?.text, '\n  next();'));
  it('shows nothing that is white space only', () => assert.equal(offer('let x = █', '  \n\n'), undefined));
  it('does not close a block again that was closed below since', () =>
    assert.equal(offer('function f() {\n  █\n}', 'one();\n  two();\n}')?.text, 'one();\n  two();'));
  it('shows one line where code follows on the line', () =>
    assert.equal(offer('if (█) run();', 'ready) {\n  x();', { made: 'single' })?.text, 'ready) {'));
});

function offer(
  text: string,
  rest: string,
  more: {
    made?: 'single' | 'multiple';
    explicit?: boolean;
    standIn?: boolean;
    settled?: number;
    done?: boolean;
    length?: Length;
  } = {},
) {
  const spot = at(text);
  const {
    made = 'multiple',
    explicit = false,
    standIn = false,
    settled = rest.length,
    done = true,
    length = { lines: 'auto', maxLines: 12 },
  } = more;
  const suggestion: Suggestion = {
    id: 1,
    origin: originOf(spot),
    made: { model: { backend: 'b', model: 'm' }, reach: 'cloud', temperature: 0, explicit, standIn, lines: made },
    text: rest,
    settled,
    ...(done && { end: 'complete' }),
  };
  return offerAt(spot, { suggestion, rest, state: 'rest' }, length);
}
