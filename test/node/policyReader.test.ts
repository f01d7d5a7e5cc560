import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { PolicyDocument } from '../../src/core/policy/document.ts';
import { createAcknowledgedFiles } from '../../src/node/acknowledgedFiles.ts';
import { policyPlaces } from '../../src/node/policyPlaces.ts';
import { createPolicyReader } from '../../src/node/policyReader.ts';
import { readPolicyFile } from '../../src/node/readPolicyFile.ts';

let root = '';
let workspace = '';

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-reader-')));
  workspace = path.join(root, 'my work');
  await mkdir(path.join(workspace, 'packages', 'a'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const signal = new AbortController().signal;
const policy = '{ "version": 1, "reach": "cloud" }';

function reader(trusted = true) {
  return createPolicyReader({
    folders: () => [{ uri: pathToFileURL(workspace).href, path: workspace }],
    places: { managed: path.join(root, 'managed.jsonc'), user: path.join(root, 'user.jsonc') },
    trusted: () => trusted,
  });
}

async function write(below: string, text: string | Uint8Array): Promise<void> {
  const file = path.join(workspace, below);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...args], {
    cwd: workspace,
    stdio: 'pipe',
  });
}

function summary(documents: readonly PolicyDocument[]): readonly string[] {
  return documents
    .map(
      ({ layer, base, version, content, file }) =>
        `${layer} ${base ?? '.'} ${path.basename(file)} (${version}, ${content.kind})`,
    )
    .toSorted();
}

describe('all layers are found', () => {
  test('at the root, nested, ignore files, the user’s and the administrator’s', async () => {
    await write('.ringfence.jsonc', policy);
    await write('packages/a/.ringfence.jsonc', policy);
    await write('packages/a/.cursorignore', 'x');
    await write('legal/.noai', '');
    await write('node_modules/p/.cursorignore', 'x');
    await write('README.md', 'x');
    await writeFile(path.join(root, 'user.jsonc'), policy);
    assert.deepEqual(summary(await reader().readAll(signal)), [
      'imported legal .noai (working tree, text)',
      'imported packages/a .cursorignore (working tree, text)',
      'nested packages/a .ringfence.jsonc (working tree, text)',
      'user . user.jsonc (working tree, text)',
      'workspace . .ringfence.jsonc (working tree, text)',
    ]);
  });

  test('what is committed, under the same names', async () => {
    await write('.ringfence.jsonc', policy);
    await write('packages/a (b)/.aiignore', 'x');
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    const documents = await reader().readAll(signal);
    const files = (version: string) =>
      documents
        .filter((one) => one.version === version)
        .map(({ file }) => file)
        .toSorted();
    assert.deepEqual(files('HEAD'), files('working tree'));
    assert.equal(files('HEAD').length, 2);
  });

  test('git is not asked in a workspace that is not trusted', async () => {
    await write('.ringfence.jsonc', policy);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    assert.deepEqual(summary(await reader(false).readAll(signal)), [
      'workspace . .ringfence.jsonc (working tree, text)',
    ]);
  });

  test('a workspace folder inside a repository sees the committed files below it', async () => {
    await write('packages/a/.ringfence.jsonc', policy);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    workspace = path.join(workspace, 'packages', 'a');
    assert.deepEqual(summary(await reader().readAll(signal)), [
      'workspace . .ringfence.jsonc (HEAD, text)',
      'workspace . .ringfence.jsonc (working tree, text)',
    ]);
  });
});

describe('reading again', () => {
  test('sees changes, deletions, new commits and a file that came to the root', async () => {
    await write('packages/a/.aiignore', 'x');
    const source = reader();
    const before = await source.readAll(signal);
    assert.deepEqual(await source.readAgain(before, signal), before);
    await write('.ringfence.jsonc', policy);
    await rm(path.join(workspace, 'packages/a/.aiignore'));
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    assert.deepEqual(summary(await source.readAgain(before, signal)), [
      'workspace . .ringfence.jsonc (HEAD, text)',
      'workspace . .ringfence.jsonc (working tree, text)',
    ]);
  });
});

