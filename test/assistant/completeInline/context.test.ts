import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import { createInlineCompletion } from '../../../src/assistant/completeInline/completeInline.ts';
import { labelled, productLabel } from '../../../src/core/label/labelled.ts';
import { simulateServer } from '../../bench/completion/server.ts';
import { at } from '../../support/cursor.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';

/** What was said before anything was known of another file is not said again once that is known. */
it('asks again where other context was chosen since', async () => {
  const clock = createVirtualClock();
  let piece = 'export function add(): void;';
  let answers = 0;
  const { guard, rows } = simulateServer(
    clock,
    { ttft: 80, tok: 5, slots: 1, prefillUs: 0 },
    () => `say${++answers}();\n`,
  );
  const completion = createInlineCompletion({
    guard,
    clock,
    settings: () => ({
      models: [{ backend: 'sim', model: 'qwen2.5-coder:1.5b' }],
      trigger: 'automatic',
      delay: 'adaptive',
      lines: 'auto',
      maxLines: 12,
      contextLength: 8192,
      warm: false,
      templateFor: () => undefined,
    }),
    context: () => [{ title: 'other.ts', text: labelled(piece, productLabel) }],
    chat: createChatActivity(),
    report: () => undefined,
  });
  let version = 0;
  const ask = async (): Promise<string | undefined> => {
    const facts = { cursors: 1, hasSelection: false, aside: false };
    const spot = at('x();\n█\n', { version: ++version });
    const answer = completion.suggest({ spot, facts, explicit: false, listOpen: false }, new AbortController().signal);
    await clock.advanceTo(clock.now() + 2_000);
    return (await answer)?.text;
  };
  assert.equal(await ask(), 'say1();');
  assert.equal(await ask(), 'say1();', 'no other context, no other request');
  piece = 'export function subtract(): void;';
  await clock.advanceTo(clock.now() + 20_000);
  assert.equal(await ask(), 'say2();');
  assert.equal(rows.length, 2);
});
