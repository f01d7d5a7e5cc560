import { startFakeServer, type FakeServer } from '../fake-server/fake-server.ts';
import type { FakeModel, FakeOllamaOptions } from './options.ts';
import { withTag } from './names.ts';
import { routeOllama } from './router.ts';
import { createState, storedModel, type Counters, type OllamaState } from './state.ts';

/** A fake Ollama on loopback. */
export interface FakeOllama extends FakeServer {
  /** What explicit cloud names and stubs are relayed to. A canary that `cloud.saw` has left this machine. */
  readonly cloud: FakeServer;
  readonly counters: () => Counters;
  /** Adds or replaces a model, e.g. a local one by a stub. */
  readonly setModel: (model: FakeModel) => void;
  readonly removeModel: (name: string) => void;
}

/**
 * Starts a server that speaks Ollama's protocol with its real frames, texts, name rules and scheduling, and another one
 * that stands for ollama.com behind it. Stop `cloud` first to play an unreachable cloud; `stop` ends both.
 */
export async function startFakeOllama(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const cloud = await startCore(cloudOptions(options), undefined);
  const { server, state } = await startCore(options, cloud.server.url);
  let cloudStopped: Promise<void> | undefined;
  const stopCloud = (): Promise<void> => (cloudStopped ??= cloud.server.stop());
  return {
    ...server,
    cloud: { ...cloud.server, stop: stopCloud },
    counters: () => ({
      ...state.runners.counters,
      peakRunning: state.peaks.running,
      peakOutstanding: state.peaks.outstanding,
    }),
    setModel: (model) => {
      state.models.set(withTag(model.name), storedModel(model));
    },
    removeModel: (name) => {
      state.models.delete(withTag(name));
    },
    stop: async () => {
      const results = await Promise.allSettled([server.stop(), stopCloud()]);
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
  };
}

async function startCore(
  options: FakeOllamaOptions,
  cloudUrl: string | undefined,
): Promise<{ server: FakeServer; state: OllamaState }> {
  const state = createState(options, cloudUrl);
  return { server: await startFakeServer(options, (exchange) => routeOllama(state, exchange)), state };
}

function cloudOptions({ cloudBehaviour, cloudAnswer, completions, chatAnswer }: FakeOllamaOptions): FakeOllamaOptions {
  return {
    models: [],
    // The cloud has slots enough for everyone.
    parallel: 1000,
    ...(cloudBehaviour && { behaviour: cloudBehaviour }),
    ...(cloudAnswer && { answer: cloudAnswer }),
    ...(completions && { completions }),
    ...(chatAnswer !== undefined && { chatAnswer }),
  };
}
