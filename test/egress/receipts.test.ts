import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { verifyLedger } from '../../src/core/audit/verifyLedger.ts';
import { readLedger } from '../../src/core/audit/readLedger.ts';
import { createGuard } from '../../src/egress/guard.ts';
import { createLedger, defaultLedgerSettings } from '../../src/egress/ledger/ledger.ts';
import type { Ledger, LedgerResult, Scan } from '../../src/egress/ports.ts';
import { plainDigest } from '../../src/node/chainDigest.ts';
import { createLedgerStore, readLedgerFiles } from '../../src/node/ledgerFile.ts';
import { startRecorder } from '../support/recorder.ts';
import {
  chat,
  createWorld,
  eventOf,
  part,
  policyIn,
  previewed,
  run,
  type World,
  type Worldly,
} from './support/world.ts';

type Recorder = Awaited<ReturnType<typeof startRecorder>>;
let recorder: Recorder;
let folder: string;
before(async () => {
  recorder = await startRecorder();
  folder = await mkdtemp(path.join(tmpdir(), 'ringfence-receipts-'));
});
after(async () => {
  await recorder.stop();
  await rm(folder, { recursive: true, force: true });
});

const far = { backend: 'far', model: 'm' };
const near = { backend: 'near', model: 'm' };
const required = policyIn('loaded', { ledger: { required: true, identity: 'none' } });

function world(more: Partial<Worldly>, ledger?: Ledger): Pick<World, 'guard' | 'receipts'> {
  const url = `${recorder.url}/v1`;
  const made = createWorld({
    backends: [
      { id: 'far', kind: 'custom', url },
      { id: 'near', kind: 'custom', url, zone: 'device' },
    ],
    ...more,
  });
  return ledger ? { guard: createGuard({ ...made.deps, ledger }), receipts: made.receipts } : made;
}

function ledgerIn(place: string): ReturnType<typeof createLedger> {
  const store = createLedgerStore(place);
  return createLedger({ store, digest: plainDigest, now: () => Date.now(), settings: () => defaultLedgerSettings });
}

describe('the receipt of a question that is turned down before it is sent', () => {
  const held = part('attachment', 'CANARY_HELD', { id: 'held', reach: 'device', required: true });
  const question = part('user', 'What is this?');

  it('says what was held back and why, once, and that nothing went', async () => {
    const { guard, receipts } = world({});
    const { verdict } = await previewed(guard, chat([held, question]), far);
    const [receipt, ...others] = receipts;
    assert.ok(receipt && others.length === 0);
    assert.deepEqual(
      [receipt.intent, receipt.model, receipt.outcome, receipt.bytesOut],
      ['chat', far, { kind: 'refused' }, 0],
    );
    assert.equal(receipt.verdict, verdict);
    assert.equal(receipt.proof?.zone, 'cloud');
    assert.deepEqual(
      receipt.verdict.parts.map(({ id, decision, rules }) => [id, decision, rules.map(({ id: rule }) => rule)]),
      [
        ['held', 'drop', ['r1']],
        ['user', 'keep', []],
      ],
    );
    assert.ok(!JSON.stringify(receipt).includes('CANARY_HELD'));
  });

  it('is there for every reason, also where no server was asked', async () => {
    for (const [more, reason] of [
      [{ policy: policyIn('none') }, 'no-policy'],
      [{ policy: policyIn('invalid') }, 'policy-invalid'],
      [{ trusted: () => false }, 'untrusted'],
      [{ policy: { fresh: async () => false } }, 'policy-changed'],
      [{ policy: required, ledger: { ready: { kind: 'failed', why: 'disk full' } } }, 'ledger-unavailable'],
    ] as const) {
      const { guard, receipts } = world(more);
      await previewed(guard, chat([question]), far);
      assert.deepEqual(
        receipts.map(({ verdict, outcome }) => [outcome.kind, verdict.kind === 'refuse' && verdict.cause.reason]),
        [['refused', reason]],
      );
    }
  });

  it('is not written for a look that requires nothing, nor for a question that may go', async () => {
    const { guard, receipts } = world({});
    const look = chat([
      { ...held, required: false },
      { ...question, required: false },
    ]);
    assert.equal((await previewed(guard, look, far)).verdict.parts[0]?.decision, 'drop');
    const nothing = chat([{ ...held, required: false }]);
    assert.equal((await previewed(guard, nothing, far)).verdict.kind, 'refuse');
    assert.equal((await previewed(guard, chat([question]), far)).verdict.kind, 'allow');
    assert.equal(receipts.length, 0);
  });

  it('is left to the sending where nothing could be decided', async () => {
    const { guard, receipts } = world({});
    const nobody = { backend: 'nobody', model: 'm' };
    const preview = await guard.preview(chat([question]), nobody, new AbortController().signal);
    assert.equal(preview.kind === 'failed' && preview.error.reason, 'bad-request');
    assert.equal(receipts.length, 0);
    await run(guard, chat([question]), nobody);
    assert.deepEqual(
      receipts.map(({ outcome }) => outcome.kind),
      ['failed'],
    );
  });

  it('is on the disk before the refusal is shown, where the policy requires it', async () => {
    const disk = slowLedger();
    const { guard } = world({ policy: required }, disk.ledger);
    let shown = false;
    const looking = previewed(guard, chat([held, question]), far).then(() => (shown = true));
    await disk.asked;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(shown, false);
    disk.finish();
    assert.equal(await looking, true);
  });
});

