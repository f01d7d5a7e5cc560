import { createChatActivity } from '../../src/assistant/chatActivity.ts';
import { createInlineCompletion } from '../../src/assistant/completeInline/completeInline.ts';
import type { InlineCompletionPorts } from '../../src/assistant/completeInline/ports.ts';
import { observeGuard } from '../../src/assistant/observeGuard.ts';
import { clock } from '../../src/vscode/clock.ts';
import { chat, createWorld, part, run } from '../egress/support/world.ts';
import { startFakeOllama } from '../support/fake-ollama/start.ts';
import { noteMost } from './bars.ts';
import { askFor } from './completion/editor.ts';
import { createOracle } from './completion/oracle.ts';
import { stretchesOf } from './completion/stretches.ts';
import { loadSessions, press, singleKeys, type Page } from './corpus/typing.ts';

// A session of recorded typing with questions to the chat in between, on one model, through the real guard, adapter and
// socket to a stand-in for Ollama that loads a model anew where a real one would: when a request comes with other options.
//   node test/run.mjs --bench completionRunner

const model = { backend: 'ollama', model: 'qwen2.5-coder:1.5b' };
const [session] = loadSessions(['typescript']);
if (!session) throw new Error('No TypeScript session.');
const stretches = stretchesOf(session);
const oracle = createOracle(stretches, { errs: 0.3, seed: session.seed });
const ollama = await startFakeOllama({
  models: [{ name: model.model, family: 'qwen2', capabilities: ['completion', 'insert'], loadMs: 200 }],
  answer: ({ prompt, messages }) =>
    messages.length > 0
      ? 'A short answer to a question. '.repeat(10)
      : oracle.answer(/<\|fim_prefix\|>([^]*)<\|fim_suffix\|>/.exec(prompt)?.[1] ?? ''),
  tokenMs: 2,
});
const file = { uri: `file:///${session.path}`, display: session.path, languageId: session.language };
const ports = {
  clock,
  settings: () => ({
    models: [model],
    trigger: 'automatic',
    delay: 'adaptive',
    lines: 'auto',
    maxLines: 12,
    contextLength: 8192,
    warm: true,
    templateFor: () => undefined,
  }),
  context: () => [],
  report: () => undefined,
} satisfies Partial<InlineCompletionPorts>;
try {
  const { completions, questions } = await play();
  const { loads, reloads, peakOutstanding } = ollama.counters();
  const options = new Set(ollama.requests.flatMap(({ body }) => runnerOptions(body)));
  console.log(
    `\nmixed session: ${completions} completions and ${questions} questions to the chat; ${loads} load, ${reloads} reloads, ` +
      `runner options seen: ${[...options].join(' and ')}; ${peakOutstanding} requests at once at most`,
  );
  if (completions < 10 || questions < 3 || loads < 1) throw new Error('The session asked too little to say anything.');
  noteMost('runner reloads over chat and completion', reloads, { most: 0, digits: 0 });
} finally {
  await ollama.stop();
}

async function play(): Promise<{ completions: number; questions: number }> {
  const activity = createChatActivity();
  const world = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: ollama.url }] });
  const guard = observeGuard(world.guard, (traffic) => activity.observe(traffic));
  const completion = createInlineCompletion({ ...ports, guard, chat: activity });
  const never = new AbortController().signal;
  let page: Page = { text: session?.before ?? '', cursor: 0 };
  let [version, stretch, questions] = [0, 0, 0];
  let asking = new AbortController();
  let answers: Promise<unknown> = Promise.resolve();
  const heard = () => askFor(file, { ...page, version: ++version });
  completion.moved(heard());
  for (const [at, key] of session?.keys.entries() ?? []) {
    if (typeof key === 'object' && ('go' in key || 'select' in key)) {
      if (at > 0) oracle.at((stretch += 1));
      page = press(page, key);
      completion.moved(heard());
      answers = run(guard, chat([part('user', `What about ${(questions += 1)}?`)]), model, never);
      await clock.delay(300, never);
      continue;
    }
    for (const single of typeof key === 'string' ? singleKeys(key) : [key]) {
      page = press(page, single);
      asking.abort();
      asking = new AbortController();
      completion.typed(heard());
      void completion.suggest(heard(), asking.signal);
      await clock.delay(12, never);
    }
  }
  await answers;
  await clock.delay(300, never);
  completion.dispose();
  const completions = ollama.requests.filter(({ path }) => path === '/api/generate').length;
  return { completions, questions };
}

/** What makes a server load a model anew when it changes. */
function runnerOptions(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('options' in body)) return [];
  return [JSON.stringify(body.options, ['num_ctx', 'num_gpu', 'num_batch', 'num_thread', 'use_mmap'])];
}
