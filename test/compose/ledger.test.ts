import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { composeLedger, type WindowLedger } from '../../src/compose/ledger.ts';
import { readLedger } from '../../src/core/audit/readLedger.ts';
import { verifyLedger } from '../../src/core/audit/verifyLedger.ts';
import type { LedgerIdentity } from '../../src/core/policy/settings.ts';
import { plainDigest } from '../../src/node/chainDigest.ts';
import { readLedgerFiles } from '../../src/node/ledgerFile.ts';
import { receipt } from '../egress/ledger/sample.ts';
import { createSecrets, policyWith, type Secrets } from './ledgerWorld.ts';

let root: string;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ringfence-compose-ledger-'));
});
after(() => rm(root, { recursive: true, force: true }));

type World = { readonly ledger: WindowLedger; readonly folder: string; readonly troubles: readonly string[] };
type Worldly = {
  readonly name: string;
  readonly secrets?: Secrets;
  readonly identity?: () => LedgerIdentity;
  readonly trustedFolder?: string;
};

function world({ name, secrets = createSecrets(), identity = () => 'none', trustedFolder }: Worldly): World {
  const folder = path.join(root, name);
  const troubles: string[] = [];
  const policy = policyWith(identity);
  const ledger = composeLedger({
    folder,
    writer: { 'service.version': '1.2.3' },
    secrets,
    policy,
    trustedFolder: () => trustedFolder,
    trouble: (why) => troubles.push(why),
  });
  return { ledger, folder, troubles };
}

describe("the window's ledger", () => {
  it('is keyed by a key that is made once and stays in the secret storage', async () => {
    const secrets = createSecrets();
    const { ledger, folder } = world({ name: 'keyed', secrets });
    assert.equal(secrets.stored.size, 0, 'no request, no key');
    assert.deepEqual(await ledger.append(receipt('a')), { kind: 'ok' });
    await ledger.close();
    const [key = ''] = secrets.stored.values();
    assert.match(key, /^[0-9a-f]{64}$/);
    const again = world({ name: 'keyed', secrets }).ledger;
    await again.append(receipt('b'));
    await again.close();
    assert.deepEqual([...secrets.stored.values()], [key]);
    const files = await readLedgerFiles(folder);
    assert.ok(files.every((file) => /^k[0-9a-f]{8}-0\./.test(file.name)));
    assert.equal(verifyLedger(files, { digests: await ledger.digests() }).kind, 'intact');
    assert.equal(verifyLedger(files, { digests: [plainDigest] }).kind, 'unproved');
    const text = files.map(({ bytes }) => new TextDecoder().decode(bytes)).join('');
    assert.ok(!text.includes(key) && !text.includes('src/ä.ts'), 'neither the key nor a path');
  });

  it('says which program wrote it', async () => {
    const { ledger, folder } = world({ name: 'writer' });
    await ledger.append(receipt('a'));
    await ledger.close();
    const opened = readLedger(await readLedgerFiles(folder)).find(({ kind }) => kind === 'opened');
    assert.equal(opened?.attributes['service.version'], '1.2.3');
  });

  it('uses the key of the window that was faster', async () => {
    const secrets = createSecrets();
    const two = [world({ name: 'both', secrets }), world({ name: 'both', secrets })];
    await Promise.all(two.map(({ ledger }, index) => ledger.append(receipt(`w${index}`))));
    await Promise.all(two.map(({ ledger }) => ledger.close()));
    const [{ ledger, folder }] = [two[0]!];
    const found = verifyLedger(await readLedgerFiles(folder), { digests: await ledger.digests() });
    assert.deepEqual([found.kind, found.chains.length], ['intact', 2]);
  });

  it('goes on without a key where the editor cannot keep one, and says so', async () => {
    const secrets = createSecrets();
    secrets.get = () => Promise.reject(new Error('no keyring'));
    const { ledger, folder, troubles } = world({ name: 'plain', secrets });
    assert.deepEqual(await ledger.append(receipt('a')), { kind: 'ok' });
    await ledger.close();
    assert.match(troubles[0] ?? '', /no keyring/);
    assert.equal(verifyLedger(await readLedgerFiles(folder), { digests: [plainDigest] }).kind, 'intact');
  });

  it('names the person only while the policy asks for it', async () => {
    const repository = path.join(root, 'repository');
    execFileSync('git', ['init', '-q', repository]);
    execFileSync('git', ['-C', repository, 'config', 'user.email', 'canary@example.invalid']);
    let wanted: LedgerIdentity = 'none';
    const { ledger, folder } = world({ name: 'named', identity: () => wanted, trustedFolder: repository });
    await ledger.append(receipt('a'));
    wanted = 'user';
    await ledger.append(receipt('b'));
    await ledger.close();
    const names = readLedger(await readLedgerFiles(folder))
      .filter(({ kind }) => kind === 'request')
      .map(({ attributes }) => [attributes['user.name'], attributes['user.email']]);
    assert.deepEqual(names, [
      [undefined, undefined],
      [userInfo().username, 'canary@example.invalid'],
    ]);
  });

  it('keeps the order of the requests, whoever is named', async () => {
    let turn = 0;
    const identity = (): LedgerIdentity => (turn++ % 2 === 0 ? 'user' : 'none');
    const { ledger, folder } = world({ name: 'order', identity, trustedFolder: root });
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
    await Promise.all(ids.map((id) => ledger.append(receipt(id))));
    await ledger.close();
    const written = readLedger(await readLedgerFiles(folder)).filter(({ kind }) => kind === 'request');
    assert.deepEqual(
      written.map(({ attributes }) => attributes['request.id']),
      ids,
    );
  });

  it('says why a record could not be written, and that nothing can be', async () => {
    await writeFile(path.join(root, 'blocked'), 'a file where the folder should be');
    const { ledger, troubles } = world({ name: 'blocked' });
    assert.equal((await ledger.ready()).kind, 'failed');
    assert.equal((await ledger.append(receipt('a'))).kind, 'failed');
    assert.equal(troubles.length, 2);
    await ledger.close();
  });

  it('closes although nothing was ever asked of it', async () => {
    await world({ name: 'idle' }).ledger.close();
  });
});
