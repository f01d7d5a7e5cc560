import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classifyAddress, classifyHost, isLoopbackAddress } from '../../../src/core/zone/address.ts';

const spellings: readonly (readonly [url: string, kind: ReturnType<typeof classifyHost>['kind']])[] = [
  ['http://127.0.0.1:11434', 'loopback'],
  ['http://localhost:11434', 'loopback'],
  ['http://LOCALHOST:11434', 'loopback'],
  ['http://ⓛocalhost:11434', 'loopback'],
  ['http://127.0.0.2', 'loopback'],
  ['http://127.255.255.254', 'loopback'],
  ['http://127.1', 'loopback'],
  ['http://0x7f.1', 'loopback'],
  ['http://2130706433', 'loopback'],
  ['http://017700000001', 'loopback'],
  ['http://127。0。0。1', 'loopback'],
  ['http://[::1]:11434', 'loopback'],
  ['http://[0:0:0:0:0:0:0:1]', 'loopback'],
  ['http://[::ffff:127.0.0.1]', 'loopback'],
  ['http://[::ffff:7f00:1]', 'loopback'],
  ['http://localhost.:11434', 'name'],
  ['http://x.localhost', 'name'],
  ['http://localhost.localdomain', 'name'],
  ['http://ip6-localhost', 'name'],
  ['http://127.0.0.1.nip.io', 'name'],
  ['http://localhost@evil.example', 'name'],
  ['http://myollama.local', 'name'],
  ['http://host.docker.internal', 'name'],
  ['http://0.0.0.0', 'unspecified'],
  ['http://0', 'unspecified'],
  ['http://[::]', 'unspecified'],
  ['http://10.1.2.3', 'private'],
  ['http://172.16.0.1', 'private'],
  ['http://172.31.255.255', 'private'],
  ['http://192.168.1.1', 'private'],
  ['http://169.254.169.254', 'private'],
  ['http://100.64.0.1', 'private'],
  ['http://[fd00::1]', 'private'],
  ['http://[fe80::1]', 'private'],
  ['http://[::ffff:10.0.0.1]', 'private'],
  ['http://172.32.0.1', 'public'],
  ['http://100.128.0.1', 'public'],
  ['http://128.0.0.1', 'public'],
  ['http://8.8.8.8', 'public'],
  ['http://[2001:db8::1]', 'public'],
  ['http://[::ffff:8.8.8.8]', 'public'],
  ['http://[::2]', 'public'],
];

describe('classifyHost', () => {
  for (const [url, kind] of spellings)
    it(`takes ${url} for ${kind}`, () => assert.equal(classifyHost(new URL(url).hostname).kind, kind));

  it('tries both literal addresses for localhost, and resolves nothing', () =>
    assert.deepEqual(classifyHost('localhost'), { kind: 'loopback', addresses: ['127.0.0.1', '::1'] }));

  it('connects to the plain address inside a mapped one', () =>
    assert.deepEqual(classifyHost('[::ffff:7f00:1]'), { kind: 'loopback', addresses: ['127.0.0.1'] }));
});

describe('classifyAddress', () => {
  for (const [address, kind] of [
    ['127.0.0.1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['fe80::1%eth0', 'private'],
    ['192.168.0.4', 'private'],
    ['::ffff:8.8.4.4', 'public'],
    ['2606:4700::1', 'public'],
    ['', 'name'],
    ['/tmp/socket', 'name'],
    ['127.0.0.256', 'name'],
  ] as const)
    it(`takes the peer ${address === '' ? '(none)' : address} for ${kind}`, () =>
      assert.equal(classifyAddress(address).kind, kind));

  it('is loopback for nothing but loopback', () => {
    assert.equal(isLoopbackAddress('::1'), true);
    assert.equal(isLoopbackAddress('10.0.0.1'), false);
  });
});
