import type { ModelRef } from '../../../src/core/exchange/model.ts';
import { PipeError } from '../../../src/core/exchange/pipeError.ts';
import { zones, type Zone } from '../../../src/core/label/reach.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import type { Connection, Transport } from '../../../src/egress/transport.ts';

export type Ends = {
  readonly isDown: (zone: Zone) => boolean;
  /** What is in the body of a request, in the very moment in which it is sent. */
  readonly look: (zone: Zone, words: readonly string[]) => void;
};

/** A wire without a network: what is sent is looked at, and answered with every marked word of it. */
export function createWire({ isDown, look }: Ends): Transport {
  return {
    connect: async ({ port }) => {
      if (isDown(zoneAt(port))) throw new PipeError('refused', 'Nothing listens there.');
      return open(port, look);
    },
  };
}

function open(port: number, look: Ends['look']): Connection {
  return {
    peer: { kind: 'loopback', address: '127.0.0.1', port },
    exchange: async ({ method, body }) => {
      if (method === 'GET') return Response.json({ object: 'list', data: [{ id: 'qwen2.5-coder', object: 'model' }] });
      const words = [...new Set(new TextDecoder().decode(body).match(/(?:CANARY|ORDINARY)_\w+/g))];
      look(zoneAt(port), words);
      const content = words.join(' ');
      const chunk = { model: 'm', choices: [{ text: content, delta: { content }, finish_reason: 'stop' }] };
      return new Response(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
    },
    close: () => undefined,
  };
}

/** One backend in each zone: what the user says of two of them is believed, the third is proved by nothing. */
export const wiredBackends: readonly BackendRecord[] = [
  { id: 'device', kind: 'custom', url: 'http://127.0.0.1:1001/v1', zone: 'device' },
  { id: 'perimeter', kind: 'custom', url: 'http://127.0.0.1:1002/v1', zone: 'perimeter' },
  { id: 'cloud', kind: 'custom', url: 'http://127.0.0.1:1003/v1' },
];

export const modelOf = (zone: Zone): ModelRef => ({ backend: zone, model: 'qwen2.5-coder' });

/** The backends have the names of their zones. */
export function zoneOfModel({ backend }: ModelRef): Zone {
  return zones.find((zone) => zone === backend) ?? 'cloud';
}

function zoneAt(port: number): Zone {
  return port === 1001 ? 'device' : port === 1002 ? 'perimeter' : 'cloud';
}
