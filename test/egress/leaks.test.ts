import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { reaches, zones, mayReach, nearest, type Reach, type Zone } from '../../src/core/label/reach.ts';
import { labelled, unlabelled } from '../../src/core/label/labelled.ts';
import type { Guard } from '../../src/core/exchange/guard.ts';
import type { ModelRef } from '../../src/core/exchange/model.ts';
import type { LabelledPrompt } from '../../src/core/prompt/labelledPrompt.ts';
import type { FakeOllamaOptions } from '../support/fake-ollama/options.ts';
import { startFakeOllama } from '../support/fake-ollama/start.ts';
import { createOpenDoor } from '../support/openDoor.ts';
import { startRecorder } from '../support/recorder.ts';
import type { Transport } from '../../src/egress/transport.ts';
import { chat, createWorld, part, policyIn, run, type World, type Worldly } from './support/world.ts';

const canary = 'CANARY_LEAK_0123456789';
const secret = chat([part('user', canary, { reach: 'device' })]);
const beside = chat([part('attachment', canary, { reach: 'perimeter' }), part('user', 'hello')]);
const open = chat([part('user', canary)]);
const stub = { remoteHost: 'https://ollama.com:443', remoteModel: 'gpt-oss:120b' };

/** A way in which text could get out: a world, what is sent in it, and who must not see it. */
type Vector = {
  readonly name: string;
  readonly prompt: LabelledPrompt;
  readonly ollama?: FakeOllamaOptions;
  readonly model?: string;
  readonly world?: Partial<Worldly>;
};

const groups: Readonly<Record<string, readonly Vector[]>> = {
  labels: [
    { name: 'a required part for the device', prompt: secret },
    { name: 'an attachment for the perimeter', prompt: beside },
    {
      name: 'a part whose label was lost',
      prompt: chat([{ ...part('user', ''), text: labelled(canary, unlabelled) }]),
    },
    {
      name: 'a rule that came after the text was read',
      prompt: open,
      world: { policy: { ...policyIn('loaded'), decide: () => ({ reach: 'device', rules: [] }) } },
    },
  ],
  policy: [
    { name: 'no policy', prompt: open, world: { policy: policyIn('none') } },
    { name: 'an invalid policy', prompt: open, world: { policy: policyIn('invalid') } },
    { name: 'a policy still loading', prompt: open, world: { policy: policyIn('loading') } },
    {
      name: 'a policy that changed on disk',
      prompt: open,
      world: { policy: { ...policyIn('loaded'), fresh: async () => false } },
    },
    { name: 'an untrusted workspace', prompt: open, world: { trusted: () => false } },
  ],
  destination: [
    { name: 'a cloud name through the local server', prompt: secret, model: 'kimi:cloud', ollama: {} },
    { name: 'a cloud tag in capitals', prompt: secret, model: 'gpt-oss:20b-CLOUD', ollama: {} },
    {
      name: 'a stub under an innocent name',
      prompt: secret,
      model: 'innocent:1b',
      ollama: { models: [{ name: 'innocent:1b', stub }] },
    },
    {
      name: 'a stub on a server without pins',
      prompt: secret,
      model: 'innocent:1b',
      ollama: { version: '0.13.0', models: [{ name: 'innocent:1b', stub }] },
    },
    { name: 'a relay on loopback', prompt: secret },
  ],
  scan: [
    {
      name: 'a secret in text that may go',
      prompt: open,
      world: {
        scan: (body) =>
          new TextDecoder().decode(body).includes(canary)
            ? { kind: 'block', findings: [{ rule: 'x', title: 'x', confidence: 'high' }] }
            : { kind: 'clean' },
      },
    },
  ],
};

describe('nothing leaks', () => {
  for (const [group, vectors] of Object.entries(groups))
    for (const vector of vectors)
      it(`${group}: ${vector.name}`, async () => {
        assert.equal(await leaks(vector, ({ guard }) => guard), false, 'it leaked');
        assert.equal(await leaks(vector, ({ deps }) => createOpenDoor(deps)), true, 'the test cannot fail');
      });

  it('in any prompt to any zone under any policy', async () => {
    await fc.assert(
      fc.asyncProperty(prompts, fc.constantFrom(...zones), fc.constantFrom(...reaches), async (texts, zone, rule) => {
        const { guard, bodies } = recordingWorld(rule);
        const parts = texts.map(({ reach, required }, index) =>
          part(index === 0 ? 'user' : 'attachment', sentinel(index), { id: `p${index}`, reach, required }),
        );
        await run(guard, chat(parts), { backend: zone, model: 'm' });
        const may = texts.map(({ reach }) => mayReach(nearest(reach, rule), zone));
        const refused = texts.some(({ required }, index) => required && may[index] !== true);
        const seen = texts.map((_, index) => bodies.some((body) => body.includes(sentinel(index))));
        assert.deepEqual(seen, refused ? texts.map(() => false) : may);
      }),
      { numRuns: 300 },
    );
  });
});

async function leaks({ prompt, ollama, model, world }: Vector, door: (world: World) => Guard): Promise<boolean> {
  const near = ollama && (await startFakeOllama(ollama));
  const far = near?.cloud ?? (await startRecorder());
  const backend = near
    ? ({ id: 'b', kind: 'ollama', url: near.url } as const)
    : ({ id: 'b', kind: 'custom', url: `${far.url}/v1` } as const);
  const ref: ModelRef = { backend: 'b', model: model ?? 'm' };
  try {
    await run(door(createWorld({ backends: [backend], ...world })), prompt, ref);
    return far.saw(canary);
  } finally {
    await (near ?? far).stop();
  }
}

const prompts = fc.array(fc.record({ reach: fc.constantFrom(...reaches), required: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
});

function sentinel(index: number): string {
  return `CANARY_SENTINEL_${index}_`;
}

/** One attested backend per zone over a transport that records instead of sending. */
function recordingWorld(rule: Reach): { readonly guard: Guard; readonly bodies: readonly string[] } {
  const bodies: string[] = [];
  const transport: Transport = {
    connect: async ({ port }) => ({
      peer: { kind: 'loopback', address: '127.0.0.1', port },
      exchange: async ({ body }) => {
        bodies.push(new TextDecoder().decode(body));
        const chunk = { model: 'm', choices: [{ delta: { content: 'ok' }, finish_reason: 'stop' }] };
        return new Response(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
      },
      close: () => undefined,
    }),
  };
  const record = (id: Zone, port: number) => ({ id, kind: 'custom' as const, url: `http://127.0.0.1:${port}/v1` });
  const { guard } = createWorld({
    backends: [
      { ...record('device', 1001), zone: 'device' },
      { ...record('perimeter', 1002), zone: 'perimeter' },
      record('cloud', 1003),
    ],
    transport,
    policy: { ...policyIn('loaded'), decide: () => ({ reach: rule, rules: [] }) },
  });
  return { guard, bodies };
}
