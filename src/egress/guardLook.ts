import type { Guard, ModelDescription, ModelList, PullEvent } from '../core/exchange/guard.ts';
import type { ModelRef } from '../core/exchange/model.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { Purpose, Probe } from '../backend/backend.ts';
import type { GuardDeps } from './guardDeps.ts';
import { prove, reach, type Reached } from './guardProve.ts';

/** The requests that carry no user text: lists, descriptions, loads and downloads. They use the same door. */
export function createLookups(deps: GuardDeps): Pick<Guard, 'models' | 'describe' | 'load' | 'pull'> {
  return {
    models: (backend, signal) =>
      during(signal, async (live): Promise<ModelList> => {
        const way = await reachOrFail(deps, { backend, model: '' }, live);
        if (way.kind === 'failed') return way;
        const listing = await way.backend.list(way.probe, live);
        if (listing.kind === 'failed') return listing;
        const { server } = listing;
        const models = listing.models.map(({ info, model }) => ({
          info,
          proof: prove(deps, way, { server, model, info }),
        }));
        return { kind: 'models', models };
      }),
    describe: (model, signal) => during(signal, (live) => describe(deps, model, live)),
    load: (model, signal) => during(signal, (live) => load(deps, model, live)),
    pull: (model, signal) => pull(deps, model, signal),
  };
}

async function describe(deps: GuardDeps, model: ModelRef, signal: AbortSignal): Promise<ModelDescription> {
  const way = await reachOrFail(deps, model, signal);
  if (way.kind === 'failed') return way;
  const seen = await way.backend.look(way.probe, model.model, signal);
  if (seen.kind === 'failed') return seen;
  const loaded = (await way.backend.isLoaded?.(way.probe, model.model, signal)) ?? true;
  return { kind: 'described', info: seen.info, proof: prove(deps, way, seen), loaded };
}

async function load(deps: GuardDeps, model: ModelRef, signal: AbortSignal): Promise<BackendError | undefined> {
  const way = await reachOrFail(deps, model, signal);
  if (way.kind === 'failed') return way.error;
  const { backend } = way;
  if (!backend.load) return undefined;
  const seen = await backend.look(way.probe, model.model, signal);
  if (seen.kind === 'failed') return seen.error;
  // Loading is for models of that very server: a remote one has nothing to load, and asking would wake its host.
  if (seen.model.kind === 'remote') return undefined;
  return backend.load(withoutText(way, 'load'), seen, signal);
}

async function* pull(deps: GuardDeps, model: ModelRef, signal: AbortSignal): AsyncGenerator<PullEvent> {
  const ending = new AbortController();
  const live = AbortSignal.any([signal, ending.signal]);
  try {
    const way = await reachOrFail(deps, model, live);
    if (way.kind === 'failed') yield { kind: 'error', error: way.error };
    else if (!way.backend.pull) yield { kind: 'error', error: cannotPull(model) };
    else yield* way.backend.pull(withoutText(way, 'pull'), model.model, live);
  } catch (error) {
    // Cancelling is an end, not a failure, wherever it struck.
    if (!signal.aborted) throw error;
  } finally {
    ending.abort();
  }
}

type ReachedOrFailed =
  ({ readonly kind: 'reached' } & Reached) | { readonly kind: 'failed'; readonly error: BackendError };

async function reachOrFail(deps: GuardDeps, model: ModelRef, signal: AbortSignal): Promise<ReachedOrFailed> {
  const way = await reach(deps, model, signal);
  if (way.kind !== 'refused') return way;
  const { reason, message, action } = way.cause;
  const error = { reason: 'not-permitted', refusal: reason, message, ...(action !== undefined && { action }) } as const;
  return { kind: 'failed', error };
}

function withoutText(way: Reached, purpose: Purpose): Probe {
  return { fetch: way.bind(purpose, (body) => body).fetch, at: way.probe.at };
}

async function during<T>(signal: AbortSignal, work: (live: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  try {
    return await work(AbortSignal.any([signal, ending.signal]));
  } finally {
    ending.abort();
  }
}

function cannotPull({ backend }: ModelRef): BackendError {
  return {
    reason: 'bad-request',
    message: `"${backend}" cannot download models.`,
    action: 'Install the model on that server.',
  };
}