describe('receipts', () => {
  it('say what the scan found: sent with a warning, replaced, or refused', async () => {
    const low = { rule: 'entropy', title: 'Long number', confidence: 'low' } as const;
    const high = { rule: 'email', title: 'E-mail address', confidence: 'high' } as const;
    const scans: readonly Scan[] = [
      () => ({ kind: 'warn', findings: [low, low] }),
      (body) => ({
        kind: 'redact',
        body,
        findings: [{ ...high, redacted: true }, low],
        restore: (text) => text,
        rest: () => '',
      }),
      () => ({ kind: 'block', findings: [high] }),
      () => ({ kind: 'clean' }),
    ];
    const findings = [];
    for (const scan of scans) {
      const { guard, receipts } = world({ scan });
      await run(guard, chat([part('user', 'hello')]), far);
      findings.push(receipts[0]?.findings);
    }
    assert.deepEqual(findings, [
      [{ ...low, count: 2, redacted: false }],
      [
        { ...high, count: 1, redacted: true },
        { ...low, count: 1, redacted: false },
      ],
      [{ ...high, count: 1, redacted: false }],
      undefined,
    ]);
  });

  it('do not hold up an answer while the disk is slow', async () => {
    const disk = slowLedger();
    const { guard, receipts } = world({}, disk.ledger);
    await run(guard, chat([part('user', 'one')]), far);
    await run(guard, chat([part('user', 'two')]), far);
    assert.equal(receipts.length, 2);
    assert.deepEqual(
      disk.given,
      receipts.map(({ id }) => id),
      'in the order of the requests',
    );
    disk.finish();
  });

  it('are on the disk before an answer from the cloud ends, where the policy requires them', async () => {
    const disk = slowLedger();
    const { guard, receipts } = world({ policy: required }, disk.ledger);
    const running = run(guard, chat([part('user', 'hello')]), far);
    await disk.asked;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(receipts.length, 0, 'still being written');
    disk.finish();
    assert.equal(eventOf(await running, 'receipt').receipt.outcome.kind, 'done');
    assert.equal(receipts.length, 1);
  });

  it('do not hold up an answer from this machine even then', async () => {
    const disk = slowLedger();
    const { guard, receipts } = world({ policy: required }, disk.ledger);
    await run(guard, chat([part('user', 'hello')]), near);
    assert.equal(receipts.length, 1);
    disk.finish();
  });

  it('stand in a real ledger that verifies', async () => {
    const place = path.join(folder, 'good');
    const ledger = ledgerIn(place);
    const { guard } = world({ policy: required }, ledger);
    assert.equal((await run(guard, chat([part('user', 'hello')]), far)).text, 'recorded');
    const files = await readLedgerFiles(place);
    assert.equal(verifyLedger(files, { digests: [plainDigest] }).kind, 'intact');
    assert.equal(readLedger(files).filter(({ kind }) => kind === 'request').length, 1);
    await ledger.close();
  });

  it('are asked for before the cloud: a ledger that cannot be written lets nothing go there, and all go on here', async () => {
    const place = path.join(folder, 'no-folder');
    await writeFile(place, 'a file where the folder should be');
    const ledger = ledgerIn(place);
    const before = recorder.requests.filter(({ method }) => method === 'POST').length;
    const { guard } = world({ policy: required }, ledger);
    const { verdict } = eventOf(await run(guard, chat([part('user', 'hello')]), far), 'decided');
    assert.ok(verdict.kind === 'refuse' && verdict.cause.reason === 'ledger-unavailable', JSON.stringify(verdict));
    assert.match(verdict.cause.message, /ledger could not be written/);
    assert.equal(recorder.requests.filter(({ method }) => method === 'POST').length, before);
    assert.equal((await run(guard, chat([part('user', 'hello')]), near)).text, 'recorded');
    const loose = world({}, ledger);
    assert.equal((await run(loose.guard, chat([part('user', 'hello')]), far)).text, 'recorded');
  });
});

/** A ledger whose writes end when the test says so. */
function slowLedger() {
  const given: string[] = [];
  const waiting: ((result: LedgerResult) => void)[] = [];
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const ledger: Ledger = {
    append: ({ id }) => {
      given.push(id);
      ask();
      return new Promise((resolve) => waiting.push(resolve));
    },
    ready: async () => ({ kind: 'ok' }),
  };
  return { ledger, given, asked, finish: () => waiting.forEach((resolve) => resolve({ kind: 'ok' })) };
}
