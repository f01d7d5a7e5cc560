import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import { countInline } from '../../../src/assistant/completeInline/tally.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import { addTallies, noTally } from '../../../src/core/completion/tally/tally.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import { at } from '../../support/cursor.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';

const uri = 'file:///work/src/sample.ts';

describe('what becomes of suggestions', () => {
  it('is an offer once it has been on screen for half a second, and only once', async () => {
    const play = start('x = █', 'one + two;');
    await play.ask();
    await play.wait(400);
    assert.equal(play.tally().offered, 0);
    await play.wait(101);
    assert.equal(play.tally().offered, 1);
    await play.ask();
    await play.wait(2_000);
    assert.equal(play.tally().offered, 1);
  });
  it('is none where typing brushed it away at once', async () => {
    const play = start('x = █', 'one + two;');
    await play.ask();
    await play.wait(300);
    play.edit({ text: '7' });
    await play.wait(2_000);
    assert.equal(play.tally().offered, 0);
  });
  it('is none where the cursor left at once', async () => {
    const play = start('x = █', 'one + two;');
    await play.ask();
    play.counted.completion.moved(askAt('y █'));
    await play.wait(2_000);
    assert.equal(play.tally().offered, 0);
  });
  it('is still the same offer while it is typed', async () => {
    const play = start('x = █', 'one + two;');
    await play.ask();
    for (const sign of 'one') play.edit({ text: sign });
    await play.wait(2_000);
    assert.deepEqual({ ...play.tally() }, { ...noTally, offered: 1 });
  });
  it('is accepted, and offered then, however quickly', async () => {
    const play = start('x = █', 'one + two;');
    await play.ask();
    play.edit({ text: 'one + two;' });
    play.counted.completion.accepted();
    assert.deepEqual(play.tally(), { ...noTally, offered: 1, accepted: 1 });
    assert.deepEqual(play.passed, ['accepted']);
  });
  it('is accepted by the closers that it covers, too', async () => {
    const play = start('call(█)', 'a, b);');
    await play.ask();
    play.edit({ removed: 1, text: 'a, b);' });
    play.counted.completion.accepted();
    await play.wait(600_000);
    assert.deepEqual([play.tally().offered, play.tally().accepted, play.tally().stood], [1, 1, [1, 1, 1]]);
  });
  it('is taken in part by the word and the line, with the line ends of the document', async () => {
    const play = start('x = █', 'one +\n  two;\n  three;');
    await play.ask();
    play.edit({ text: 'one +' });
    play.edit({ text: '\r\n  two;' });
    assert.equal(play.tally().partly, 2);
    assert.equal(play.tally().accepted, 0);
  });
  it('is counted in the cell of a notebook as in a file', async () => {
    const play = start('x = █', 'one + two;', 'import a\n\n');
    await play.ask();
    play.edit({ text: 'one +' });
    assert.equal(play.tally().partly, 1);
  });
  it('is looked at again after 30, 120 and 600 seconds', async () => {
    const play = start('x = █', 'one + two;');
    await play.accept();
    await play.wait(60_000);
    play.edit({ offset: 0, text: '// above\n' });
    await play.wait(100_000);
    assert.deepEqual(play.tally().stood, [1, 1, 0]);
    play.edit({ offset: '// above\nx = '.length, removed: 'one + two;'.length, text: 'seven' });
    await play.wait(600_000);
    assert.deepEqual(play.tally().checked, [1, 1, 1]);
    assert.deepEqual(play.tally().stood, [1, 1, 0]);
  });
  it('is looked at just then', async () => {
    const play = start('x = █', 'one + two;');
    await play.accept();
    const checked = [];
    for (const ms of [29_999, 1, 89_999, 1, 479_999, 1]) {
      await play.wait(ms);
      checked.push(play.tally().checked.join(' '));
    }
    assert.deepEqual(checked, ['0 0 0', '1 0 0', '1 0 0', '1 1 0', '1 1 0', '1 1 1']);
  });
  it('is not looked for in a document that is closed', async () => {
    const play = start('x = █', 'one + two;');
    await play.accept();
    play.close();
    await play.wait(700_000);
    assert.deepEqual(play.tally().checked, [0, 0, 0]);
  });
  it('is forgotten when the window closes', async () => {
    const play = start('x = █', 'one + two;');
    await play.accept();
    play.counted.completion.dispose();
    await play.wait(700_000);
    assert.deepEqual(play.tally().checked, [0, 0, 0]);
  });
  it('is not touched by what happens in another document', async () => {
    const play = start('x = █', 'one + two;');
    await play.accept();
    play.counted.edited('file:///work/other.ts', [{ offset: 0, removed: 400, text: '' }]);
    await play.wait(40_000);
    assert.deepEqual(play.tally().stood, [1, 0, 0]);
  });
});

type Change = { readonly offset?: number; readonly removed?: number; readonly text: string };

function askAt(marked: string, lead = '') {
  const { document, offset } = at(lead + marked);
  return {
    spot: { document: { ...document, lead: lead.length }, offset },
    facts: { cursors: 1, hasSelection: false, aside: false },
    explicit: false,
    listOpen: false,
  };
}

/** A document with a cursor, and one suggestion for it, shortened by what of it is typed. `lead` stands in cells above. */
function start(marked: string, suggested: string, lead = '') {
  const clock = createVirtualClock();
  let document = marked.replace('█', '');
  let cursor = marked.indexOf('█');
  let rest = suggested;
  let open = true;
  let tally = noTally;
  const passed: string[] = [];
  const inner: InlineCompletion = {
    suggest: async (): Promise<Offer> => ({ suggestion: 1, text: rest, covers: 0, growing: false, standIn: false }),
    alternatives: () => Promise.resolve([]),
    typed: () => undefined,
    moved: () => undefined,
    ready: () => undefined,
    accepted: () => void passed.push('accepted'),
    dismissed: () => void passed.push('dismissed'),
    grown: () => Promise.resolve(false),
    why: () => undefined,
    reset: () => undefined,
    dispose: () => void passed.push('disposed'),
  };
  const counted = countInline(inner, {
    clock,
    add: (more) => (tally = addTallies(tally, more)),
    read: (asked) => (open && asked === uri ? labelled(document, productLabel) : undefined),
  });
  const edit = ({ offset = cursor, removed = 0, text }: Change): void => {
    document = document.slice(0, offset) + text + document.slice(offset + removed);
    if (offset === cursor) {
      cursor += text.length;
      rest = rest.slice(text.replaceAll('\r\n', '\n').length);
    }
    counted.edited(uri, [{ offset, removed, text }]);
  };
  const ask = async (): Promise<void> => {
    const spotted = askAt(`${document.slice(0, cursor)}█${document.slice(cursor)}`, lead);
    await counted.completion.suggest(spotted, new AbortController().signal);
  };
  return {
    counted,
    passed,
    ask,
    edit,
    tally: () => tally,
    wait: (ms: number) => clock.advanceTo(clock.now() + ms),
    close: () => (open = false),
    accept: async (): Promise<void> => {
      await ask();
      edit({ text: suggested });
      counted.completion.accepted();
      await clock.settle();
    },
  };
}
