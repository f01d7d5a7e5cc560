import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whereAsked } from '../../../src/core/status/whereAsked.ts';

describe('where a server on loopback is looked for', () => {
  for (const [remoteName, side, expected] of [
    ['ssh-remote', 'workspace', 'This window runs on the SSH host, so the server is looked for there'],
    ['wsl', 'workspace', 'This window runs in WSL, so the server is looked for there'],
    ['dev-container', 'workspace', 'This window runs in the container, so the server is looked for there'],
    ['codespaces', 'workspace', 'This window runs in the codespace, so the server is looked for there'],
    [
      'box.example:8443',
      'workspace',
      'This window runs on the remote host box.example, so the server is looked for there',
    ],
    [
      'ssh-remote',
      'ui',
      'The files of this window are on the SSH host, but Ringfence runs on your own machine, so the server is looked for there',
    ],
    [
      'wsl',
      'ui',
      'The files of this window are in WSL, but Ringfence runs on your own machine, so the server is looked for there',
    ],
  ] as const)
    it(`is told in a window of ${remoteName}, on the ${side} side`, () => {
      assert.equal(whereAsked({ remoteName, side }), expected);
    });

  for (const [remoteName, side] of [
    [undefined, 'ui'],
    [undefined, 'workspace'],
    ['localhost:8080', 'workspace'],
    ['127.0.0.1:8080', 'ui'],
  ] as const)
    it(`goes without saying on one's own machine: ${remoteName ?? 'a local window'}, ${side}`, () => {
      assert.equal(whereAsked({ remoteName, side }), undefined);
    });
});
