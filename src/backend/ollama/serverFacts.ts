import type { ServerEvidence } from '../../core/zone/evidence.ts';
import type { Probe } from '../backend.ts';
import { objectOf, textIn } from '../json.ts';
import { ollamaClient } from './client.ts';
import { tagsOf, type Tag } from './facts.ts';

/** Which server answers at one address, and what it lists. */
export type ServerFacts = {
  readonly evidence: Extract<ServerEvidence, { kind: 'ollama' }>;
  readonly tags: readonly Tag[];
};

export type FactsKeeper = {
  /** What is known, asked for again when it is older than `maxAgeMs`. Throws what the client throws. */
  of(probe: Probe, signal: AbortSignal): Promise<ServerFacts>;
  /** The same with the list of models read anew. */
  withFreshTags(probe: Probe, signal: AbortSignal): Promise<ServerFacts>;
  forget(): void;
};

/** Facts older than this, in milliseconds, are asked for again. */
export const maxAgeMs = 60_000;

/** Keeps what servers say of themselves, by the address that said it. */
export function createServerFacts({ base, now }: { readonly base: string; readonly now: () => number }): FactsKeeper {
  const known = new Map<string, { readonly facts: ServerFacts; readonly at: number }>();
  const keep = ({ at }: Probe, facts: ServerFacts): ServerFacts => {
    known.set(at, { facts, at: now() });
    return facts;
  };
  const fresh = ({ at }: Probe): ServerFacts | undefined => {
    const found = known.get(at);
    return found && now() - found.at < maxAgeMs ? found.facts : undefined;
  };
  return {
    of: async (probe, signal) => fresh(probe) ?? keep(probe, await ask(probe, base, signal)),
    async withFreshTags(probe, signal) {
      const facts = fresh(probe);
      if (!facts) return keep(probe, await ask(probe, base, signal));
      const tags = tagsOf(await ollamaClient(probe.fetch, base, signal).list());
      return keep(probe, { ...facts, tags });
    },
    forget: () => known.clear(),
  };
}

async function ask(probe: Probe, base: string, signal: AbortSignal): Promise<ServerFacts> {
  const client = ollamaClient(probe.fetch, base, signal);
  const [version, tags, status] = await Promise.all([client.version(), client.list(), askStatus(probe, base, signal)]);
  const name = textIn(objectOf(version), 'version') ?? 'unknown';
  return { evidence: { kind: 'ollama', version: name, ...status }, tags: tagsOf(tags) };
}

/** What `/api/status` tells; servers older than 0.16.2 do not know the question, but their headers tell of a proxy too. */
async function askStatus(
  { fetch }: Probe,
  base: string,
  signal: AbortSignal,
): Promise<{ readonly cloudDisabled?: boolean; readonly behind?: string }> {
  const response = await fetch(`${base}/api/status`, { signal });
  const body: unknown = await response.json().catch(() => undefined);
  const disabled = objectOf(objectOf(body)['cloud'])['disabled'];
  const behind = proxyIn(response.headers);
  return {
    ...(response.ok && typeof disabled === 'boolean' ? { cloudDisabled: disabled } : {}),
    ...(behind === undefined ? {} : { behind }),
  };
}

/**
 * How a proxy names itself, shortened. Ollama sends neither header (its `server/routes.go` sets none, and Go adds none);
 * nginx, Caddy, Apache, Envoy and most gateways send one of them.
 */
function proxyIn(headers: Headers): string | undefined {
  return (headers.get('via') ?? headers.get('server'))?.slice(0, 60);
}
