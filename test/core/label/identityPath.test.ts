import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { normalisePath, pathBelow, type System } from '../../../src/core/label/identityPath.ts';

type Row = readonly [written: string, opened: string | undefined];

const tables: Readonly<Record<System, readonly Row[]>> = {
  linux: [
    ['/w/.env', '/w/.env'],
    ['/w/./.env', '/w/.env'],
    ['/w/a/../.env', '/w/.env'],
    ['//w//.env', '/w/.env'],
    ['/../../w/.env', '/w/.env'],
    ['/w/.env.', '/w/.env.'],
    ['/w/a\\.env', '/w/a\\.env'],
    ['/w/.env::$DATA', '/w/.env::$DATA'],
    ['/proc/self/cwd/.env', undefined],
    ['/dev/fd/3', undefined],
    ['/w/a\0.env', undefined],
  ],
  macos: [
    ['/Users/me/w/.env', '/Users/me/w/.env'],
    ['/System/Volumes/Data/Users/me/w/.env', '/Users/me/w/.env'],
    ['/Users/me/w/.env/..namedfork/rsrc', '/Users/me/w/.env'],
    ['/Users/me/w/.env/..namedfork/data', '/Users/me/w/.env'],
    ['/.vol/16777220/12345', undefined],
    ['/.nofollow/Users/me/.env', undefined],
    ['/Users/me/../me/.env', '/Users/me/.env'],
  ],
  windows: [
    ['C:\\w\\.env', 'c:/w/.env'],
    ['/c:/w/.env', 'c:/w/.env'],
    ['c:/w/a/..\\.env', 'c:/w/.env'],
    ['\\\\?\\C:\\w\\.env', 'c:/w/.env'],
    ['\\\\.\\C:\\w\\.env', 'c:/w/.env'],
    ['\\\\?\\UNC\\server\\share\\.env', '//server/share/.env'],
    ['\\\\server\\share\\a\\.env', '//server/share/a/.env'],
    ['\\\\localhost\\c$\\w\\.env', 'c:/w/.env'],
    ['\\\\127.0.0.1\\C$\\w\\.env', 'c:/w/.env'],
    ['C:\\w\\.env::$DATA', 'c:/w/.env'],
    ['C:\\w\\.env:stream', 'c:/w/.env'],
    ['C:\\w\\.env.', 'c:/w/.env'],
    ['C:\\w\\.env. . ', 'c:/w/.env'],
    ['C:\\w \\.env', 'c:/w/.env'],
    ['C:\\w\\CON', undefined],
    ['C:\\w\\nul.txt', undefined],
    ['C:\\w\\COM1', undefined],
    ['C:\\w\\console', 'c:/w/console'],
    ['C:\\w\\com10', 'c:/w/com10'],
    ['\\\\.\\PhysicalDrive0', undefined],
    ['\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\w\\.env', undefined],
    ['\\\\?\\GLOBALROOT\\Device\\x', undefined],
    ['c:.env', undefined],
    ['.env', undefined],
    ['C:\\', 'c:/'],
    ['/c:', 'c:/'],
    ['C:\\w\\...', undefined],
  ],
};

for (const system of ['linux', 'macos', 'windows'] as const) {
  describe(`a path on ${system} is brought to the spelling that the system opens`, () => {
    for (const [written, opened] of tables[system]) {
      test(JSON.stringify(written), () => {
        const reading = normalisePath(written, system);
        assert.equal(reading.kind === 'path' ? reading.path : undefined, opened);
      });
    }
  });
}

test('a folder holds what lies below it and nothing beside it', () => {
  assert.equal(pathBelow('/w/a/b.ts', '/w', 'linux'), 'a/b.ts');
  assert.equal(pathBelow('/w', '/w', 'linux'), '');
  assert.equal(pathBelow('/work/a.ts', '/w', 'linux'), undefined);
  assert.equal(pathBelow('/a.ts', '/', 'linux'), 'a.ts');
});

test('case tells folders apart on Linux alone', () => {
  assert.equal(pathBelow('/W/a.ts', '/w', 'linux'), undefined);
  assert.equal(pathBelow('/W/a.ts', '/w', 'macos'), 'a.ts');
  assert.equal(pathBelow('c:/W/a.ts', 'c:/w', 'windows'), 'a.ts');
});
