import type { Guard } from '../core/exchange/guard.ts';

/** The same guard, with a listener that is told whenever a backend has listed models: who waits for one need wait no longer. */
export function observeModels<G extends Pick<Guard, 'models'>>(guard: G, found: () => void): G {
  return {
    ...guard,
    models: async (backend: string, signal: AbortSignal) => {
      const list = await guard.models(backend, signal);
      if (list.kind === 'models' && list.models.length > 0) found();
      return list;
    },
  };
}
