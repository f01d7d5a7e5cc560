import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createIdentity, type FileFacts, type Resolution, type World } from '../../../src/core/label/identity.ts';
import type { Resource } from '../../../src/core/label/resource.ts';
import { processorTime } from '../../support/processorTime.ts';

const linux: World = {
  system: 'linux',
  folders: [{ uri: 'file:///w', realPath: '/w' }],
  editorFolders: ['/home/me/.config/Code/User'],
};
const elsewhere: Resolution = { kind: 'elsewhere' };

function identify(file: Partial<FileFacts> & { readonly uri: string }, world: World = linux): Resource {
  return createIdentity(world)({ resolution: elsewhere, previousPaths: [], ...file });
}

function resolved(realPath: string, more: Partial<Extract<Resolution, { kind: 'resolved' }>> = {}): Resolution {
  return { kind: 'resolved', realPath, links: [], hardLinks: [], ...more };
}

function paths(resource: Resource): readonly string[] {
  return resource.names.map(
    ({ kind, path, folder }) => `${kind}: ${folder === undefined ? '' : `${folder} › `}${path}`,
  );
}

describe('a file is known under every name', () => {
  test('its path below the workspace folder and the absolute one', () => {
    assert.deepEqual(paths(identify({ uri: 'file:///w/src/a.ts' })), [
      'path: file:///w › src/a.ts',
      'path: /w/src/a.ts',
    ]);
  });

  test('its path below each of two nested workspace folders', () => {
    const world = { ...linux, folders: [{ uri: 'file:///w' }, { uri: 'file:///w/packages/a' }] };
    assert.deepEqual(paths(identify({ uri: 'file:///w/packages/a/.env' }, world)), [
      'path: file:///w › packages/a/.env',
      'path: file:///w/packages/a › .env',
      'path: /w/packages/a/.env',
    ]);
  });

  test('the name of a link and of what it leads to', () => {
    const resource = identify({
      uri: 'file:///w/notes.txt',
      resolution: resolved('/w/.env', { links: ['/w/notes.txt'] }),
    });
    assert.deepEqual(paths(resource), [
      'path: file:///w › notes.txt',
      'path: /w/notes.txt',
      'real path: file:///w › .env',
      'real path: /w/.env',
    ]);
    assert.equal(resource.doubt, undefined);
  });

  test('its name before a rename', () => {
    const resource = identify({ uri: 'file:///w/config.txt', previousPaths: ['/w/.env'] });
    assert.ok(paths(resource).includes('previous name: file:///w › .env'));
  });

  test('its other hard links', () => {
    const resource = identify({
      uri: 'file:///w/x.txt',
      resolution: resolved('/w/x.txt', { hardLinks: ['/w/secrets/key'] }),
    });
    assert.ok(paths(resource).includes('hard link: file:///w › secrets/key'));
  });

  test('the file that it is a copy of', () => {
    for (const copy of [
      '.env~',
      '#.env#',
      '.#.env',
      '.env.bak',
      '.env.swp',
      '..env.swp',
      '.env.orig',
      '.env.bak.2',
      '.env copy',
    ]) {
      const resource = identify({ uri: `file:///w/${encodeURIComponent(copy)}` });
      assert.ok(paths(resource).includes('underlying file: file:///w › .env'), copy);
    }
  });

  test('the file that a git document shows a former text of', () => {
    const query = encodeURIComponent(JSON.stringify({ path: '/w/.env', ref: 'HEAD' }));
    assert.deepEqual(
      paths(identify({ uri: `git:/w/.env.git?${query}` })).filter((name) => name.endsWith('.env')),
      ['underlying file: file:///w › .env', 'underlying file: /w/.env'],
    );
  });

  test('the notebook that a cell belongs to', () => {
    const resource = identify({ uri: 'vscode-notebook-cell:/w/private/a.ipynb#W0sZmlsZQ%3D%3D' });
    assert.deepEqual(paths(resource), [
      'underlying file: file:///w › private/a.ipynb',
      'underlying file: /w/private/a.ipynb',
    ]);
    assert.equal(resource.doubt, undefined);
  });

  test('a name that the URI spells with escapes, decoded once', () => {
    assert.equal(identify({ uri: 'file:///w/%2Eenv' }).display, '.env');
    assert.equal(identify({ uri: 'file:///w/%252Eenv' }).display, '%2Eenv');
  });

  test('a workspace folder that is itself a link holds the real paths of its files', () => {
    const world = { ...linux, folders: [{ uri: 'file:///ws', realPath: '/data/ws' }] };
    const resource = identify(
      { uri: 'file:///ws/a.ts', resolution: resolved('/data/ws/a.ts', { links: ['/ws/a.ts'] }) },
      world,
    );
    assert.equal(resource.doubt, undefined);
    assert.equal(resource.display, 'a.ts');
  });

  test('a file on a remote machine below a folder of the same machine', () => {
    const world = { ...linux, folders: [{ uri: 'vscode-remote://ssh-remote%2Bhost/w' }] };
    assert.equal(identify({ uri: 'vscode-remote://ssh-remote%2Bhost/w/a.ts' }, world).doubt, undefined);
    assert.equal(
      identify({ uri: 'vscode-remote://ssh-remote%2Bother/w/a.ts' }, world).doubt,
      'outside every workspace folder',
    );
  });

  test('a file on a Windows share', () => {
    const world: World = { system: 'windows', folders: [{ uri: 'file://server/share/w' }], editorFolders: [] };
    const resource = identify({ uri: 'file://server/share/w/.env' }, world);
    assert.deepEqual(paths(resource), ['path: file://server/share/w › .env', 'path: //server/share/w/.env']);
  });

  test('a Windows path under its drive letter in either case', () => {
    const world: World = { system: 'windows', folders: [{ uri: 'file:///c%3A/Work' }], editorFolders: [] };
    assert.equal(identify({ uri: 'file:///C%3A/work/.ENV::$DATA' }, world).display, '.ENV');
  });
});

