import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Resource } from '../../src/core/label/resource.ts';
import { createRenames, followRenames, noRenames, parseRenames, renameLimits } from '../../src/node/gitRenames.ts';
import { createHardLinks, noHardLinks } from '../../src/node/hardLinks.ts';
import { createIdentify } from '../../src/node/identify.ts';

let root = '';
let workspace = '';

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'ringfence-identity-')));
  workspace = path.join(root, 'w');
  await mkdir(path.join(workspace, 'secrets'), { recursive: true });
  await writeFile(path.join(workspace, '.env'), 'TOKEN=CANARY_1');
  await writeFile(path.join(workspace, 'a.ts'), 'export {};');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const now = (): number => 0;
const isHeld = (file: string): boolean => file.endsWith('.env');

function identify(file: string, more: Partial<Parameters<typeof createIdentify>[0]> = {}): Promise<Resource> {
  const find = createIdentify({ editorFolders: [], hardLinks: noHardLinks, renames: noRenames, ...more });
  return find(pathToFileURL(file).href, [pathToFileURL(workspace).href]);
}

function inFolder({ names }: Resource): readonly string[] {
  return names.filter(({ folder }) => folder !== undefined).map(({ path: name }) => name);
}

describe('a file on this machine', () => {
  test('that is what it seems has one name in its folder', async () => {
    const resource = await identify(path.join(workspace, 'a.ts'));
    assert.deepEqual(inFolder(resource), ['a.ts']);
    assert.equal(resource.doubt, undefined);
  });

  test('is known by the name of a link and of what it leads to', async () => {
    await symlink('.env', path.join(workspace, 'notes.txt'));
    assert.deepEqual(inFolder(await identify(path.join(workspace, 'notes.txt'))), ['notes.txt', '.env']);
  });

  test('is known by every link of a chain', async () => {
    await symlink('.env', path.join(workspace, 'one'));
    await symlink('one', path.join(workspace, 'two'));
    await symlink('two', path.join(workspace, 'three'));
    assert.deepEqual(inFolder(await identify(path.join(workspace, 'three'))).toSorted(), [
      '.env',
      'one',
      'three',
      'two',
    ]);
  });

  test('keeps the name of the linked folder it was reached through', async () => {
    await mkdir(path.join(root, 'outside'));
    await writeFile(path.join(root, 'outside', 'key.txt'), 'CANARY_2');
    await symlink(path.join(root, 'outside'), path.join(workspace, 'vault'));
    const resource = await identify(path.join(workspace, 'vault', 'key.txt'));
    assert.deepEqual(inFolder(resource), ['vault/key.txt']);
    assert.equal(resource.doubt, 'outside every workspace folder');
  });

  test('is found behind a link to the folder above', async () => {
    await symlink('..', path.join(workspace, 'secrets', 'up'));
    assert.ok(inFolder(await identify(path.join(workspace, 'secrets', 'up', '.env'))).includes('.env'));
  });

  test('that does not exist yet is named by the folders that do', async () => {
    await symlink('secrets', path.join(workspace, 'docs'));
    const resource = await identify(path.join(workspace, 'docs', 'new', 'b.ts'));
    assert.deepEqual(inFolder(resource), ['docs/new/b.ts', 'secrets/new/b.ts']);
    assert.equal(resource.doubt, undefined);
  });

  test('behind a link that leads nowhere is named by where it would be', async () => {
    await symlink('secrets/later.txt', path.join(workspace, 'soon.txt'));
    assert.deepEqual(inFolder(await identify(path.join(workspace, 'soon.txt'))), ['soon.txt', 'secrets/later.txt']);
  });

  test('behind links that go in a circle is in doubt', async () => {
    await symlink('b', path.join(workspace, 'a'));
    await symlink('a', path.join(workspace, 'b'));
    assert.equal((await identify(path.join(workspace, 'a'))).doubt, 'could not be resolved');
  });

  test('below something that is no folder is in doubt', async () => {
    assert.equal((await identify(path.join(workspace, 'a.ts', 'x'))).doubt, 'could not be resolved');
  });
});

describe('hard links', () => {
  const search = () => createHardLinks({ folders: [workspace], isHeld, now });

  test('are found from the innocent name to the held one', async () => {
    await link(path.join(workspace, '.env'), path.join(workspace, 'readme.txt'));
    const resource = await identify(path.join(workspace, 'readme.txt'), { hardLinks: search() });
    assert.deepEqual(inFolder(resource), ['readme.txt', '.env']);
  });

  test('cost no walk where a file has one name', async () => {
    const counted = createHardLinks({ folders: [path.join(root, 'missing')], isHeld, now });
    assert.equal((await identify(path.join(workspace, 'a.ts'), { hardLinks: counted })).doubt, undefined);
  });

  test('that could not all be searched leave the file in doubt', async () => {
    await link(path.join(workspace, 'a.ts'), path.join(workspace, 'b.ts'));
    const broken = createHardLinks({ folders: [path.join(root, 'missing')], isHeld, now });
    assert.equal((await identify(path.join(workspace, 'b.ts'), { hardLinks: broken })).doubt, 'could not be resolved');
  });
});

describe('renames that git knows of', () => {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...args], {
      cwd: workspace,
      stdio: 'pipe',
    });
  };
  const commit = (message: string): void => {
    git('add', '-f', '-A');
    git('commit', '-q', '-m', message);
  };

  test('give a file its former names, committed and staged', async () => {
    await writeFile(path.join(workspace, '.env'), 'A=1\nB=2\nC=3\nD=4\n');
    git('init', '-q');
    commit('one');
    git('mv', '.env', 'config.txt');
    commit('two');
    git('mv', 'config.txt', 'settings.txt');
    const resource = await identify(path.join(workspace, 'settings.txt'), {
      renames: createRenames({ folders: [workspace], now }),
    });
    assert.deepEqual(inFolder(resource), ['settings.txt', 'config.txt', '.env']);
  });

  test('are none without a repository', async () => {
    const resource = await identify(path.join(workspace, 'a.ts'), {
      renames: createRenames({ folders: [workspace], now }),
    });
    assert.deepEqual(inFolder(resource), ['a.ts']);
  });

  test('that cannot all be followed leave the file in doubt, and held by the names that are known', async () => {
    const former = new Map(
      Array.from({ length: renameLimits.names + 1 }, (_, index) => [`/w/${index}`, [`/w/${index + 1}`]]),
    );
    assert.throws(() => followRenames(former, '/w/0'), /renamed too often/);
    assert.equal(followRenames(former, '/w/1').length, renameLimits.names);
    await symlink('a.ts', path.join(workspace, 'linked.ts'));
    const resource = await identify(path.join(workspace, 'linked.ts'), {
      renames: { before: () => Promise.reject(new Error('too many')), forget: () => undefined },
    });
    assert.equal(resource.doubt, 'could not be resolved');
    assert.deepEqual(inFolder(resource), ['linked.ts', 'a.ts']);
  });

  test('are read from git’s own form, also between commits', () => {
    assert.deepEqual(parseRenames('R100\0a\0b\0\nR087\0c d\0e\0'), [
      { from: 'a', to: 'b' },
      { from: 'c d', to: 'e' },
    ]);
  });
});
