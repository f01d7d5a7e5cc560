import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { fingerprintText, type PolicyDocument } from '../../src/core/policy/document.ts';
import { createPolicyReader } from '../../src/node/policyReader.ts';

let root = '';
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-around-')));
  await mkdir(path.join(root, 'repo/.git'), { recursive: true });
  await mkdir(path.join(root, 'repo/pkgs/a'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const signal = new AbortController().signal;
const policy = '{ "version": 1, "reach": "cloud" }';

async function write(file: string, text = policy): Promise<void> {
  await mkdir(path.join(root, path.dirname(file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}

function readerOf(...folders: readonly string[]) {
  return createPolicyReader({
    folders: () => folders.map((folder) => ({ uri: uriOf(folder), path: path.join(root, folder) })),
    places: { managed: path.join(root, 'managed.jsonc'), user: path.join(root, 'user.jsonc') },
    trusted: () => true,
  });
}

function uriOf(folder: string): string {
  return pathToFileURL(path.join(root, folder)).href;
}

async function found(...folders: readonly string[]): Promise<readonly string[]> {
  return shown(await readerOf(...folders).readAll(signal));
}

function shown(documents: readonly PolicyDocument[]): readonly string[] {
  return documents
    .map(({ layer, file, folder = '', above = '-', version }) => {
      const [from, where] = [folder, file].map((uri) => decodeURIComponent(uri.slice(uriOf('').length + 1)));
      return `${layer} ${where} for ${from} at ${above} (${version})`;
    })
    .toSorted();
}

describe('a part of a repository that is opened by itself', () => {
  test('is held by the policies and ignore files around it, up to the root of the repository', async () => {
    await write('repo/.ringfence.jsonc');
    await write('repo/pkgs/.ringfence.jsonc', '{ "version": 1 }');
    await write('repo/pkgs/.noai', '');
    await write('repo/pkgs/a/.ringfence.jsonc');
    await write('.ringfence.jsonc');
    assert.deepEqual(await found('repo/pkgs/a'), [
      'imported repo/pkgs/.noai for repo/pkgs/a at a (working tree)',
      'nested repo/pkgs/.ringfence.jsonc for repo/pkgs/a at a (working tree)',
      'workspace repo/.ringfence.jsonc for repo/pkgs/a at pkgs/a (working tree)',
      'workspace repo/pkgs/a/.ringfence.jsonc for repo/pkgs/a at - (working tree)',
    ]);
  });

  test('is held by nothing around it where it is a repository of its own, or none', async () => {
    await write('repo/.ringfence.jsonc');
    await write('repo/pkgs/a/.git', 'gitdir: elsewhere');
    assert.deepEqual(await found('repo/pkgs/a'), []);
    await write('plain/.ringfence.jsonc');
    await mkdir(path.join(root, 'plain/sub'));
    assert.deepEqual(await found('plain/sub'), []);
  });

  test('leaves to the workspace folder around it what that one reads itself', async () => {
    await write('repo/.ringfence.jsonc');
    assert.deepEqual(await found('repo', 'repo/pkgs/a'), [
      'workspace repo/.ringfence.jsonc for repo at - (working tree)',
    ]);
  });

  test('is read the same again, and differently once something around it has changed', async () => {
    await write('repo/.ringfence.jsonc');
    const reader = readerOf('repo/pkgs/a');
    const known = await reader.readAll(signal);
    assert.equal(fingerprintText(await reader.readAgain(known, signal)), fingerprintText(known));
    await write('repo/pkgs/.aiignore', 'x');
    assert.notEqual(fingerprintText(await reader.readAgain(known, signal)), fingerprintText(known));
  });

  test('is held by what is committed around it, too', async () => {
    await rm(path.join(root, 'repo/.git'), { recursive: true });
    await write('repo/.ringfence.jsonc');
    await write('repo/pkgs/.aiignore', 'x');
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...args], {
        cwd: path.join(root, 'repo'),
        stdio: 'pipe',
      });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'state');
    await rm(path.join(root, 'repo/.ringfence.jsonc'));
    assert.deepEqual(await found('repo/pkgs/a'), [
      'imported repo/pkgs/.aiignore for repo/pkgs/a at a (HEAD)',
      'imported repo/pkgs/.aiignore for repo/pkgs/a at a (working tree)',
      'workspace repo/.ringfence.jsonc for repo/pkgs/a at pkgs/a (HEAD)',
    ]);
  });

  test(
    'is held as a whole where a folder around it may not be listed',
    { skip: process.getuid?.() === 0 },
    async () => {
      await chmod(path.join(root, 'repo/pkgs'), 0o311);
      try {
        const [closed] = await readerOf('repo/pkgs/a').readAll(signal);
        assert.equal(closed?.content.kind, 'unreadable');
      } finally {
        await chmod(path.join(root, 'repo/pkgs'), 0o755);
      }
    },
  );
});