describe('what was committed and is no policy of the folder', () => {
  test('is not taken for a file that went away', async () => {
    await write('packages/a/.ringfence.jsonc', policy);
    await write('node_modules/p/.cursorignore', 'x');
    git('init', '-q');
    git('add', '-f', '-A');
    git('commit', '-q', '-m', 'one');
    const inner = path.join(workspace, 'packages', 'a');
    const both = createPolicyReader({
      folders: () => [workspace, inner].map((folder) => ({ uri: pathToFileURL(folder).href, path: folder })),
      places: { managed: path.join(root, 'managed.jsonc'), user: path.join(root, 'user.jsonc') },
      trusted: () => true,
    });
    assert.deepEqual(summary(await both.readAll(signal)), [
      'workspace . .ringfence.jsonc (HEAD, text)',
      'workspace . .ringfence.jsonc (working tree, text)',
    ]);
  });
});

describe('what speaks for which folder', () => {
  test('a workspace folder inside another is read once, for itself', async () => {
    await write('.ringfence.jsonc', policy);
    await write('packages/a/.ringfence.jsonc', policy);
    const inner = path.join(workspace, 'packages', 'a');
    const both = createPolicyReader({
      folders: () => [workspace, inner].map((folder) => ({ uri: pathToFileURL(folder).href, path: folder })),
      places: { managed: path.join(root, 'managed.jsonc'), user: path.join(root, 'user.jsonc') },
      trusted: () => false,
    });
    assert.deepEqual(
      (await both.readAll(signal)).map(({ layer, folder }) => [layer, folder]),
      [
        ['workspace', pathToFileURL(workspace).href],
        ['workspace', pathToFileURL(inner).href],
      ],
    );
  });

  test('a policy that is a link out of the workspace is not read', async () => {
    await writeFile(path.join(root, 'lax.jsonc'), policy);
    await symlink(path.join(root, 'lax.jsonc'), path.join(workspace, '.ringfence.jsonc'));
    assert.deepEqual(summary(await reader().readAll(signal)), [
      'workspace . .ringfence.jsonc (working tree, unreadable)',
    ]);
  });

  test(
    'a folder that may not be listed keeps what is in it',
    { skip: process.getuid?.() === 0 && 'root may list every folder' },
    async () => {
      await write('closed/x', '');
      await chmod(path.join(workspace, 'closed'), 0o000);
      const source = reader();
      const documents = await source.readAll(signal);
      const again = await source.readAgain(documents, signal);
      await chmod(path.join(workspace, 'closed'), 0o700);
      assert.deepEqual(summary(again), summary(documents));
      assert.deepEqual(summary(documents), ['imported closed closed (working tree, unreadable)']);
    },
  );
});

describe('a new commit is seen without starting git in between', () => {
  const moves: readonly (readonly [title: string, move: () => void])[] = [
    ['on the same branch', () => git('commit', '-q', '-am', 'two')],
    ['after refs were packed', () => (git('pack-refs', '--all'), git('commit', '-q', '-am', 'two'))],
    ['on another branch', () => (git('checkout', '-q', '-b', 'other'), git('commit', '-q', '-am', 'two'))],
    ['without a branch', () => (git('checkout', '-q', '--detach'), git('commit', '-q', '-am', 'two'))],
    ['packed away by an update', () => (git('commit', '-q', '-am', 'two'), git('pack-refs', '--all'))],
  ];
  for (const [title, move] of moves) {
    test(title, async () => {
      await write('.ringfence.jsonc', policy);
      git('init', '-q');
      git('add', '-A');
      git('commit', '-q', '-m', 'one');
      const source = reader();
      const before = await source.readAll(signal);
      await write('.ringfence.jsonc', `${policy} `);
      move();
      const [head] = (await source.readAgain(before, signal)).filter(({ version }) => version === 'HEAD');
      assert.deepEqual(head?.content, { kind: 'text', text: `${policy} ` });
    });
  }

  test('and with none nothing is read again', async () => {
    await write('.ringfence.jsonc', policy);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    const source = reader();
    const before = await source.readAll(signal);
    const started = performance.now();
    for (let round = 0; round < 20; round++) await source.readAgain(before, signal);
    assert.ok((performance.now() - started) / 20 < 50);
  });
});

