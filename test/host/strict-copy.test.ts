import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { makeStrictCopy, restoreGate } from './strict-copy.mjs';

// The shape of the place in the minified bundle: a rule that lets everyone pass, and the function that asks it.
const gate = 'function Oe(i,t){return!0}';
const asker =
  "function M(i,t){if(!Oe(i,t))throw new Error(`Extension '${i.identifier.value}' CANNOT use API proposal: ${t}.`)}";
const bundle = `function a(x,y){return!0}${gate}${asker}var z=1;`;

describe('restoring the rule for proposed API', () => {
  it('lets an extension use what it declares, and built-in ones everything', () => {
    const rule: unknown = runInNewContext(`${restoreGate(bundle)}Oe`);
    assert(typeof rule === 'function');
    assert.equal(rule({}, 'secretApi'), false);
    assert.equal(rule({ enabledApiProposals: ['otherApi'] }, 'secretApi'), false);
    assert.equal(rule({ enabledApiProposals: ['secretApi'] }, 'secretApi'), true);
    assert.equal(rule({ isBuiltin: true }, 'secretApi'), true);
  });

  it('touches nothing else', () => {
    const strict = restoreGate(bundle);
    assert(strict.startsWith('function a(x,y){return!0}'));
    assert(strict.endsWith(`${asker}var z=1;`));
  });

  it('fails when the place is not there or there twice', () => {
    assert.throws(() => restoreGate('function a(x,y){return!0}'), /found 0 times/);
    assert.throws(() => restoreGate(bundle + bundle), /found 2 times/);
  });
});

describe('the strict copy', () => {
  it('shares its files with the original but for the one that it changes', async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'ringfence-strict-'));
    try {
      const place = 'lib/vscode/out/vs/workbench/api/node/extensionHostProcess.js';
      const [from, to] = [path.join(home, 'from'), path.join(home, 'to')];
      await mkdir(path.dirname(path.join(from, place)), { recursive: true });
      await writeFile(path.join(from, place), bundle);
      await writeFile(path.join(from, 'entry.js'), 'entry');
      await makeStrictCopy(from, to);
      assert.equal(await readFile(path.join(from, place), 'utf8'), bundle);
      assert.equal(await readFile(path.join(to, place), 'utf8'), restoreGate(bundle));
      const [original, copy] = await Promise.all([from, to].map((folder) => stat(path.join(folder, 'entry.js'))));
      assert.equal(copy?.ino, original?.ino);
    } finally {
      await rm(home, { recursive: true });
    }
  });

  it('fails when the installation lacks the file', async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'ringfence-strict-'));
    try {
      await mkdir(path.join(home, 'from'));
      await assert.rejects(makeStrictCopy(path.join(home, 'from'), path.join(home, 'to')), /is missing/);
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
