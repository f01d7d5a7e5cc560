import type { Exchange } from '../fake-server/fake-server.ts';
import type { OllamaState } from './state.ts';
import { detailsOf, digestOf } from './tags.ts';
import { atLeast } from './version.ts';

/** GET /api/ps: what is in memory, the one that stays longest first. Remote models never are. */
export function answerPs(state: OllamaState, { wire }: Exchange): Promise<void> {
  const models = state.runners
    .loaded()
    .map((runner) => ({ runner, expiresAt: runner.users > 0 ? Date.now() + runner.keepAliveMs : runner.expiresAt }))
    .toSorted((one, other) => other.expiresAt - one.expiresAt)
    .map(({ runner, expiresAt }) => ({
      name: runner.model.name,
      model: runner.model.name,
      size: runner.model.size,
      digest: digestOf(runner.model),
      details: detailsOf(runner.model),
      expires_at: new Date(Math.min(expiresAt, farFuture)).toISOString(),
      size_vram: runner.model.size,
      ...(atLeast(state.version, '0.10.0') && { context_length: runner.contextLength }),
    }));
  return wire.json(200, { models });
}

/** "For ever" is some centuries from now on the wire. */
const farFuture = Date.UTC(2318, 0, 1);
