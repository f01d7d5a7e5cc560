import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { labelled, productLabel } from '../../src/core/label/labelled.ts';
import type { RefusalReason } from '../../src/core/exchange/verdict.ts';
import { defaultSettings, type PolicySettings } from '../../src/core/policy/settings.ts';
import { startRecorder } from '../support/recorder.ts';
import { chat, createWorld, eventOf, part, policyIn, run, type Worldly } from './support/world.ts';

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

function settings(change: Partial<PolicySettings>): Partial<Worldly> {
  return { policy: policyIn('loaded', change) };
}

function cloud(change: Partial<PolicySettings['cloud']>): Partial<Worldly> {
  return settings({ cloud: { ...defaultSettings.cloud, ...change } });
}

describe('guard, before the policy was read for the first time', () => {
  const unread = {
    ...policyIn('loading'),
    current: () => ({ ...policyIn('loading').current(), limit: 'none' as const }),
  };
  const prompt = chat([part('system', 'Be brief.'), part('user', 'CANARY_EARLY', { reach: 'none' })]);

  it('says that it is loading where files keep a request from this machine, too', async () => {
    const backends = [{ id: 'near', kind: 'custom' as const, url: `${recorder.url}/v1`, zone: 'device' as const }];
    const { guard } = createWorld({ backends, policy: unread });
    const { verdict } = eventOf(await run(guard, prompt, { backend: 'near', model: 'm' }), 'decided');
    assert.equal(verdict.kind === 'refuse' && verdict.cause.reason, 'policy-loading');
    assert.match(verdict.kind === 'refuse' ? verdict.cause.message : '', /loading/);
    assert.ok(!recorder.saw('CANARY_EARLY'));
  });

  it('lets nothing into the perimeter', async () => {
    const { guard } = world({ policy: unread });
    const result = await run(guard, chat([part('user', 'Hi')]), { backend: 'company', model: 'm' });
    const { verdict } = eventOf(result, 'decided');
    assert.equal(verdict.kind === 'refuse' && verdict.cause.reason, 'policy-loading');
  });
});

