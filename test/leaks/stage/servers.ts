import type { Zone } from '../../../src/core/label/reach.ts';
import type { BackendRecord } from '../../../src/core/settings/settings.ts';
import type { FakeServer } from '../../support/fake-server/fake-server.ts';
import type { FakeOllamaOptions } from '../../support/fake-ollama/options.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import { startRecorder } from '../../support/recorder.ts';

/** One server in each zone, all on loopback, each recording every byte. Shared by plays; `forget` between them. */
export type Servers = {
  readonly local: FakeOllama;
  readonly office: FakeServer;
  readonly far: FakeServer;
  readonly forget: () => void;
  readonly stop: () => Promise<void>;
};

export const localModel = 'qwen2.5-coder:1.5b';
export const farModel = 'qwen2.5-coder-32b';

export async function startServers(): Promise<Servers> {
  const [local, office, far] = await Promise.all([startLocal(), startRecorder(), startRecorder()]);
  const all = [local, local.cloud, office, far];
  return {
    local,
    office,
    far,
    forget: () => {
      for (const server of all) server.forget();
    },
    stop: async () => void (await Promise.all([local.stop(), office.stop(), far.stop()])),
  };
}

/** An Ollama whose model repeats every marked word of what it was asked: what it knows comes out in its answers. */
export function startLocal(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  return startFakeOllama({
    models: [{ name: localModel, family: 'qwen2', capabilities: ['completion', 'insert'] }],
    answer: ({ prompt }) => [...new Set(prompt.match(/(?:CANARY|ORDINARY)_\w+/g))].join(' ') || 'Yes.',
    ...options,
  });
}

/** The user's own settings: one backend in each zone. */
export function backendsOf({ local, office, far }: Servers): readonly BackendRecord[] {
  return [
    { id: 'local', kind: 'ollama', url: local.url },
    { id: 'office', kind: 'custom', url: `${office.url}/v1`, zone: 'perimeter' },
    { id: 'far', kind: 'custom', url: `${far.url}/v1` },
  ];
}

/** The model that serves in a zone. */
export const modelIn = {
  device: { backend: 'local', model: localModel },
  perimeter: { backend: 'office', model: farModel },
  cloud: { backend: 'far', model: farModel },
} as const satisfies Record<Zone, { backend: string; model: string }>;
