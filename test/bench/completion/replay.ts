import { createInlineCompletion } from '../../../src/assistant/completeInline.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';
import { simulateEditor, type Pause } from './editor.ts';
import { simulateServer, type ServerSettings } from './server.ts';
import type { Trace } from './traces.ts';

export type Outcome = {
  readonly keys: number;
  readonly pauses: readonly Pause[];
  readonly tabs: readonly { readonly id: string; readonly taken: string; readonly nextMs: number }[];
  readonly requests: number;
  readonly tokens: number;
  readonly unseen: number;
  readonly bytes: number;
  readonly shared: number;
  /** Of each request, the bytes that the server had not seen. */
  readonly fresh: readonly number[];
  readonly outstanding: number;
  readonly log: readonly string[];
};

/** Plays a trace against a simulated server and editor and counts what came of it. */
export async function replay(trace: Trace, settings: ServerSettings): Promise<Outcome> {
  const clock = createVirtualClock();
  const server = simulateServer(clock, settings, trace.answer);
  const model = { backend: 'sim', model: 'qwen2.5-coder:1.5b' };
  const completion = createInlineCompletion({
    guard: server.guard,
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
    chat: { active: () => false, idle: () => Promise.resolve(), watch: () => () => undefined },
    report: () => undefined,
  });
  const editor = simulateEditor(clock, completion, {
    uri: 'file:///src/sample.ts',
    languageId: 'typescript',
    text: trace.text,
    autoIndent: trace.autoIndent,
  });
  await editor.open();
  const start = clock.now();
  await editor.run(trace.ops, trace.gap);
  await clock.advanceTo(clock.now() + 3_000);
  completion.dispose();
  const rows = server.rows.filter((row) => row.t >= start);
  const seen = seenRows(editor.events, rows);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return {
    keys: editor.typed(),
    pauses: editor.pauses,
    tabs: editor.tabs,
    requests: rows.length,
    tokens: sum(rows.map((row) => row.tokens)),
    unseen: sum(rows.filter((row) => !seen.has(row.id)).map((row) => row.tokens)),
    bytes: sum(rows.map((row) => row.bytes)),
    shared: sum(rows.map((row) => row.shared)),
    fresh: rows.map((row) => row.bytes - row.shared),
    outstanding: server.mostOutstanding(),
    log: [
      ...editor.events.map((event) => `${event.t.toFixed(0).padStart(7)} ghost ${JSON.stringify(event.text)}`),
      ...rows.map(
        (row) =>
          `${row.t.toFixed(0).padStart(7)} request ${row.id} ${row.intent} ${row.tokens} tokens${row.aborted ? ' aborted' : ''}${seen.has(row.id) ? '' : ' unseen'} ${JSON.stringify(row.text)}`,
      ),
    ].sort(),
  };
}

/** Requests whose words ever stood on the screen: of each text that newly appeared, the latest request that says it. */
function seenRows(
  events: readonly { readonly t: number; readonly text: string }[],
  rows: readonly { readonly id: number; readonly t: number; readonly text: string }[],
): ReadonlySet<number> {
  const seen = new Set<number>();
  const squash = (text: string): string => text.replace(/\s+/g, ' ').trim();
  let before = '';
  for (const event of events) {
    const carriedOn = before !== '' && event.text !== '' && before.endsWith(event.text);
    const said = squash(event.text.trimStart().split('\n')[0] ?? '');
    if (said !== '' && !carriedOn) {
      const row = [...rows]
        .reverse()
        .find((candidate) => candidate.t <= event.t && squash(candidate.text).includes(said));
      if (row) seen.add(row.id);
    }
    before = event.text;
  }
  return seen;
}
