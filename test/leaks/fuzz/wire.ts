import type { Zone } from '../../../src/core/label/reach.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import type { Transport } from '../../../src/egress/transport.ts';

/** A wire without a network: what is sent is looked at in the very moment, and answered with every marked word of it. */
export function createWire(look: (zone: Zone, words: readonly string[]) => void): Transport {
  return {
    connect: async ({ port }) => ({
      peer: { kind: 'loopback', address: '127.0.0.1', port },
      exchange: async ({ method, body }) => {
        if (method === 'GET') return new Response('{"object":"list","data":[]}');
        const words = [...new Set(new TextDecoder().decode(body).match(/(?:CANARY|ORDINARY)_\w+/g))];
        look(zoneAt(port), words);
        const content = words.join(' ');
        const chunk = { model: 'm', choices: [{ text: content, delta: { content }, finish_reason: 'stop' }] };
        return new Response(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
      },
      close: () => undefined,
    }),
  };
}

/** One backend in each zone: what the user says of two of them is believed, the third is proved by nothing. */
export const wiredBackends: readonly BackendRecord[] = [
  { id: 'device', kind: 'custom', url: 'http://127.0.0.1:1001/v1', zone: 'device' },
  { id: 'perimeter', kind: 'custom', url: 'http://127.0.0.1:1002/v1', zone: 'perimeter' },
  { id: 'cloud', kind: 'custom', url: 'http://127.0.0.1:1003/v1' },
];

function zoneAt(port: number): Zone {
  return port === 1001 ? 'device' : port === 1002 ? 'perimeter' : 'cloud';
}
