import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Receipt } from '../../src/core/audit/receipt.ts';
import { labelled, unlabelled } from '../../src/core/label/labelled.ts';
import type { Part } from '../../src/core/prompt/labelledPrompt.ts';
import { startFakeOllama } from '../support/fake-ollama/start.ts';
import { startRecorder } from '../support/recorder.ts';
import {
  chat,
  completion,
  createWorld,
  eventOf,
  labelFor,
  part,
  policyIn,
  run,
  type Worldly,
  previewed,
} from './support/world.ts';

type Recorder = Awaited<ReturnType<typeof startRecorder>>;
let recorder: Recorder;
before(async () => {
  recorder = await startRecorder();
});
after(() => recorder.stop());

const model = { backend: 'far', model: 'm' };

/** A recording relay that is the cloud to the guard, and the same server attested as perimeter. */
function world(more: Partial<Worldly> = {}) {
  const url = `${recorder.url}/v1`;
  return createWorld({
    backends: [
      { id: 'far', kind: 'custom', url },
      { id: 'company', kind: 'custom', url, zone: 'perimeter' },
      { id: 'near', kind: 'custom', url, zone: 'device' },
    ],
    ...more,
  });
}

describe('guard', () => {
  it('drops what may not go and sends the rest', async () => {
    const { guard } = world();
    const prompt = chat([
      part('attachment', 'CANARY_DROPPED_1', { id: 'secret', reach: 'device' }),
      part('attachment', 'CANARY_KEPT_1', { id: 'open' }),
      part('user', 'hello'),
    ]);
    const result = await run(guard, prompt, model);
    const { verdict, label } = eventOf(result, 'decided');
    assert.deepEqual(
      verdict.parts.map(({ id, decision, why }) => [id, decision, why]),
      [
        ['secret', 'drop', 'src/secret.ts may not leave this machine (rule r1, line 3).'],
        ['open', 'keep', undefined],
        ['user', 'keep', undefined],
      ],
    );
    assert.equal(label.reach, 'cloud');
    assert.equal(result.text, 'recorded');
    assert.equal(recorder.saw('CANARY_KEPT_1'), true);
    assert.equal(recorder.saw('CANARY_DROPPED_1'), false);
  });

  it('refuses the whole request for a required part', async () => {
    const { guard, receipts } = world();
    const result = await run(guard, chat([part('user', 'CANARY_REQUIRED_1', { reach: 'perimeter' })]), model);
    const { verdict } = eventOf(result, 'decided');
    assert.ok(verdict.kind === 'refuse' && verdict.cause.reason === 'required-part');
    assert.equal(verdict.cause.message, 'src/user.ts may not leave your organisation (rule r1, line 3).');
    assert.deepEqual(result.kinds, ['decided', 'receipt']);
    assert.equal(receipts[0]?.outcome.kind, 'refused');
    assert.equal(recorder.saw('CANARY_REQUIRED_1'), false);
  });

  it('advises another model only where one could be sent it', async () => {
    for (const [reach, action] of [
      ['device', 'Choose a model that runs nearer.'],
      ['none', 'Change the policy if a model may see it.'],
    ] as const) {
      const { guard } = world();
      const { verdict } = eventOf(
        await run(guard, chat([part('user', 'CANARY_ADVISED_1', { reach })]), model),
        'decided',
      );
      assert.equal(verdict.kind === 'refuse' && verdict.cause.action, action);
      assert.equal(recorder.saw('CANARY_ADVISED_1'), false);
    }
  });

  it('lets reach decide by zone', async () => {
    for (const [backend, reach, allowed] of [
      ['near', 'device', true],
      ['near', 'none', false],
      ['company', 'device', false],
      ['company', 'perimeter', true],
      ['far', 'perimeter', false],
      ['far', 'cloud', true],
    ] as const) {
      const { verdict } = await previewed(world().guard, chat([part('user', 'x', { reach })]), { backend, model: 'm' });
      assert.equal(verdict.kind === 'allow', allowed, `${reach} to ${backend}`);
    }
  });

  it('takes an Ollama that the user names as the company’s for the perimeter, and its remote models for the cloud', async () => {
    const stub = { remoteHost: 'https://ollama.com:443', remoteModel: 'x' };
    const server = await startFakeOllama({ models: [{ name: 'own:1b' }, { name: 'far:1b', stub }] });
    try {
      const { guard } = createWorld({ backends: [{ id: 'o', kind: 'ollama', url: server.url, zone: 'perimeter' }] });
      for (const [name, zone] of [
        ['own:1b', 'perimeter'],
        ['far:1b', 'cloud'],
      ] as const) {
        const { proof } = await previewed(guard, chat([part('user', 'x')]), { backend: 'o', model: name });
        assert.equal(proof?.zone, zone, proof?.because.join(' '));
      }
    } finally {
      await server.stop();
    }
  });

  it('refuses a model that lies farther away than the prompt was made for, whatever the text may do', async () => {
    for (const [backend, within, sent] of [
      ['far', 'device', false],
      ['far', 'perimeter', false],
      ['company', 'device', false],
      ['company', 'perimeter', true],
      ['near', 'device', true],
      ['far', 'cloud', true],
    ] as const) {
      const { guard, receipts } = world();
      const { parts, ...rest } = chat([part('user', `CANARY_WITHIN_${backend}_${within}`)]);
      const prompt = { ...rest, parts, options: { ...rest.options, within } };
      const { verdict } = eventOf(await run(guard, prompt, { ...model, backend }), 'decided');
      assert.equal(
        verdict.kind === 'refuse' && verdict.cause.reason,
        sent ? false : 'not-proved',
        `${backend} ${within}`,
      );
      assert.equal(recorder.saw(`CANARY_WITHIN_${backend}_${within}`), sent);
      assert.equal(receipts[0]?.outcome.kind, sent ? 'done' : 'refused');
    }
  });

  it('joins the stored label with what the policy says now', async () => {
    const narrowed = { ...policyIn('loaded'), decide: () => ({ reach: 'device' as const, rules: [] }) };
    const { guard } = world({ policy: narrowed });
    const now = await previewed(guard, chat([part('user', 'x', { reach: 'cloud' })]), model);
    assert.equal(now.verdict.kind, 'refuse');
    const then = await previewed(world().guard, chat([part('user', 'x', { reach: 'device' })]), model);
    assert.equal(then.verdict.kind, 'refuse');
  });

  it('keeps text on the device whose label was lost', async () => {
    const lost: readonly Part[] = [
      { ...part('user', ''), text: labelled('CANARY_LOST_1', unlabelled) },
      { ...part('user', ''), text: labelled('CANARY_LOST_2', { reach: 'cloud', origins: [] }) },
      { ...part('user', ''), text: labelled('CANARY_LOST_3', { ...labelFor('cloud'), reach: 'device' }) },
    ];
    for (const each of lost) assert.equal((await previewed(world().guard, chat([each]), model)).verdict.kind, 'refuse');
  });

  it('inherits the label of what went, not of what was dropped', async () => {
    const prompt = completion([
      part('context', 'a', { id: 'dropped', reach: 'none' }),
      part('prefix', 'b', { reach: 'device' }),
    ]);
    const { guard } = world();
    const result = await run(guard, { ...prompt, intent: 'chat' }, { backend: 'near', model: 'qwen2.5-coder' });
    assert.equal(eventOf(result, 'decided').label.reach, 'device');
  });

  it('serves the perimeter without a policy but not without trust', async () => {
    const prompt = chat([part('user', 'x', { reach: 'perimeter' })]);
    const to = { backend: 'company', model: 'm' };
    for (const kind of ['none', 'invalid', 'loading'] as const)
      assert.equal((await previewed(world({ policy: policyIn(kind) }).guard, prompt, to)).verdict.kind, 'allow');
    const { verdict } = await previewed(world({ trusted: () => false }).guard, prompt, to);
    assert.ok(verdict.kind === 'refuse' && verdict.cause.reason === 'untrusted');
  });

  it('judges two parts that share an id each for itself', async () => {
    const { guard } = world();
    const twin = { id: 'twin', required: false };
    await run(
      guard,
      chat([part('attachment', 'CANARY_TWIN_1', { ...twin, reach: 'device' }), part('user', 'CANARY_TWIN_2', twin)]),
      model,
    );
    assert.equal(recorder.saw('CANARY_TWIN_2'), true);
    assert.equal(recorder.saw('CANARY_TWIN_1'), false);
  });

  it('lets nothing off the device while rules may exist that nobody has read', async () => {
    for (const kind of ['loading', 'invalid'] as const) {
      const held = policyIn(kind);
      const policy = { ...held, current: () => ({ ...held.current(), limit: 'device' as const }) };
      const { guard } = world({ policy });
      const { verdict } = await previewed(guard, chat([part('user', 'x')]), { backend: 'company', model: 'm' });
      assert.equal(verdict.kind, 'refuse');
      const near = await previewed(guard, chat([part('user', 'x')]), { backend: 'near', model: 'm' });
      assert.equal(near.verdict.kind, 'allow');
    }
  });

  it('writes a receipt for every end, the early ones too', async () => {
    const { guard, receipts } = world();
    for await (const event of guard.send(chat([part('user', 'hello')]), model, never))
      if (event.kind === 'delta') break;
    await run(guard, chat([part('user', 'hello')]), model, AbortSignal.abort());
    await run(guard, chat([part('user', 'hello')]), { backend: 'nobody', model: 'm' });
    const outcomes = receipts.map((receipt: Receipt) => receipt.outcome.kind);
    assert.deepEqual(outcomes, ['aborted', 'aborted', 'failed']);
    assert.ok(receipts.every((receipt) => !JSON.stringify(receipt).includes('hello')));
  });

  it('previews without sending a body', async () => {
    const { guard, receipts } = world();
    const before = posts(recorder);
    const { verdict, proof } = await previewed(guard, chat([part('user', 'hello')]), model);
    assert.equal(verdict.kind, 'allow');
    assert.equal(proof?.zone, 'cloud');
    assert.equal(posts(recorder), before);
    assert.equal(receipts.length, 0);
  });
});

const never = new AbortController().signal;

function posts({ requests }: Recorder): number {
  return requests.filter((request) => request.method === 'POST').length;
}
