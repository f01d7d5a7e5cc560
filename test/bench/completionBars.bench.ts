import { createChatActivity } from '../../src/assistant/chatActivity.ts';
import { createInlineCompletion } from '../../src/assistant/completeInline/completeInline.ts';
import { createEmbeddedIndex } from '../../src/core/embedded/embeddedIndex.ts';
import { feed } from '../../src/core/embedded/feed.ts';
import { createVirtualClock } from '../support/virtualClock.ts';
import { noteMost } from './bars.ts';
import { askFor } from './completion/editor.ts';
import { simulateServer } from './completion/server.ts';
import { quantile } from './corpus/score.ts';
import { loadSessions, press, singleKeys, type Key, type Page } from './corpus/typing.ts';

// What a key costs the extension host in a file of 5,000 lines: recorded typing in the middle of the recorded files, one
// behind the other. Counted is all that the extension does by itself for a key: the editor's text handed out twice, the
// engine in this process reading the change, and completion hearing of the key and being asked.
//   node test/run.mjs --bench completionBars

const sessions = loadSessions(['typescript', 'javascript']);
const texts = sessions.flatMap(({ before, open }) => [before, ...open.map(({ text }) => text)]);
const lines = Array.from({ length: 12 }, () => texts.flatMap((text) => text.split('\n'))).flat();
const above = `${lines.slice(0, 2_500).join('\n')}\n`;
const below = `\n${lines.slice(2_500, 5_000).join('\n')}`;
const file = { uri: 'file:///large.ts', display: 'large.ts', languageId: 'typescript' };

const clock = createVirtualClock();
const { guard } = simulateServer(clock, { ttft: 80, tok: 5, slots: 1, prefillUs: 0 }, () => 'other(first, second);\n');
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
    warm: true,
    templateFor: () => undefined,
  }),
  context: () => [],
  chat: createChatActivity(),
  report: () => undefined,
});
const engine = createEmbeddedIndex();
/** Processor time: on a machine that others use too, the clock on the wall measures them. */
const times: number[] = [];
let version = 0;
for (const { keys } of sessions.slice(0, 8)) await type(keys.filter((key) => typeof key === 'string'));
completion.dispose();
console.log(
  `\n5,000 lines, ${times.length} keys: median ${quantile(times, 0.5).toFixed(2)} ms, most ${quantile(times, 1).toFixed(2)} ms`,
);
noteMost('extension-host time per key, 5,000 lines, p95', quantile(times, 0.95), { most: 5, unit: ' ms', digits: 2 });

async function type(written: readonly Key[]): Promise<void> {
  let page: Page = { text: above + below, cursor: above.length };
  for (const single of written.flatMap((key) => (typeof key === 'string' ? singleKeys(key) : [])).slice(0, 120)) {
    page = press(page, single);
    // What the editor keeps are lines: handing out the text of a document joins them.
    const held = page.text.split('\n');
    const begin = process.cpuUsage();
    const heard = askFor(file, { text: held.join('\n'), cursor: page.cursor, version: ++version });
    feed(engine, heard.spot.document);
    completion.typed(heard);
    const asked = askFor(file, { text: held.join('\n'), cursor: page.cursor, version });
    void completion.suggest(asked, new AbortController().signal);
    await clock.settle();
    const { user, system } = process.cpuUsage(begin);
    times.push((user + system) / 1_000);
    await clock.advanceTo(clock.now() + 100);
  }
}
