import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostName } from '../../../src/core/status/hostName.ts';

describe('host name', () => {
  for (const [remoteName, side, expected] of [
    [undefined, 'ui', 'this machine'],
    [undefined, 'workspace', 'this machine'],
    ['ssh-remote', 'ui', 'this machine'],
    ['ssh-remote', 'workspace', 'the SSH host'],
    ['wsl', 'workspace', 'WSL'],
    ['codespaces', 'workspace', 'the codespace'],
    ['127.0.0.1:8080', 'workspace', 'this machine'],
    ['localhost:8080', 'workspace', 'this machine'],
    ['code.example.com', 'workspace', 'the remote host code.example.com'],
    ['127.0.0.1.example.com:80', 'workspace', 'the remote host 127.0.0.1.example.com'],
  ] as const)
    it(`calls ${remoteName ?? 'a local window'} on the ${side} side ${expected}`, () => {
      assert.equal(hostName({ remoteName, side }), expected);
    });
});
