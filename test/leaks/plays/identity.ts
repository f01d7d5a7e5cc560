import path from 'node:path';
import type { Play } from '../play.ts';
import { holding, read, readUri } from '../stage/documents.ts';
import { expectCaught, expectHeld, expectOpen } from '../stage/expect.ts';
import { usualPolicy, type Stage } from '../stage/stage.ts';

/** Files on the real disk of this machine, under every name that leads to them. */
export const identity: readonly Play[] = [
  {
    vector: 18,
    run: async (stage) => {
      await stage.workspace.write('.env', `TOKEN=${stage.watch.plant()}\n`);
      await stage.workspace.link('.env', 'notes.txt');
      await expectHeld(stage, await read(stage, 'notes.txt'));
    },
  },
  {
    vector: 19,
    run: async (stage) => {
      await stage.workspace.write('../elsewhere/k.txt', holding(stage.watch.plant()));
      await stage.workspace.link('../elsewhere', 'held');
      await expectHeld(stage, await read(stage, 'held/k.txt'));
    },
  },
  {
    vector: 20,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      await stage.workspace.link('../held/k.ts', 'src/one.ts');
      await stage.workspace.link('one.ts', 'src/two.ts');
      await stage.workspace.link('..', 'src/up');
      await expectHeld(stage, await read(stage, 'src/two.ts'));
      await expectHeld(stage, await readUri(stage, stage.workspace.uri('src/up/held/k.ts')));
    },
  },
  {
    vector: 21,
    run: async (stage) => {
      await stage.workspace.write('../home/notes.txt', holding(stage.watch.plant()));
      await stage.workspace.link('../../home/notes.txt', 'src/notes.txt');
      await expectHeld(stage, await read(stage, 'src/notes.txt'));
    },
  },
  {
    vector: 22,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      await stage.workspace.hardLink('held/k.ts', 'src/readme.txt');
      await stage.noticed();
      await expectHeld(stage, await read(stage, 'src/readme.txt'));
    },
  },
  {
    vector: 22,
    how: 'made after the search, unseen by any watcher',
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      await stage.workspace.hardLink('src/open.ts', 'src/again.ts');
      await stage.noticed();
      await read(stage, 'src/again.ts');
      await stage.workspace.hardLink('held/k.ts', 'src/late.txt');
      await expectHeld(stage, await read(stage, 'src/late.txt'));
    },
  },
  {
    vector: 30,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const inside = path.relative('/', stage.workspace.at('held/k.ts')).split(path.sep).join('/');
      await expectHeld(stage, await readUri(stage, `file:///proc/self/root/${inside}`, holding(stage.watch.plant())));
      await expectHeld(stage, await readUri(stage, 'file:///dev/fd/0', holding(stage.watch.plant())));
    },
  },
  {
    vector: 31,
    run: async (stage) => {
      await stage.workspace.write('held/k.ts', holding(stage.watch.plant()));
      const root = stage.workspace.uri('.');
      for (const spelling of ['src/../held/k.ts', './held//k.ts', 'src/./../held/./k.ts', 'src/%2e%2e/held/k.ts'])
        await expectHeld(stage, await readUri(stage, `${root}/${spelling}`));
    },
  },
  {
    vector: 32,
    run: async (stage) => {
      await stage.workspace.write('.env', `TOKEN=${stage.watch.plant()}\n`);
      const root = stage.workspace.uri('.');
      for (const spelling of ['%2Eenv', '%2eenv', '.%65nv', '.env'])
        await expectHeld(stage, await readUri(stage, `${root}/${spelling}`));
      await expectHeld(stage, await readUri(stage, `${root}/%E0%A4%A`, holding(stage.watch.plant())));
    },
  },
  {
    vector: 36,
    run: async (stage) => {
      await stage.workspace.write('../home/.aws/credentials', `k=${stage.watch.plant()}\n`);
      await stage.workspace.write('../other/ordinary.ts', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, '../home/.aws/credentials'));
      await expectHeld(stage, await read(stage, '../other/ordinary.ts'));
    },
  },
  {
    vector: 37,
    options: {
      folders: ['w', 'v'],
      files: {
        '../v/.ringfence.jsonc':
          '{"version":1,"reach":"cloud","rules":[{"id":"v","files":["*.internal.ts"],"reach":"device"}]}',
      },
    },
    run: async (stage) => {
      await stage.workspace.write('../v/a.internal.ts', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, '../v/a.internal.ts'));
      await stage.workspace.write('../v/b.txt', holding(stage.watch.plant()));
      await stage.workspace.link('../../v/a.internal.ts', 'src/linked.txt');
      await expectHeld(stage, await read(stage, 'src/linked.txt'));
      await stage.workspace.write('held/c.ts', holding(stage.watch.plant()));
      await stage.workspace.link('../w/held/c.ts', '../v/c.txt');
      await expectHeld(stage, await read(stage, '../v/c.txt'));
    },
  },
  {
    vector: 38,
    options: {
      folders: ['w', 'w/sub'],
      files: {
        'sub/.ringfence.jsonc':
          '{"version":1,"reach":"cloud","rules":[{"id":"in","files":["/inner/"],"reach":"device"}]}',
      },
      policy: { ...usualPolicy, rules: [{ id: 'out', files: ['/sub/outer/'], reach: 'device' }] },
    },
    run: async (stage) => {
      for (const file of ['sub/inner/a.ts', 'sub/outer/a.ts']) {
        await stage.workspace.write(file, holding(stage.watch.plant()));
        await expectHeld(stage, await read(stage, file));
      }
    },
  },
  {
    vector: 39,
    options: {
      files: {
        'module/.git': 'gitdir: ../.git/modules/module\n',
        'module/.ringfence.jsonc': '{"version":1,"rules":[{"id":"m","files":["/core/"],"reach":"device"}]}',
      },
    },
    run: async (stage) => {
      await stage.workspace.write('module/core/a.ts', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, 'module/core/a.ts'));
      await stage.workspace.write('module/held/a.held.ts', holding(stage.watch.plant()));
      await expectHeld(stage, await read(stage, 'module/held/a.held.ts'));
    },
  },
  {
    vector: 39,
    how: 'a part of a repository that is opened by itself',
    options: {
      folders: ['repo/pkgs/a'],
      policy: { reach: 'cloud' },
      files: {
        '../../.git/HEAD': 'ref: refs/heads/main\n',
        '../../.ringfence.jsonc':
          '{"version":1,"reach":"cloud","rules":[{"id":"core","files":["/pkgs/a/core/","*.held.ts"],"reach":"device"}]}',
      },
    },
    run: async (stage) => {
      for (const file of ['core/k.ts', 'lib/k.held.ts']) {
        await stage.workspace.write(file, holding(stage.watch.plant()));
        await expectHeld(stage, await read(stage, file));
      }
      await expectOpen(stage);
      await stage.workspace.write('../.aiignore', '/a/late/\n');
      await stage.workspace.write('late/k.ts', holding(stage.watch.plant()));
      await stage.noticed();
      await expectHeld(stage, await read(stage, 'late/k.ts'));
    },
  },
  {
    vector: 40,
    how: 'committed, staged and twice',
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('held/k.ts', holding(word));
      stage.workspace.commitAll();
      stage.workspace.git('mv', 'held/k.ts', 'src/config.ts');
      await stage.noticed();
      await expectHeld(stage, await read(stage, 'src/config.ts'));
      stage.workspace.commitAll();
      stage.workspace.git('mv', 'src/config.ts', 'src/settings.ts');
      await stage.noticed();
      await expectHeld(stage, await read(stage, 'src/settings.ts'));
    },
  },
  {
    vector: 40,
    how: 'unknown to git',
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('.env', `TOKEN=${word}\n`);
      stage.values.put('.env', '.env', (await read(stage, '.env')).text);
      await stage.workspace.move('.env', 'config.txt');
      await stage.noticed();
      await expectCaught(stage, `The file config.txt:\nTOKEN=${word}`, word);
    },
  },
  {
    vector: 41,
    run: async (stage) => {
      const word = stage.watch.plant();
      await stage.workspace.write('.env', `TOKEN=${word}\n`);
      stage.values.put('.env', '.env', (await read(stage, '.env')).text);
      await expectCaught(stage, `env.example:\n\n# copied\nTOKEN=${word}\n`, word);
    },
  },
  {
    vector: 43,
    run: async (stage) => {
      const names = [
        '.env~',
        '.env.swp',
        '..env.swp',
        '.env.bak',
        '#.env#',
        '.env.orig',
        '.#.env',
        '.env.bak.1',
        '.env copy',
      ];
      for (const name of names) await expectHeldFile(stage, name);
    },
  },
  {
    vector: 44,
    run: async (stage) => {
      for (const file of ['../user-data/User/History/1a2b/x.ts', '../home/.config/Code/User/History/1a2b/x.ts'])
        await expectHeldFile(stage, file);
      const copy = await readUri(
        stage,
        `vscode-local-history:${stage.workspace.at('held/a.ts')}`,
        holding(stage.watch.plant()),
      );
      await expectHeld(stage, copy);
    },
  },
  { vector: 45, run: (stage) => expectHeldFile(stage, '.git/lost-found/other/1a2b') },
  {
    vector: 46,
    run: async (stage) => {
      await expectHeldFile(stage, 'secrets/prod/eu/a.yaml');
      await expectHeldFile(stage, 'a/b/vault/c/d.txt');
    },
  },
  {
    vector: 47,
    options: {
      policy: { reach: 'cloud', rules: [{ id: 'dir', files: ['private/', '/docs/internal/'], reach: 'device' }] },
    },
    run: async (stage) => {
      for (const file of ['private/a', 'x/private/y/z.ts', 'docs/internal/a.md']) await expectHeldFile(stage, file);
      // The folder of that name may be a link to one that no rule names.
      await stage.workspace.write('kept/a.ts', holding(stage.watch.plant()));
      await stage.workspace.link('../kept', 'y/private');
      await expectHeld(stage, await read(stage, 'y/private/a.ts'));
    },
  },
];

async function expectHeldFile(stage: Stage, file: string): Promise<void> {
  await stage.workspace.write(file, holding(stage.watch.plant()));
  await expectHeld(stage, await read(stage, file));
}