describe('guard, when something speaks against it', () => {
  const refusals: readonly (readonly [name: string, more: Partial<Worldly>, reason: RefusalReason])[] = [
    ['there is no policy', { policy: policyIn('none') }, 'no-policy'],
    ['the policy is invalid', { policy: policyIn('invalid') }, 'policy-invalid'],
    ['the policy is loading', { policy: policyIn('loading') }, 'policy-loading'],
    ['the workspace is not trusted', { trusted: () => false }, 'untrusted'],
    ['the policy changed on disk', { policy: { ...policyIn('loaded'), fresh: async () => false } }, 'policy-changed'],
    ['the backend is not on the list', cloud({ backends: [['far', 'x'], ['x']] }), 'backend-not-allowed'],
    ['the model is not on the list', cloud({ models: [['far/*'], ['far/other*']] }), 'model-not-allowed'],
    ['nothing may be kept and the backend cannot be told', cloud({ retention: 'deny' }), 'backend-not-allowed'],
    ['upstreams are limited and the backend cannot be told', cloud({ upstreams: [['acme']] }), 'backend-not-allowed'],
    ['the budget is spent', { ...cloud({ monthlyBudgetUsd: 5 }), spentUsd: () => 5 }, 'budget'],
    [
      'the ledger is required and cannot be written',
      {
        ...settings({ ledger: { required: true, identity: 'none' } }),
        ledger: { ready: { kind: 'failed', why: 'the disk is full.' } },
      },
      'ledger-unavailable',
    ],
    [
      'the scan finds a secret',
      { scan: () => ({ kind: 'block', findings: [{ rule: 'x', title: 'GitHub token', confidence: 'high' }] }) },
      'secret-found',
    ],
    [
      'the scan breaks',
      {
        scan: () => {
          throw new Error('bug');
        },
      },
      'secret-found',
    ],
  ];
  for (const [name, more, reason] of refusals)
    it(`sends nothing when ${name}`, async () => {
      const { guard, receipts } = world(more);
      const before = posts(recorder);
      const result = await run(guard, chat([part('user', 'hello')]), model);
      const { verdict } = eventOf(result, 'decided');
      assert.ok(verdict.kind === 'refuse', 'not refused');
      assert.equal(verdict.cause.reason, reason);
      assert.ok(verdict.cause.message.endsWith('.'));
      assert.equal(posts(recorder), before);
      assert.equal(receipts[0]?.bytesOut, 0);
      assert.equal(receipts[0]?.outcome.kind, 'refused');
    });

  it('sends nothing when a rule throws', async () => {
    const thrown = {
      ...policyIn('loaded'),
      decide: () => {
        throw new Error('bug in a rule');
      },
    };
    for (const backend of ['far', 'near']) {
      const { guard, receipts } = world({ policy: thrown });
      const before = posts(recorder);
      const result = await run(guard, chat([part('user', 'x')]), { backend, model: 'm' });
      assert.equal(eventOf(result, 'error').error.reason, 'unexpected');
      assert.equal(posts(recorder), before);
      assert.equal(receipts[0]?.outcome.kind, 'failed');
      const preview = await guard.preview(chat([part('user', 'x')]), { backend, model: 'm' }, never);
      assert.equal(preview.kind === 'failed' && preview.error.reason, 'unexpected');
      assert.equal(receipts.length, 1, 'nothing was decided by the look');
    }
  });

  it('scans the very bytes that leave, and only those that leave the device', async () => {
    const scanned: string[] = [];
    const scan: Worldly['scan'] = (body) => {
      scanned.push(new TextDecoder().decode(body));
      return { kind: 'clean' };
    };
    const { guard } = world({ scan });
    await run(guard, chat([part('user', 'hello')]), { backend: 'near', model: 'm' });
    assert.equal(scanned.length, 0);
    await run(guard, chat([part('user', 'hello')]), model);
    assert.deepEqual(scanned, [recorder.requests.at(-1)?.rawBody.toString('utf8')]);
  });

  it('tells what the scan was not sure about, and sends', async () => {
    const { guard } = world({
      scan: () => ({ kind: 'warn', findings: [{ rule: 'x', title: 'Long number', confidence: 'low' }] }),
    });
    const { verdict } = eventOf(await run(guard, chat([part('user', 'hello')]), model), 'decided');
    assert.ok(verdict.kind === 'allow');
    assert.deepEqual(verdict.warnings, ['Long number']);
  });

  it('sends the redacted body and puts the originals back into the answer', async () => {
    const { guard } = world({
      scan: (body) => ({
        kind: 'redact',
        body: new TextEncoder().encode(new TextDecoder().decode(body).replace('CANARY_MAIL_1', '<email-1>')),
        findings: [{ rule: 'email', title: 'E-mail address', confidence: 'high', redacted: true }],
        restore: (text) => text.replace('recorded', 'CANARY_MAIL_1'),
        rest: () => '',
      }),
    });
    const result = await run(guard, chat([part('user', 'write to CANARY_MAIL_1')]), model);
    assert.equal(result.text, 'CANARY_MAIL_1');
    assert.equal(recorder.saw('CANARY_MAIL_1'), false);
    const { verdict } = eventOf(result, 'decided');
    assert.deepEqual(verdict.kind === 'allow' && verdict.warnings, ['E-mail address, replaced before it left']);
  });

  it('gives back what the end of an answer held back', async () => {
    const { guard } = world({
      scan: (body) => ({ kind: 'redact', body, findings: [], restore: (text) => text.slice(0, -3), rest: () => 'ded' }),
    });
    assert.equal((await run(guard, chat([part('user', 'hello')]), model)).text, 'recorded');
  });

  it('sends nothing when the policy moves between the decision and the first byte', async () => {
    let hash = 'before';
    const moving = policyIn('loaded');
    const policy: Worldly['policy'] = {
      ...moving,
      current: () => ({ ...moving.current(), hash }),
      decide: () => {
        queueMicrotask(() => (hash = 'after'));
        return { reach: 'cloud', rules: [] };
      },
    };
    const before = posts(recorder);
    const result = await run(world({ policy }).guard, chat([part('user', 'hello')]), model);
    const { verdict } = eventOf(result, 'decided');
    assert.ok(verdict.kind === 'refuse' && verdict.cause.reason === 'policy-changed');
    assert.equal(posts(recorder), before);
  });

  it('opens no connection to a server that could only be out of bounds', async () => {
    let connects = 0;
    const transport: Worldly['transport'] = {
      connect: async () => {
        connects += 1;
        throw new Error('must not be reached');
      },
    };
    const backends = [
      { id: 'openrouter', kind: 'openrouter', url: 'https://openrouter.ai/api/v1' },
      { id: 'lan', kind: 'ollama', url: 'http://10.255.255.1:11434' },
    ] as const;
    const prompt = chat([{ ...part('user', ''), text: labelled('x', productLabel) }]);
    for (const policy of [policyIn('none'), policyIn('invalid'), policyIn('loading')])
      for (const { id } of backends) {
        const { guard } = createWorld({ backends, policy, transport, keys: { openrouter: 'CANARY_KEY' } });
        const refused = eventOf(await run(guard, prompt, { backend: id, model: 'm' }), 'decided');
        assert.equal(refused.verdict.kind, 'refuse');
        const list = await guard.models(id, never);
        assert.ok(list.kind === 'failed' && list.error.reason === 'not-permitted');
        assert.equal((await guard.describe({ backend: id, model: 'm' }, never)).kind, 'failed');
        assert.equal((await guard.load({ backend: id, model: 'm' }, never))?.reason, 'not-permitted');
      }
    assert.equal(connects, 0);
  });

  it('wants a key before it asks an aggregator', async () => {
    const before = recorder.requests.length;
    const { guard } = createWorld({ backends: [{ id: 'or', kind: 'openrouter', url: `${recorder.url}/v1` }] });
    const { error } = eventOf(await run(guard, chat([part('user', 'x')]), { backend: 'or', model: 'm' }), 'error');
    assert.equal(error.reason, 'unauthorized');
    assert.match(error.action ?? '', /Set API Key/);
    const odd = createWorld({
      backends: [{ id: 'or', kind: 'openrouter', url: `${recorder.url}/v1` }],
      keys: { or: 'a b\nc' },
    });
    assert.equal(
      eventOf(await run(odd.guard, chat([part('user', 'x')]), { backend: 'or', model: 'm' }), 'error').error.reason,
      'unauthorized',
    );
    assert.equal(recorder.requests.length, before);
  });
});

const never = new AbortController().signal;

function posts({ requests }: Recorder): number {
  return requests.filter((request) => request.method === 'POST').length;
}
