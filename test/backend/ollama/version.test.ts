import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canHaveRemoteModels, knowsPins, versionOf } from '../../../src/backend/ollama/version.ts';

describe('versionOf', () => {
  for (const [text, remote, pins] of [
    ['0.6.8', false, false],
    ['0.11.10', false, false],
    ['0.12.0', true, false],
    ['0.17.5', true, false],
    ['0.17.6', true, true],
    ['0.18.0-rc1', true, true],
    ['v0.33.0', true, true],
    ['1.0.0', true, true],
    // A build from source calls itself so; it is taken for the newest.
    ['0.0.0', true, true],
    ['unknown', true, true],
  ] as const)
    it(`knows what ${text} can do`, () =>
      assert.deepEqual([canHaveRemoteModels(versionOf(text)), knowsPins(versionOf(text))], [remote, pins]));
});
