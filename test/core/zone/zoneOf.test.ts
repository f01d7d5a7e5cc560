import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { zones, type Zone } from '../../../src/core/label/reach.ts';
import type {
  Evidence,
  ListenerEvidence,
  ModelEvidence,
  PeerEvidence,
  ServerEvidence,
} from '../../../src/core/zone/evidence.ts';
import { zoneOf } from '../../../src/core/zone/zoneOf.ts';

const ollama: ServerEvidence = { kind: 'ollama', version: '0.33.0' };
const local: ModelEvidence = { kind: 'local', pinned: true };
const unproved: ModelEvidence = { kind: 'unproved', why: 'Nothing on this wire tells who runs the model.' };
const loopback: PeerEvidence = { kind: 'loopback', address: '127.0.0.1', port: 11434 };
const programs = (...names: readonly string[]): ListenerEvidence => ({ kind: 'programs', names });
const base: Evidence = {
  origin: 'http://127.0.0.1:11434',
  peer: loopback,
  server: ollama,
  model: local,
  host: 'this machine',
};

const table: readonly (readonly [name: string, change: Partial<Evidence>, zone: Zone])[] = [
  ['a local Ollama with its own model', {}, 'device'],
  ['the same by the word localhost', { origin: 'http://localhost:11434' }, 'device'],
  ['a stub for a remote model', { model: { kind: 'remote', host: 'ollama.com' } }, 'cloud'],
  [
    'a remote model the user attests for',
    { model: { kind: 'remote', host: 'ollama.com' }, attested: 'device' },
    'cloud',
  ],
  ['a model nobody could look up', { model: unproved }, 'cloud'],
  ['another port than asked for', { peer: { ...loopback, port: 3128 } }, 'cloud'],
  [
    'a network address behind a loopback name',
    { peer: { kind: 'network', address: '10.0.0.7', port: 11434 } },
    'cloud',
  ],
  ['a name that happens to resolve to loopback', { origin: 'http://ollama.example:11434' }, 'cloud'],
  ['a proxy in between', { peer: { kind: 'unverified', why: 'A proxy.' } }, 'cloud'],
  ['an Ollama behind a proxy on loopback', { server: { ...ollama, behind: 'nginx/1.22.1' } }, 'cloud'],
  [
    'an Ollama behind a proxy on loopback, attested as device',
    { server: { ...ollama, behind: 'nginx/1.22.1' }, attested: 'device' },
    'device',
  ],
  ['an unattested relay on loopback', { server: { kind: 'unknown' }, model: unproved }, 'cloud'],
  [
    'a relay on loopback attested as device',
    { server: { kind: 'unknown' }, model: unproved, attested: 'device' },
    'device',
  ],
  [
    'a relay on loopback attested as perimeter',
    { server: { kind: 'unknown' }, model: unproved, attested: 'perimeter' },
    'perimeter',
  ],
  ['an Ollama whose port ssh holds', { listener: programs('ssh') }, 'cloud'],
  ['an Ollama whose port two programs hold, one a tunnel', { listener: programs('ollama', 'kubectl') }, 'cloud'],
  ['an Ollama whose port ssh holds, attested as device', { listener: programs('ssh'), attested: 'device' }, 'device'],
  ['an Ollama whose port it holds itself', { listener: programs('ollama') }, 'device'],
  ['an Ollama in a container on this machine', { listener: programs('docker-proxy') }, 'device'],
  ['an Ollama of which the system does not say who holds its port', { listener: { kind: 'unknown' } }, 'device'],
  ['a loopback Ollama that is a tunnel, attested as perimeter', { attested: 'perimeter' }, 'perimeter'],
  ['a loopback Ollama attested as cloud', { attested: 'cloud' }, 'cloud'],
  [
    'an Ollama in the company, attested',
    {
      origin: 'http://10.0.0.7:11434',
      peer: { kind: 'network', address: '10.0.0.7', port: 11434 },
      attested: 'perimeter',
    },
    'perimeter',
  ],
  [
    'an Ollama in the company, not attested',
    { origin: 'http://10.0.0.7:11434', peer: { kind: 'network', address: '10.0.0.7', port: 11434 } },
    'cloud',
  ],
  [
    'a company server attested as device',
    {
      origin: 'http://10.0.0.7:8000',
      peer: { kind: 'network', address: '10.0.0.7', port: 8000 },
      server: { kind: 'unknown' },
      model: unproved,
      attested: 'device',
    },
    'perimeter',
  ],
  [
    'a public provider attested as perimeter',
    {
      origin: 'https://openrouter.ai',
      peer: { kind: 'network', address: '104.18.2.115', port: 443 },
      server: { kind: 'unknown' },
      model: unproved,
      attested: 'perimeter',
    },
    'cloud',
  ],
  [
    'the embedded engine',
    { origin: 'in-process', peer: { kind: 'in-process' }, server: { kind: 'embedded' } },
    'device',
  ],
  [
    'something else in this process',
    { origin: 'in-process', peer: { kind: 'in-process' }, server: { kind: 'unknown' } },
    'cloud',
  ],
];