describe('what cannot be read is said to be there', () => {
  test('a folder, bytes that are no text, a huge file, a link that goes in a circle', async () => {
    await mkdir(path.join(workspace, 'one', '.ringfence.jsonc'), { recursive: true });
    await write('two', new Uint8Array([0x7b, 0xff, 0x7d]));
    await write('three', 'x'.repeat(300_000));
    await write('four', new Uint8Array([0xff, 0xfe, 0x7b, 0x00]));
    await symlink('five', path.join(workspace, 'five'));
    const kinds = await Promise.all(
      ['one/.ringfence.jsonc', 'two', 'three', 'four', 'five'].map((file) =>
        readPolicyFile(path.join(workspace, file)),
      ),
    );
    assert.deepEqual(
      kinds.map((content) => content?.kind),
      Array(5).fill('unreadable'),
    );
    for (const content of kinds) assert.match(content?.kind === 'unreadable' ? content.why : '', /^[A-Z].*\.$/);
  });

  test('a byte order mark stays for the parser to refuse, and nothing is nothing', async () => {
    await write('bom', `\uFEFF${policy}`);
    assert.deepEqual(await readPolicyFile(path.join(workspace, 'bom')), { kind: 'text', text: `\uFEFF${policy}` });
    assert.equal(await readPolicyFile(path.join(workspace, 'missing', 'x')), undefined);
  });
});

test('an include is read inside the workspace folder and nowhere else', async () => {
  await writeFile(path.join(root, 'outside'), 'secret');
  await write('shared', 'a');
  await write('.clineignore', '!include shared\n!include ../outside\n');
  const [document] = await reader().readAll(signal);
  assert.deepEqual(document?.content.kind === 'text' ? document.content.includes : undefined, { shared: 'a' });
});

describe('what was accepted', () => {
  const document: PolicyDocument = {
    layer: 'workspace',
    file: 'file:///w/.ringfence.jsonc',
    folder: 'file:///w',
    version: 'acknowledged',
    content: { kind: 'text', text: policy },
  };
  const user: PolicyDocument = {
    layer: 'user',
    file: 'file:///u',
    version: 'acknowledged',
    content: { kind: 'text', text: policy },
  };
  const store = (...folders: readonly string[]) =>
    createAcknowledgedFiles({
      directory: path.join(root, 'accepted'),
      folders: () => folders,
      digest: (text) => Buffer.from(text).toString('hex'),
    });

  test('is kept per folder and found again', async () => {
    assert.deepEqual(await store('file:///w').read(), []);
    await store('file:///w').write([document, user]);
    assert.deepEqual(await store('file:///w').read(), [user, document]);
    assert.deepEqual(await store('file:///other').read(), [user]);
  });

  test('of one folder does not disturb that of another', async () => {
    await store('file:///w').write([document]);
    await store('file:///other').write([]);
    assert.deepEqual(await store('file:///w').read(), [document]);
  });

  test('in a damaged file is trouble, not nothing', async () => {
    await store('file:///w').write([document]);
    await writeFile(
      path.join(root, 'accepted', `${Buffer.from('file:///w').toString('hex').slice(0, 32)}.json`),
      '{"version":1,"docu',
    );
    await assert.rejects(store('file:///w').read(), /damaged/);
  });
});

test('the places of the owners’ policies on each system', () => {
  assert.deepEqual(policyPlaces('linux', '/home/me'), {
    managed: '/etc/ringfence/policy.jsonc',
    user: '/home/me/.config/ringfence/policy.jsonc',
  });
  assert.deepEqual(policyPlaces('macos', '/Users/me'), {
    managed: '/Library/Application Support/Ringfence/policy.jsonc',
    user: '/Users/me/Library/Application Support/Ringfence/policy.jsonc',
  });
  assert.deepEqual(policyPlaces('windows', 'D:\\Users\\me'), {
    managed: 'C:\\ProgramData\\Ringfence\\policy.jsonc',
    user: 'D:\\Users\\me\\AppData\\Roaming\\Ringfence\\policy.jsonc',
  });
});
