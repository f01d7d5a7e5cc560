import type { BackendError, ErrorReason } from '../../core/exchange/stream.ts';
import { pinnedName } from '../../core/zone/cloudName.ts';
import type { Backend, LookedAt, Place, Probe, Route } from '../backend.ts';
import { ollamaClient } from './client.ts';
import { explainOllama } from './failure.ts';
import { isOllamaLoaded } from './isLoaded.ts';
import { createOllamaLook } from './look.ts';
import { loadOptions, type OllamaOptions } from './options.ts';
import { pullOllama } from './pull.ts';
import { streamOllama } from './stream.ts';

export type OllamaSetup = {
  readonly id: string;
  readonly place: Place;
  readonly options: OllamaOptions;
  readonly now: () => number;
};

/**
 * An Ollama server, spoken to in its own protocol: only there does it say who runs a model, take `:local` pins and switch
 * thinking off. Neither `tools` nor web search is ever sent, as the server would pass queries to its vendor.
 */
export function createOllama({ id, place, options, now }: OllamaSetup): Backend {
  const { base, keepAlive } = options;
  const facts = createOllamaLook({ backend: id, base, now, lookMs: options.lookMs });
  return {
    id,
    place,
    proves: 'can prove',
    routes,
    keepsTerms: false,
    headers: async () => ({ kind: 'headers', headers: {} }),
    look: (probe, model, signal) => facts.look(probe, model, signal),
    list: (probe, signal) => facts.list(probe, signal),
    async *stream(approved, signal) {
      for await (const part of streamOllama(approved, options, signal)) {
        // The server's models are not what they were; the next request must not build on what is known of them.
        if (part.kind === 'error' && staleness.has(part.error.reason)) facts.forget();
        yield part;
      }
    },
    load: (probe, model, signal) => load(probe, { model, options }, signal),
    isLoaded: async (probe, model, signal) => {
      try {
        return await isOllamaLoaded(probe.fetch, { base, keepAlive, model }, signal);
      } catch {
        // A server that does not tell is asked for an answer all the same: whether it loads shows then.
        signal.throwIfAborted();
        keepAlive.saw(model, undefined);
        return true;
      }
    },
    async *pull(probe, model, signal) {
      yield* pullOllama(probe, { base, model }, signal);
      facts.forget();
    },
    explain: (error) => explainOllama(error, { origin: base }),
  };
}

const staleness: ReadonlySet<ErrorReason> = new Set(['model-missing', 'became-remote', 'forbidden']);

const looks: readonly Route[] = [
  { method: 'GET', path: '/api/version' },
  { method: 'GET', path: '/api/status' },
  { method: 'GET', path: '/api/tags' },
  { method: 'GET', path: '/api/ps' },
  { method: 'POST', path: '/api/show' },
];
const running: Route = { method: 'GET', path: '/api/ps' };
const routes: Backend['routes'] = {
  look: looks,
  completion: [{ method: 'POST', path: '/api/generate' }, running],
  chat: [{ method: 'POST', path: '/api/chat' }, running],
  load: [{ method: 'POST', path: '/api/generate' }],
  pull: [{ method: 'POST', path: '/api/pull' }],
};

/** An empty prompt only loads. The options that decide about a reload are those of every later request. */
async function load(
  { fetch }: Probe,
  { model, options }: { readonly model: LookedAt; readonly options: OllamaOptions },
  signal: AbortSignal,
): Promise<BackendError | undefined> {
  const { ref, contextLength } = model.info;
  const pinned = model.model.kind === 'local' && model.model.pinned;
  try {
    await ollamaClient(fetch, options.base, signal).generate({
      model: pinned ? pinnedName(ref.model) : ref.model,
      prompt: '',
      keep_alive: options.keepAlive.of(ref.model),
      options: loadOptions(contextLength, options),
    });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return explainOllama(error, { origin: options.base, model: ref.model });
  }
}