describe('zoneOf', () => {
  for (const [name, change, zone] of table)
    it(`puts ${name} in ${zone}`, () => {
      const proof = zoneOf({ ...base, ...change });
      assert.equal(proof.zone, zone);
      assert.ok(proof.because.length > 0, 'no sentence says why');
    });

  it('holds a policy that wants the cloud switch off', () => {
    const demands = { requireOllamaCloudDisabled: true };
    assert.equal(zoneOf(base, demands).zone, 'cloud');
    assert.equal(zoneOf({ ...base, server: { ...ollama, cloudDisabled: true } }, demands).zone, 'device');
    assert.equal(zoneOf({ ...base, server: { ...ollama, cloudDisabled: false } }, demands).zone, 'cloud');
  });

  it('names the host it runs on', () =>
    assert.match(zoneOf({ ...base, host: 'SSH host build01' }).because.join(' '), /SSH host build01/));

  it('never proves the device for a peer that is not on it', () =>
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const near = evidence.peer.kind === 'loopback' || evidence.peer.kind === 'in-process';
        return near || zoneOf(evidence).zone !== 'device';
      }),
    ));

  it('never comes nearer by what is known of the listener', () =>
    fc.assert(
      fc.property(anyEvidence, fc.constantFrom('ssh', 'Code', 'ollama', 'unheard-of'), (evidence, name) => {
        const { zone, because } = zoneOf({ ...evidence, listener: programs(name) });
        const without = zoneOf(evidence).zone;
        assert.ok(zones.indexOf(zone) >= zones.indexOf(without));
        if (zone !== without) assert.match(because.join(' '), new RegExp(`The program ${name}, which listens at `));
      }),
    ));

  it('never brings a remote model nearer than the cloud', () =>
    fc.assert(
      fc.property(
        anyEvidence,
        (evidence) => zoneOf({ ...evidence, model: { kind: 'remote', host: 'x' } }).zone === 'cloud',
      ),
    ));
});

const anyEvidence: fc.Arbitrary<Evidence> = fc.record(
  {
    origin: fc.constantFrom(
      'http://127.0.0.1:11434',
      'http://localhost:11434',
      'http://10.0.0.7:80',
      'https://openrouter.ai',
      'nonsense',
    ),
    peer: fc.oneof(
      fc.record({
        kind: fc.constant('loopback' as const),
        address: fc.constantFrom('127.0.0.1', '::1'),
        port: fc.constantFrom(11434, 80, 3128),
      }),
      fc.record({
        kind: fc.constant('network' as const),
        address: fc.constantFrom('10.0.0.7', '8.8.8.8'),
        port: fc.constantFrom(11434, 80, 443),
      }),
      fc.constant({ kind: 'unverified' as const, why: 'A proxy.' }),
      fc.constant({ kind: 'in-process' as const }),
    ),
    server: fc.constantFrom<ServerEvidence>(ollama, { kind: 'embedded' }, { kind: 'unknown' }),
    model: fc.constantFrom<ModelEvidence>(local, unproved, { kind: 'local', pinned: false }),
    attested: fc.constantFrom(...zones),
    host: fc.constant('this machine'),
  },
  { requiredKeys: ['origin', 'peer', 'server', 'model', 'host'] },
);
