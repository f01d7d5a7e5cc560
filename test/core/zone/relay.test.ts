import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Evidence } from '../../../src/core/zone/evidence.ts';
import { isUnattestedRelay } from '../../../src/core/zone/relay.ts';
import { zoneOf } from '../../../src/core/zone/zoneOf.ts';

const relay: Evidence = {
  origin: 'http://127.0.0.1:4000',
  peer: { kind: 'loopback', address: '127.0.0.1', port: 4000 },
  server: { kind: 'unknown' },
  model: { kind: 'unproved', why: 'Nobody says.' },
  host: 'this machine',
};

describe('isUnattestedRelay', () => {
  it('is a server on loopback of which nobody has said that it does not forward', () => {
    assert.equal(isUnattestedRelay(zoneOf(relay)), true);
  });

  it('is a proxy in front of Ollama, too', () => {
    const behind = { kind: 'ollama', version: '0.20.0', behind: '1.1 Caddy' } as const;
    assert.equal(isUnattestedRelay(zoneOf({ ...relay, server: behind })), true);
  });

  it('is a tunnel to an Ollama elsewhere, too', () => {
    const listener = { kind: 'programs', names: ['ssh'] } as const;
    const server = { kind: 'ollama', version: '0.20.0' } as const;
    assert.equal(
      isUnattestedRelay(zoneOf({ ...relay, server, model: { kind: 'local', pinned: true }, listener })),
      true,
    );
  });

  for (const [what, change] of [
    ['one that the user vouches for', { attested: 'device' }],
    ['one that the user says is farther', { attested: 'perimeter' }],
    ['one whose model another host runs', { model: { kind: 'remote', host: 'far.example' } }],
    [
      'one on the network',
      { origin: 'https://gpu.example', peer: { kind: 'network', address: '10.0.0.7', port: 443 } },
    ],
    ['one that was not reached directly', { peer: { kind: 'unverified', why: 'A proxy.' } }],
    ['Ollama', { server: { kind: 'ollama', version: '0.20.0' } }],
  ] as const satisfies readonly (readonly [string, Partial<Evidence>])[])
    it(`is not ${what}`, () => assert.equal(isUnattestedRelay(zoneOf({ ...relay, ...change })), false));
});
