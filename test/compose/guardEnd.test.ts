import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createEndableGuard } from '../../src/compose/guardEnd.ts';
import { composeLedger, type WindowLedger } from '../../src/compose/ledger.ts';
import { readLedger } from '../../src/core/audit/readLedger.ts';
import { verifyLedger } from '../../src/core/audit/verifyLedger.ts';
import type { Guard } from '../../src/core/exchange/guard.ts';
import { createGuard } from '../../src/egress/guard.ts';
import { readLedgerFiles } from '../../src/node/ledgerFile.ts';
import { chat, createWorld, part } from '../egress/support/world.ts';
import { startFakeOpenAI } from '../support/fake-openai/start.ts';
import { createSecrets, policyWith } from './ledgerWorld.ts';

type Server = Awaited<ReturnType<typeof startFakeOpenAI>>;
let server: Server;
let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ringfence-guard-end-'));
  // Begins to answer and then says nothing more for as long as the test may last.
  server = await startFakeOpenAI({
    answer: () => 'One two three.',
    behaviour: () => ({ ending: { kind: 'stall', afterTokens: 1 } }),
  });
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const far = { backend: 'far', model: 'm' };
const question = chat([part('user', 'CANARY_QUESTION')]);

function window(
  name: string,
  secrets = createSecrets(),
): { readonly guard: Guard; readonly ledger: WindowLedger; readonly end: () => Promise<void> } {
  const ledger = composeLedger({
    folder: path.join(folder, name),
    writer: { 'service.version': '1.2.3' },
    secrets,
    policy: policyWith(() => 'none'),
    trustedFolder: () => undefined,
    trouble: (why) => assert.fail(why),
  });
  const { deps } = createWorld({ backends: [{ id: 'far', kind: 'custom', url: server.baseURL }] });
  const { guard, end } = createEndableGuard(createGuard({ ...deps, ledger }), ledger.open);
  return {
    guard,
    ledger,
    end: async () => {
      await end();
      await ledger.close();
    },
  };
}

async function outcomes(name: string, { digests }: WindowLedger): Promise<readonly unknown[]> {
  const files = await readLedgerFiles(path.join(folder, name));
  assert.equal(verifyLedger(files, { digests: await digests() }).kind, 'intact');
  return readLedger(files).flatMap(({ kind, attributes }) =>
    kind === 'request' ? [[attributes['ringfence.outcome'], Number(attributes['request.bytes_out']) > 0]] : [],
  );
}

describe('closing the window in the middle of an answer', () => {
  it('leaves the record of what was sent, and the chain to the next window', async () => {
    const { guard, ledger, end } = window('answering');
    const reading = (async () => {
      for await (const _ of guard.send(question, far, new AbortController().signal));
    })();
    await until(() => server.saw('CANARY_QUESTION'));
    await end();
    await reading;
    assert.deepEqual(await outcomes('answering', ledger), [['aborted', true]]);
    const leases = (await readdir(path.join(folder, 'answering'))).filter((name) => name.includes('.lease.'));
    assert.deepEqual(await Promise.all(leases.map((name) => readFile(path.join(folder, 'answering', name), 'utf8'))), [
      '{}',
    ]);
  });

  it('does so also where nobody asks for the rest of the answer any more', async () => {
    const { guard, ledger, end } = window('forgotten');
    const events = guard.send(question, far, new AbortController().signal)[Symbol.asyncIterator]();
    assert.equal((await events.next()).value?.kind, 'decided');
    await end();
    assert.deepEqual(await outcomes('forgotten', ledger), [['aborted', true]]);
  });

  it('needs nothing of the editor any more by then', async () => {
    const secrets = createSecrets();
    const { guard, ledger, end } = window('closing', secrets);
    const events = guard.send(question, far, new AbortController().signal)[Symbol.asyncIterator]();
    assert.equal((await events.next()).value?.kind, 'decided');
    // The second look at the key, which makes sure that no other window has made one too.
    await until(() => secrets.reads >= 2);
    secrets.gone = true;
    await end();
    secrets.gone = false;
    assert.deepEqual(await outcomes('closing', ledger), [['aborted', true]]);
    assert.ok(
      (await readdir(path.join(folder, 'closing'))).every((name) => name.startsWith('k')),
      'a chain without a key',
    );
  });

  it('lets nothing more go', async () => {
    const { guard, end } = window('ended');
    await end();
    const before = server.requests.filter(({ method }) => method === 'POST').length;
    for await (const event of guard.send(question, far, new AbortController().signal))
      assert.ok(event.kind === 'receipt' && event.receipt.outcome.kind === 'aborted');
    assert.equal(server.requests.filter(({ method }) => method === 'POST').length, before);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
