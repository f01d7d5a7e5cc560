import assert from 'node:assert/strict';
import { createOracle, type Oracle } from '../../bench/completion/oracle.ts';
import { stretchesOf } from '../../bench/completion/stretches.ts';
import { quantile } from '../../bench/corpus/score.ts';
import { loadSessions, type Session } from '../../bench/corpus/typing.ts';
import { startFakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import { endOf, playSession, type Pause } from '../support/recorded-typing.ts';
import type { Workbench } from '../support/workbench.ts';

// Recorded typing in the real editor: how long ghost text takes from the last key before a pause, for the extension and for
// a bare provider of one request a question, in the same window against the same server, 80 ms to the first token and 5 ms
// for each. Asserted is only that ghost text comes; the times are printed. `npm run bench:ghost-text -- --rounds=3` for more.

const rounds = Number(process.argv.find((arg) => arg.startsWith('--rounds='))?.slice('--rounds='.length) ?? 1);
const wanted = [
  'src/core/policy/decide.ts',
  'test/leaks/stage/documents.ts',
  ...(rounds > 1 ? ['src/core/policy/weakening.ts'] : []),
];
const sessions = loadSessions(['typescript']).filter(({ path }) => wanted.includes(path));
const ways = ['own', 'floor'] as const;

export const journey = defineJourney({
  name: 'ghost text on recorded typing',
  stepTimeout: 120_000 + rounds * sessions.length * 120_000,
  prepare: async () => {
    const model: { oracle: Oracle | undefined } = { oracle: undefined };
    const ollama = await startFakeOllama({
      models: [{ name: 'qwen2.5-coder:1.5b', family: 'qwen2', capabilities: ['completion', 'insert'], loaded: true }],
      defaultContext: 8192,
      parallel: 8,
      behaviour: ({ path }) => (path === '/api/generate' ? { delayMs: 80, tokenMs: 5 } : undefined),
      answer: ({ prompt }) => model.oracle?.answer(textBefore(prompt)) ?? '',
    });
    return {
      ollama,
      model,
      played: new Map<string, readonly Pause[]>(),
      files: Object.fromEntries(
        ways.flatMap((way) =>
          eachRound().flatMap((round) => sessions.map((one) => [fileOf(one, way, round), one.before])),
        ),
      ),
      settings: {
        'ringfence.backends': [{ id: 'ollama', kind: 'ollama', url: ollama.url }],
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'editor.suggestOnTriggerCharacters': false,
        'editor.parameterHints.enabled': false,
        'editor.autoClosingBrackets': 'never',
        'editor.autoClosingQuotes': 'never',
        'editor.autoSurround': 'never',
        'editor.useTabStops': false,
        'editor.tabSize': 2,
      },
      beside: 'test/vscode/floor',
      stop: ollama.stop,
    };
  },
  steps: {
    'ghost text comes at the pauses': async (workbench, { ollama, model, played }) => {
      await workbench.eventually('a model to be listed', () =>
        ollama.requests.some(({ path }) => path === '/api/tags'),
      );
      played.set('own', await play(workbench, model, 'own'));
      const pauses = played.get('own') ?? [];
      const without = pauses.filter(({ kind }) => kind === 'none');
      assert.ok(pauses.length >= 4, 'too few pauses to say anything');
      assert.deepEqual(without.slice(1), [], `no ghost text at ${without.length} of ${pauses.length} pauses`);
    },
    'the floor in the same window, to compare with': async (workbench, { ollama, model, played }) => {
      await workbench.server.changeSettings({ 'ringfence.completion.enabled': false, 'floor.url': ollama.url });
      played.set('floor', await play(workbench, model, 'floor'));
      const floor = played.get('floor') ?? [];
      assert.ok(
        floor.some(({ kind }) => kind !== 'none'),
        'the floor shows nothing: it is not there',
      );
      for (const way of ways) console.log(`    ${lineOf(way, played.get(way) ?? [])}`);
      const [own, bare] = [timeOf(played.get('own') ?? []), timeOf(floor)];
      console.log(
        `    all pauses, carried ones as 0: ${own.toFixed(0)} ms against ${bare.toFixed(0)} ms, ${(own / bare).toFixed(2)} × the floor`,
      );
    },
  },
});

async function play(
  workbench: Workbench,
  model: { oracle: Oracle | undefined },
  way: string,
): Promise<readonly Pause[]> {
  const pauses: Pause[] = [];
  for (const round of eachRound()) {
    for (const session of sessions) {
      const file = fileOf(session, way, round);
      model.oracle = createOracle(stretchesOf(session), { errs: 0.1, seed: session.seed });
      const { pauses: found } = await playSession(workbench, session, {
        file,
        oracle: model.oracle,
        keyMs: 110,
        patience: 10_000,
      });
      pauses.push(...found);
      assert.equal(await workbench.saveAndRead(file), endOf(session), 'the file holds what was recorded');
    }
  }
  return pauses;
}

/** Files of their own for every round: the model shall not know one from the time before. */
function fileOf({ path }: Session, way: string, round: number): string {
  return `replay/${way}${round}/${way}${round}-${path.split('/').at(-1) ?? ''}`;
}

function eachRound(): readonly number[] {
  return Array.from({ length: rounds }, (_, at) => at + 1);
}

/** What stands before the cursor, in the prompts of either. */
function textBefore(prompt: string): string {
  return /<\|fim_prefix\|>([^]*)<\|fim_suffix\|>/.exec(prompt)?.[1] ?? prompt;
}

function timeOf(pauses: readonly Pause[]): number {
  return quantile(
    pauses.filter(({ kind }) => kind !== 'none').map(({ latency }) => latency),
    0.5,
  );
}

function lineOf(way: string, pauses: readonly Pause[]): string {
  const of = (kind: Pause['kind']): readonly Pause[] => pauses.filter((pause) => pause.kind === kind);
  const fresh = of('fresh').length === 0 ? 'none' : `median ${timeOf(of('fresh')).toFixed(0)} ms`;
  return `${way === 'own' ? 'Ringfence' : 'bare floor'}: ghost text at ${pauses.length - of('none').length} of ${pauses.length} pauses, carried ${of('carried').length}, fresh ${of('fresh').length} (${fresh})`;
}
