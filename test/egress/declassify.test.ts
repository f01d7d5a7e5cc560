import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { LeaveOffer, LeaveTerms } from '../../src/core/declassify/declassification.ts';
import { mintDeclassification } from '../../src/core/declassify/declassification.ts';
import { labelled } from '../../src/core/label/labelled.ts';
import type { LabelledPrompt, Part } from '../../src/core/prompt/labelledPrompt.ts';
import { createGuard } from '../../src/egress/guard.ts';
import type { GuardDeps } from '../../src/egress/guardDeps.ts';
import type { GuardPolicy } from '../../src/egress/ports.ts';
import { startFakeOpenAI } from '../support/fake-openai/start.ts';
import { chat, createWorld, eventOf, labelFor, part, policyIn, previewed, run } from './support/world.ts';

type Server = Awaited<ReturnType<typeof startFakeOpenAI>>;
const servers: Server[] = [];
after(() => Promise.all(servers.map((server) => server.stop())));

const model = { backend: 'relay', model: 'acme/large' };
const secret = 'CANARY_DECLASSIFIED_TEXT';

/** A guard towards an unattested relay, under a policy that keeps every file here and lets the user decide. */
async function world(more: Partial<GuardDeps> = {}) {
  const server = await startFakeOpenAI({ models: [{ id: 'acme/large' }, { id: 'acme/small' }], answer: () => 'Done.' });
  servers.push(server);
  const made = createWorld({ backends: [{ id: 'relay', kind: 'custom', url: `${server.url}/v1` }] });
  const policy = policyWith({});
  const deps: GuardDeps = {
    ...made.deps,
    policy,
    fingerprint: async (text) => createHash('sha256').update(`key ${text}`).digest('hex'),
    ...more,
  };
  return { guard: createGuard(deps), server, receipts: made.receipts, deps };
}

type World = Awaited<ReturnType<typeof world>>;

const question = (): Part => ({
  ...part('user', 'What is this?'),
  text: labelled('What is this?', {
    reach: 'cloud',
    origins: [{ provenance: { kind: 'product' }, reach: 'cloud', rules: [] }],
  }),
});

function prompt(text = secret, declassified?: Part['declassified'], id = 'file'): LabelledPrompt {
  const held = {
    ...part('attachment', text, { id, reach: 'device', required: true }),
    ...(declassified && { declassified }),
  };
  return chat([held, question()]);
}

async function offered({ guard }: World, asked = prompt()): Promise<LeaveOffer> {
  const preview = await previewed(guard, asked, model);
  assert.equal(preview.verdict.kind, 'refuse');
  const [offer, ...others] = preview.offers ?? [];
  assert.ok(offer && others.length === 0);
  return offer;
}

const leaveFor = (offer: LeaveOffer, change: Partial<LeaveTerms> = {}) =>
  mintDeclassification({ ...offer, id: 'leave-1', at: 1_700_000_000_000, ...change });

/** A policy that says so of every file, and lets everything else go anywhere. */
function policyWith({
  current,
  files = ofTheUser,
}: {
  current?: () => ReturnType<GuardPolicy['current']>;
  files?: Said;
}): GuardPolicy {
  const loaded = policyIn('loaded');
  return {
    ...loaded,
    current: () => current?.() ?? loaded.current(),
    decide: ({ kind }) => (kind === 'file' ? files : { reach: 'cloud', rules: [] }),
  };
}

type Said = ReturnType<GuardPolicy['decide']>;
const ofTheUser: Said = { reach: 'device', rules: [], declassify: 'confirm' };

