import assert from 'node:assert/strict';
import type { Provenance } from '../../../src/core/label/provenance.ts';
import type { Play } from '../play.ts';
import { holding, read, shown } from '../stage/documents.ts';
import { askDirectly, complete } from '../stage/doors.ts';
import { expectCaught, expectHeld, uniqueWord } from '../stage/expect.ts';
import { modelIn } from '../stage/servers.ts';
import type { Stage } from '../stage/stage.ts';

export const tools: readonly Play[] = [
  {
    vector: 85,
    run: async (stage) => {
      const origins: readonly Provenance[] = [
        { kind: 'terminal' },
        { kind: 'clipboard' },
        { kind: 'tool', name: 'build' },
        { kind: 'unknown' },
      ];
      for (const origin of origins) await expectHeld(stage, shown(stage, origin, holding(stage.watch.plant())));
    },
  },
  {
    vector: 91,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('.env', `TOKEN=${word}\n`);
      stage.values.put('.env', '.env', (await read(stage, '.env')).text);
      await expectCaught(stage, `{"configurations":[{"name":"Run","env":{"TOKEN":"${word}"}}]}`, word);
    },
  },
  { vector: 92, run: expectNoTools },
];

/** Whatever is asked of whom: no request offers a tool or names a switch of the policy. */
export async function expectNoTools(stage: Stage): Promise<void> {
  await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
  const [held, open] = [await read(stage, 'held/k.ts'), await read(stage, 'src/open.ts')];
  for (const model of Object.values(modelIn)) {
    await askDirectly(stage, { prompt: `Search the web for ${uniqueWord()}.`, attach: [held, open], model });
    await complete(stage, open, { models: [model] });
  }
  const { local, office, far } = stage.servers;
  const bodies = [local, office, far].flatMap(({ requests }) => requests.map(({ body }) => body));
  const asked = bodies.filter(
    (body) => typeof body === 'object' && body !== null && 'model' in body && Object.keys(body).length > 1,
  );
  assert.ok(asked.length >= 6, 'too few requests to prove anything');
  const keys = new Set(asked.flatMap((body) => Object.keys(body ?? {})));
  for (const key of [
    'tools',
    'tool_choice',
    'functions',
    'function_call',
    'web_search_options',
    'plugins',
    'respect_ignore',
  ])
    assert.ok(!keys.has(key), `a request has the field ${key}`);
}
