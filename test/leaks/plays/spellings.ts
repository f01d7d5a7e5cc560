import assert from 'node:assert/strict';
import { createIdentity, type Resolution } from '../../../src/core/label/identity.ts';
import type { System } from '../../../src/core/label/identityPath.ts';
import type { Resource } from '../../../src/core/label/resource.ts';
import type { Play } from '../play.ts';
import { holding, read, readUri, shown } from '../stage/documents.ts';
import { expectClosed, expectFree, expectHeld, expectOpen } from '../stage/expect.ts';
import type { Stage, StageOptions } from '../stage/stage.ts';

/** Rules of the user hold everywhere, so that paths of any system can be played on this one. */
const everywhere: StageOptions = {
  files: {
    '../user.jsonc':
      '{"version":1,"reach":"cloud","rules":[{"id":"u","files":["held/","café.ts","straße/"],"reach":"device"}]}',
  },
};

/** Paths as other systems spell them, and names that look like others. */
export const spellings: readonly Play[] = [
  {
    vector: 23,
    options: everywhere,
    run: async (stage) => {
      await expectSpellingHeld(stage, 'windows', 'file:///c%3A/w/junction/k.ts', at('C:\\w\\held\\k.ts'));
      await expectSpellingHeld(stage, 'windows', 'file:///x%3A/k.ts', at('C:\\w\\held\\k.ts'));
      await expectSpellingHeld(stage, 'windows', 'file:///c%3A/w/mnt/k.ts', at('D:\\data\\k.ts'));
      await expectSpellingHeld(stage, 'linux', 'file:///w/mnt/k.ts', at('/media/usb/k.ts'));
    },
  },
  {
    vector: 24,
    run: async (stage) => {
      for (const file of ['.ENV', '.Env', 'HELD/a.ts', 'src/a.HELD.Ts', 'Secrets/a.txt', 'ID_RSA', 'src/Key.PEM'])
        await expectFileHeld(stage, file);
    },
  },
  {
    vector: 25,
    options: everywhere,
    run: async (stage) => {
      for (const path of ['C:\\w\\held\\k.ts', 'c:/w\\held/k.ts', 'C:\\w\\src\\..\\held\\k.ts'])
        await expectSpellingHeld(stage, 'windows', `file:///c%3A/w/src/a.ts`, at(path));
      await expectSpellingHeld(stage, 'windows', 'file:///c%3A%5Cw%5Cheld%5Ck.ts');
      await expectFree(
        stage,
        document(stage, 'windows', 'file:///c%3A/w/src/a.ts', at('C:\\w\\src\\a.ts')),
        'ORDINARY_SPELT',
      );
    },
  },
  {
    vector: 26,
    options: everywhere,
    run: async (stage) => {
      await expectSpellingHeld(stage, 'windows', 'file:///c%3A/w/ENV~1', at('C:\\w\\.env'));
      await expectSpellingHeld(stage, 'windows', 'file:///c%3A/w/SECRET~1/k.ts', { kind: 'elsewhere' });
    },
  },
  {
    vector: 27,
    options: everywhere,
    run: async (stage) => {
      for (const name of ['.env::$DATA', '.env:stream', '.env:stream:$DATA', 'held::$INDEX_ALLOCATION/k.ts'])
        await expectSpellingHeld(stage, 'windows', `file:///c%3A/w/${encodeURIComponent(name).replaceAll('%2F', '/')}`);
    },
  },
  {
    vector: 28,
    options: everywhere,
    run: async (stage) => {
      for (const name of ['.env.', '.env ', '.env . .', 'held./k.ts', 'held /k.ts'])
        await expectSpellingHeld(stage, 'windows', `file:///c%3A/w/${encodeURI(name)}`);
    },
  },
  {
    vector: 29,
    options: everywhere,
    run: async (stage) => {
      const paths = [
        '\\\\?\\C:\\w\\held\\k.ts',
        '\\\\.\\C:\\w\\held\\k.ts',
        '\\\\localhost\\c$\\w\\held\\k.ts',
        '\\\\127.0.0.1\\C$\\w\\held\\k.ts',
        '\\\\?\\UNC\\server\\share\\held\\k.ts',
        '\\\\.\\PhysicalDrive0',
        '\\\\?\\Volume{0a}\\held\\k.ts',
        'C:\\w\\CON',
        'C:\\w\\nul.txt',
      ];
      for (const path of paths) await expectSpellingHeld(stage, 'windows', 'file:///c%3A/w/src/a.ts', at(path));
      await expectSpellingHeld(stage, 'windows', 'file://server/share/k.ts');
      await expectSpellingHeld(stage, 'macos', 'file:///.vol/1/2');
      await expectSpellingHeld(stage, 'macos', 'file:///w/.env/..namedfork/rsrc');
    },
  },
  {
    vector: 33,
    options: everywhere,
    run: async (stage) => {
      for (const name of [
        'café.ts',
        'cafe\u0301.ts',
        'CAFE\u0301.ts',
        'STRASSE/a.ts',
        'straße/a.ts',
        'stra\u1e9ee/a.ts',
      ])
        await expectFileHeld(stage, name);
    },
  },
  {
    vector: 34,
    run: async (stage) => {
      await expectOpen(stage);
      for (const pattern of ['.\u0435nv', 'he\u200bld/', 'held\u202e/', 'p\u0430yments/', 'a\u00adb']) {
        const policy = { version: 1, reach: 'cloud', rules: [{ id: 'x', files: [pattern], reach: 'device' }] };
        await stage.workspace.write('.ringfence.jsonc', JSON.stringify(policy));
        await stage.noticed();
        assert.equal(stage.policy.current().kind, 'invalid', JSON.stringify(pattern));
        await expectClosed(stage, 'cloud', 'policy-invalid');
      }
    },
  },
  {
    vector: 35,
    run: async (stage) => {
      for (const file of ['.\u0435nv', '.e\u200bnv', 'hеld/a.ts', '.env\u00ad', 'sеcrets/a.txt', '.ｅnv', 'id_rsа'])
        await expectFileHeld(stage, file);
      const word = stage.watch.plant('cloud');
      for (const file of ['src/Приложение.ts', 'src/código.ts', 'src/日本.ts']) {
        await stage.workspace.write(file, holding(word));
        await expectFree(stage, await read(stage, file), word);
      }
    },
  },
  {
    vector: 42,
    run: async (stage) => {
      const archive = stage.workspace.at('held/all.zip');
      for (const uri of [`zip:${archive}!/a.ts`, `jar:file:${archive}!/a.ts`, `archive:${archive}/a.ts`])
        await expectHeld(stage, await readUri(stage, uri, holding(stage.watch.plant())));
    },
  },
];

function at(realPath: string): Resolution {
  return { kind: 'resolved', realPath, links: [], hardLinks: [] };
}

async function expectSpellingHeld(stage: Stage, system: System, uri: string, resolution?: Resolution): Promise<void> {
  const word = stage.watch.plant();
  await expectHeld(stage, document(stage, system, uri, resolution ?? { kind: 'elsewhere' }, word));
}

/** A document of that system in a workspace at `C:\w` or `/w`, under the names that follow from the given facts. */
function document(stage: Stage, system: System, uri: string, resolution: Resolution, word = 'ORDINARY_SPELT') {
  const folder =
    system === 'windows' ? { uri: 'file:///c%3A/w', realPath: 'C:\\w' } : { uri: 'file:///w', realPath: '/w' };
  const identity = createIdentity({ system, folders: [folder], editorFolders: [] });
  const resource: Resource = identity({ uri, resolution, previousPaths: [] });
  return shown(stage, { kind: 'file', resource }, holding(word));
}

async function expectFileHeld(stage: Stage, file: string): Promise<void> {
  await stage.workspace.write(file, holding(stage.watch.plant()));
  await expectHeld(stage, await read(stage, file));
}