describe('a leave to send a part beyond its reach', () => {
  it('lets that very text go once, and is recorded without it', async () => {
    const at = await world();
    const offer = await offered(at);
    const result = await run(at.guard, prompt(secret, leaveFor(offer)), model);
    assert.equal(result.text, 'Done.');
    assert.ok(at.server.saw(secret));
    const receipt = at.receipts.at(-1);
    const noted = receipt?.verdict.parts.find(({ id }) => id === 'file');
    assert.deepEqual(noted?.declassified, { id: 'leave-1', at: 1_700_000_000_000, preview: offer.preview });
    assert.deepEqual(
      noted.rules.map(({ id }) => id),
      ['r1'],
    );
    assert.ok(!JSON.stringify(at.receipts).includes(secret));
  });

  it('leaves the label as it is: the answer may not leave the device', async () => {
    const at = await world();
    const result = await run(at.guard, prompt(secret, leaveFor(await offered(at))), model);
    assert.equal(eventOf(result, 'decided').label.reach, 'device');
  });

  it('is for one request: a second one is refused, and so is the same leave on two parts', async () => {
    const at = await world();
    const leave = leaveFor(await offered(at));
    await run(at.guard, prompt(secret, leave), model);
    const again = await run(at.guard, prompt(secret, leave), model);
    assert.equal(eventOf(again, 'decided').verdict.kind, 'refuse');
    const other = leaveFor(await offered(at), { id: 'leave-2' });
    const [held, ...rest] = prompt(secret, other).parts;
    assert.ok(held);
    const twice = await run(at.guard, chat([held, held, ...rest]), model);
    assert.equal(eventOf(twice, 'decided').verdict.kind, 'refuse');
    assert.equal(chats(at), 1);
  });

  it('is for one request even where two are sent at once', async () => {
    const at = await world();
    const leave = leaveFor(await offered(at));
    // Both are checked before either is sent: the policy's freshness is asked for in between.
    let waiting = 0;
    let resolve = (): void => undefined;
    const both = new Promise<void>((settle) => (resolve = settle));
    const fresh = async () => {
      if ((waiting += 1) === 2) resolve();
      await both;
      return true;
    };
    const guard = createGuard({ ...at.deps, policy: { ...policyWith({}), fresh } });
    const results = await Promise.all([1, 2].map(() => run(guard, prompt(secret, leave), model)));
    assert.deepEqual(results.map((result) => eventOf(result, 'decided').verdict.kind).toSorted(), ['allow', 'refuse']);
    assert.equal(chats(at), 1);
  });

  it('is not used up by looking', async () => {
    const at = await world();
    const leave = leaveFor(await offered(at));
    const preview = await previewed(at.guard, prompt(secret, leave), model);
    assert.equal(preview.verdict.kind, 'allow');
    assert.equal((await run(at.guard, prompt(secret, leave), model)).text, 'Done.');
  });

  it('does not hold for anything that differs from what was seen', async () => {
    const at = await world();
    const offer = await offered(at);
    const differing: fc.Arbitrary<Partial<LeaveTerms>> = fc.oneof(
      fc.record({ preview: fc.stringMatching(/^[0-9a-f]{64}$/) }),
      fc.record({ policy: fc.string() }),
      fc.record({ part: fc.string() }),
      fc.record({
        destination: fc.oneof(
          fc.constant({ ...offer.destination, zone: 'perimeter' as const }),
          fc.webUrl().map((origin) => ({ ...offer.destination, origin })),
          fc.string().map((name) => ({ ...offer.destination, model: { backend: 'relay', model: name } })),
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(differing, fc.uuid(), async (change, id) => {
        const preview = await previewed(at.guard, prompt(secret, leaveFor(offer, { ...change, id })), model);
        assert.equal(preview.verdict.kind, 'refuse');
      }),
      { numRuns: 40 },
    );
    assert.ok(!at.server.saw(secret));
  });

  it('does not hold for a text that was altered by one character', async () => {
    const at = await world();
    const offer = await offered(at);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(secret.length),
        fc.string({ minLength: 1, maxLength: 3 }),
        fc.uuid(),
        async (place, more, id) => {
          const altered = secret.slice(0, place) + more + secret.slice(place);
          const result = await run(at.guard, prompt(altered, leaveFor(offer, { id })), model);
          assert.equal(eventOf(result, 'decided').verdict.kind, 'refuse');
        },
      ),
      { numRuns: 30 },
    );
    assert.equal(chats(at), 0);
  });

  it('does not hold at another model of the same server', async () => {
    const at = await world();
    const leave = leaveFor(await offered(at));
    const result = await run(at.guard, prompt(secret, leave), { backend: 'relay', model: 'acme/small' });
    assert.equal(eventOf(result, 'decided').verdict.kind, 'refuse');
    assert.equal(chats(at), 0);
  });

  it('does not hold once the policy has changed, or no longer leaves it to the user', async () => {
    const at = await world();
    const offer = await offered(at);
    const loaded = policyIn('loaded').current();
    const changes: readonly Parameters<typeof policyWith>[0][] = [
      { current: () => ({ ...loaded, hash: 'another' }) },
      { files: { reach: 'device', rules: [], declassify: 'never' } },
      { files: { reach: 'device', rules: [] } },
      { files: { ...ofTheUser, doubt: 'Who knows?' } },
      { files: { ...ofTheUser, reach: 'none' } },
    ];
    for (const [index, change] of changes.entries()) {
      const guard = createGuard({ ...at.deps, policy: policyWith(change) });
      const result = await run(guard, prompt(secret, leaveFor(offer, { id: `leave ${index}` })), model);
      assert.equal(eventOf(result, 'decided').verdict.kind, 'refuse', JSON.stringify(change));
    }
    assert.equal(chats(at), 0);
  });

  it('does not hold for completion', async () => {
    const at = await world();
    const offer = await offered(at);
    const result = await run(at.guard, { ...prompt(secret, leaveFor(offer)), intent: 'completion' }, model);
    assert.equal(eventOf(result, 'decided').verdict.kind, 'refuse');
    assert.equal(chats(at), 0);
  });

  it('needs a record: no ledger, no leave', async () => {
    const at = await world();
    const offer = await offered(at);
    const ledger = {
      append: async () => ({ kind: 'ok' }) as const,
      ready: async () => ({ kind: 'failed', why: 'disk full' }) as const,
    };
    const result = await run(createGuard({ ...at.deps, ledger }), prompt(secret, leaveFor(offer)), model);
    const { verdict } = eventOf(result, 'decided');
    assert.equal(verdict.kind === 'refuse' && verdict.cause.reason, 'ledger-unavailable');
    assert.equal(chats(at), 0);
  });

  it('still goes through the scan: a secret found in it stops the request', async () => {
    const at = await world({
      scan: () => ({ kind: 'block', findings: [{ rule: 'x', title: 'A token', confidence: 'high' }] }),
    });
    const result = await run(at.guard, prompt(secret, leaveFor(await offered(at))), model);
    const { verdict } = eventOf(result, 'decided');
    assert.equal(verdict.kind === 'refuse' && verdict.cause.reason, 'secret-found');
    assert.equal(chats(at), 0);
  });

  it('is not offered where the texts cannot be named, nor under a built-in rule', async () => {
    const at = await world();
    const { fingerprint: _, ...without } = at.deps;
    assert.equal((await previewed(createGuard(without), prompt(), model)).offers, undefined);
    const label = labelFor('device');
    const origins = label.origins.map((origin) => ({
      ...origin,
      rules: origin.rules.map((rule) => ({ ...rule, layer: 'built-in' as const })),
    }));
    const held = { ...part('attachment', secret, { required: true }), text: labelled(secret, { ...label, origins }) };
    assert.equal((await previewed(at.guard, chat([held, question()]), model)).offers, undefined);
  });
});

function chats({ server }: World): number {
  return server.requests.filter(({ path }) => path.endsWith('/chat/completions')).length;
}