describe('in doubt a file stays on the device', () => {
  const rows: readonly (readonly [
    title: string,
    file: Partial<FileFacts> & { readonly uri: string },
    doubt: Resource['doubt'],
  ])[] = [
    ['outside every folder', { uri: 'file:///home/me/.aws/credentials' }, 'outside every workspace folder'],
    [
      'a link that leads out',
      { uri: 'file:///w/a.txt', resolution: resolved('/etc/x') },
      'outside every workspace folder',
    ],
    ['a folder beside the workspace folder', { uri: 'file:///w2/a.ts' }, 'outside every workspace folder'],
    ['the repository itself', { uri: 'file:///w/.git/config' }, 'repository data'],
    [
      'a link into the repository itself',
      { uri: 'file:///w/a', resolution: resolved('/w/.GIT/config') },
      'repository data',
    ],
    ['the editor’s settings', { uri: 'file:///home/me/.config/Code/User/settings.json' }, 'editor data'],
    ['local history', { uri: 'file:///root/.local/share/code-server/User/History/1/a.ts' }, 'editor data'],
    ['settings by their own scheme', { uri: 'vscode-userdata:/User/settings.json' }, 'editor data'],
    ['an output channel', { uri: 'output:exthost' }, 'editor data'],
    ['an unknown scheme', { uri: 'gitlens://commit/w/a.ts' }, 'unknown scheme'],
    ['a member of an archive', { uri: 'zip:///w/a.zip/.env' }, 'unknown scheme'],
    ['a virtual workspace', { uri: 'vscode-vfs://github/o/r/a.ts' }, 'unknown scheme'],
    ['a search editor', { uri: 'search-editor:/results' }, 'unknown scheme'],
    ['a commit message box', { uri: 'vscode-scm:git/scm0/input' }, 'unknown scheme'],
    [
      'a lookup that failed',
      { uri: 'file:///w/a.ts', resolution: { kind: 'failed', why: 'ELOOP' } },
      'could not be resolved',
    ],
    [
      'hard links that were not all found',
      { uri: 'file:///w/a.ts', resolution: { kind: 'resolved', realPath: '/w/a.ts', links: [], hardLinks: undefined } },
      'could not be resolved',
    ],
    ['an escape that means nothing', { uri: 'file:///w/%E0%A4%A' }, 'could not be resolved'],
    ['no URI at all', { uri: 'a.ts' }, 'could not be resolved'],
  ];
  for (const [title, file, doubt] of rows) {
    test(title, () => assert.equal(identify(file).doubt, doubt));
  }

  test('a Windows short name that nobody resolved', () => {
    const world: World = { system: 'windows', folders: [{ uri: 'file:///c%3A/w' }], editorFolders: [] };
    assert.equal(identify({ uri: 'file:///c%3A/w/ENV~1' }, world).doubt, 'could not be resolved');
    assert.equal(
      identify({ uri: 'file:///c%3A/w/ENV~1', resolution: resolved('C:\\w\\.env.local') }, world).doubt,
      undefined,
    );
  });

  test('an ordinary project folder called code/user is not the editor’s', () => {
    assert.equal(identify({ uri: 'file:///w/code/user/a.ts' }).doubt, undefined);
  });
});

test('a copy of a copy of a copy leads back to the first file, and a name made to be slow does not hang', () => {
  assert.ok(paths(identify({ uri: 'file:///w/key.pem.bak.old~' })).includes('underlying file: file:///w › key.pem'));
  const least = (length: number): number => {
    const uri = `file:///w/${'.'.repeat(length)}x${'.swp'.repeat(length)}`;
    return Math.min(...Array.from({ length: 5 }, () => processorTime(() => identify({ uri })).took));
  };
  const [short, long] = [least(25), least(50)];
  assert.ok(long < 16 * Math.max(short, 1), `${short} ms grew to ${long} ms at twice the length`);
});

describe('a name in disguise', () => {
  test('is held like the name that it passes for', () => {
    for (const name of ['.\u0435nv', '.e\u200bnv', '.env\u200e', '\uff0eenv\u200b']) {
      assert.ok(
        paths(identify({ uri: `file:///w/${encodeURIComponent(name)}` })).includes('underlying file: file:///w › .env'),
        name,
      );
    }
  });

  test('is not seen in ordinary names of other scripts', () => {
    for (const name of ['тест.ts', 'über.ts', '秘密.md', 'ışık.ts', 'Ελλάδα', 'Tシャツ']) {
      assert.equal(identify({ uri: `file:///w/${encodeURIComponent(name)}` }).names.length, 2, name);
    }
  });
});
