import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createOracle, type Oracle } from '../../bench/completion/oracle.ts';
import { stretchesOf } from '../../bench/completion/stretches.ts';
import { quantile } from '../../bench/corpus/score.ts';
import { endOf, loadSessions, type Session } from '../../bench/corpus/typing.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import { defineJourney } from '../support/journey.ts';
import { playSession, type Pause } from '../support/recorded-typing.ts';
import type { Workbench } from '../support/workbench.ts';

// Recorded typing in the real editor: how long ghost text takes from the last key before a pause, for the extension and for
// a bare provider of one request a question, in the same window against the same server, 80 ms to the first token and 5 ms
// for each. Asserted is only that ghost text comes; the times are printed. `npm run bench:ghost-text -- --rounds=3` for more.

/** Beside the extension, a bare provider is measured. */
const withFloor = process.argv.includes('--floor');
const rounds = Number(process.argv.find((arg) => arg.startsWith('--rounds='))?.slice('--rounds='.length) ?? 1);
const wanted = [
  'src/core/policy/decide.ts',
  'test/leaks/stage/documents.ts',
  ...(rounds > 1 ? ['src/core/policy/weakening.ts'] : []),
];
const sessions = loadSessions(['typescript']).filter(({ path }) => wanted.includes(path));
const ways = ['own', 'floor'] as const;
type Way = (typeof ways)[number];

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
      played: new Map<Way, Phase>(),
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
        'editor.autoClosingComments': 'never',
        'editor.autoSurround': 'never',
        'editor.useTabStops': false,
        'editor.tabSize': 2,
        // An editor that saves by itself shows no mark of unsaved changes, which saving would wait for.
        'files.autoSave': 'off',
      },
      ...(withFloor && { beside: 'test/vscode/floor' }),
      stop: ollama.stop,
    };
  },
  steps: {
    'ghost text comes at the pauses': async (workbench, fixture) => {
      const { ollama, played } = fixture;
      await workbench.eventually('a model to be listed', () =>
        ollama.requests.some(({ path }) => path === '/api/tags'),
      );
      const { pauses } = await play(workbench, fixture, 'own');
      const without = pauses.filter(({ kind }) => kind === 'none');
      assert.ok(pauses.length >= 4, 'too few pauses to say anything');
      assert.deepEqual(without.slice(1), [], `no ghost text at ${without.length} of ${pauses.length} pauses`);
      assert.equal(played.get('own')?.strangers, 0, 'the floor is off');
      console.log(`    ${lineOf('Ringfence', played.get('own'))}`);
    },
    ...(withFloor && { 'the floor in the same window, to compare with': compare }),
  },
});

type Phase = {
  readonly pauses: readonly Pause[];
  readonly keys: number;
  readonly requests: number;
  readonly strangers: number;
};
type Fixture = {
  readonly ollama: FakeOllama;
  readonly model: { oracle: Oracle | undefined };
  readonly played: Map<Way, Phase>;
};

/** Turns the extension off and the floor on, by the settings of the workspace, and prints both. */
async function compare(workbench: Workbench, fixture: Fixture): Promise<void> {
  const file = path.join(workbench.workspace, '.vscode', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ 'ringfence.completion.enabled': false, 'floor.url': fixture.ollama.url }));
  await workbench.waitForStatus('servedBy', /switched off|Ringfence off/);
  const floor = await play(workbench, fixture, 'floor');
  assert.equal(floor.strangers, 0, 'only the floor asks');
  assert.ok(
    floor.pauses.some(({ kind }) => kind !== 'none'),
    'the floor shows nothing: it is not there',
  );
  for (const line of report(fixture.played)) console.log(`    ${line}`);
}

/** Types all sessions, and counts the requests of whoever is on and of the other. */
async function play(workbench: Workbench, { ollama, model, played }: Fixture, way: Way): Promise<Phase> {
  const pauses: Pause[] = [];
  let keys = 0;
  const before = ollama.requests.length;
  for (const round of eachRound()) {
    for (const session of sessions) {
      const file = fileOf(session, way, round);
      model.oracle = createOracle(stretchesOf(session), { errs: 0.3, seed: session.seed });
      const done = await playSession(workbench, session, { file, oracle: model.oracle, keyMs: 110, patience: 10_000 });
      pauses.push(...done.pauses);
      keys += done.keys;
      assert.equal(await workbench.saveAndRead(file), endOf(session), 'the file holds what was recorded');
    }
  }
  const asked = ollama.requests.slice(before).filter(({ path }) => path === '/api/generate');
  const mine = asked.filter(({ body }) => isRaw(body) === (way === 'own'));
  const phase = { pauses, keys, requests: mine.length, strangers: asked.length - mine.length };
  played.set(way, phase);
  return phase;
}

/** The extension sends prompts of its own making, the floor leaves that to the server. */
function isRaw(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'raw' in body && body.raw === true;
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

/** One line for each, and how they compare. */
function report(played: ReadonlyMap<Way, Phase>): readonly string[] {
  const of = (kinds: readonly Pause['kind'][]): readonly (readonly number[])[] =>
    ways.map((way) =>
      (played.get(way)?.pauses ?? []).filter(({ kind }) => kinds.includes(kind)).map(({ latency }) => latency),
    );
  const [fresh = [], floorFresh = []] = of(['fresh']);
  const [all = [], floorAll = []] = of(['fresh', 'carried']);
  return [
    ...ways.map((way) => lineOf(way === 'own' ? 'Ringfence ' : 'bare floor', played.get(way))),
    `from the last key to fresh ghost text: median ${against(quantile(fresh, 0.5), quantile(floorFresh, 0.5))}`,
    `to any, what was carried counted as 0: mean ${against(mean(all), mean(floorAll))}`,
  ];
}

/** Where one of them has no such pause there is nothing to compare. */
function against(own: number, floor: number): string {
  const ratio = floor > 0 ? (own / floor).toFixed(2) : '–';
  return `${own.toFixed(0)} ms against ${floor.toFixed(0)} ms (${ratio} × the floor)`;
}

function mean(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length);
}

function lineOf(name: string, phase: Phase | undefined): string {
  const { pauses, keys, requests } = phase ?? { pauses: [], keys: 1, requests: 0 };
  const of = (kind: Pause['kind']): readonly Pause[] => pauses.filter((pause) => pause.kind === kind);
  const total = (what: 'typing' | 'visible'): number => pauses.reduce((sum, pause) => sum + pause[what], 0);
  const visible = (100 * total('visible')) / Math.max(1, total('typing'));
  const times = of('fresh').map(({ latency }) => latency);
  const fresh = times.length === 0 ? '' : `, median ${quantile(times, 0.5).toFixed(0)} ms`;
  return `${name}: ghost text at ${pauses.length - of('none').length} of ${pauses.length} pauses; carried ${of('carried').length}, fresh ${of('fresh').length}${fresh}; there for ${visible.toFixed(0)} % of the typing; ${((100 * requests) / keys).toFixed(0)} requests per 100 keys`;
}
