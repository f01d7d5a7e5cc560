import type { ModelEvidence, ServerEvidence } from '../../core/zone/evidence.ts';
import { nameSource, pinnedName } from '../../core/zone/cloudName.ts';
import type { Listing, Look, Probe } from '../backend.ts';
import { HttpFailure } from '../httpFailure.ts';
import { objectOf, textIn } from '../json.ts';
import { ollamaClient } from './client.ts';
import { explainOllama } from './failure.ts';
import { findTag, infoOf, shownOf, tagsOf, type Shown, type Tag } from './facts.ts';
import { canHaveRemoteModels, versionOf } from './version.ts';

export type Looking = {
  readonly backend: string;
  readonly base: string;
  /** Milliseconds, any origin. */
  readonly now: () => number;
};

export type OllamaLook = {
  look(probe: Probe, model: string, signal: AbortSignal): Promise<Look>;
  list(probe: Probe, signal: AbortSignal): Promise<Listing>;
  /** Forgets everything, after the server's models were changed. */
  forget(): void;
};

/** Facts older than this are asked for again. */
const maxAgeMs = 60_000;

type Server = {
  readonly evidence: Extract<ServerEvidence, { kind: 'ollama' }>;
  readonly tags: readonly Tag[];
  readonly at: number;
};
type Proof = {
  readonly digest: string | undefined;
  readonly at: number;
  readonly shown: Shown;
  readonly pinned: boolean;
};

/**
 * Finds out which server answers and whether a model is its own. What `/api/show` said is kept for as long as the list
 * names the same digest; a model that this server cannot pin is looked up in the list again for every request.
 */
export function createOllamaLook({ backend, base, now }: Looking): OllamaLook {
  const servers = new Map<string, Server>();
  const proofs = new Map<string, Proof>();

  async function server(probe: Probe, maxAge: number, signal: AbortSignal): Promise<Server> {
    const known = servers.get(probe.at);
    if (known && now() - known.at < maxAge) return known;
    const client = ollamaClient(probe.fetch, base, signal);
    const [version, tags, cloudDisabled] = await Promise.all([
      client.version(),
      client.list(),
      cloudSwitch(probe, base, signal),
    ]);
    const evidence = { kind: 'ollama', version: textIn(objectOf(version), 'version') ?? 'unknown' } as const;
    const fresh = {
      evidence: cloudDisabled === undefined ? evidence : { ...evidence, cloudDisabled },
      tags: tagsOf(tags),
      at: now(),
    };
    servers.set(probe.at, fresh);
    return fresh;
  }

  async function prove(
    probe: Probe,
    { model, tag }: { readonly model: string; readonly tag: Tag | undefined },
    signal: AbortSignal,
  ) {
    const key = `${probe.at} ${model}`;
    const known = proofs.get(key);
    const usable = known && (tag?.digest === undefined ? now() - known.at < maxAgeMs : known.digest === tag.digest);
    if (usable) return known;
    const proof = { ...(await show(probe, { base, model }, signal)), digest: tag?.digest, at: now() };
    proofs.set(key, proof);
    return proof;
  }

  return {
    async look(probe, model, signal) {
      try {
        if (nameSource(model) === 'cloud') return lookAtCloudName(await server(probe, maxAgeMs, signal), model);
        let seen = await server(probe, maxAgeMs, signal);
        let proof = await prove(probe, { model, tag: findTag(seen.tags, model) }, signal);
        if (!proof.pinned && canHaveRemoteModels(versionOf(seen.evidence.version))) {
          seen = await server(probe, 0, signal);
          proof = await prove(probe, { model, tag: findTag(seen.tags, model) }, signal);
        }
        const tag = findTag(seen.tags, model);
        const evidence = modelEvidence(tag, proof);
        return {
          kind: 'seen',
          server: seen.evidence,
          model: evidence,
          info: infoOf(backend, model, { tag, shown: proof.shown }),
        };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'failed', error: explainOllama(error, { origin: base, model }) };
      }
    },
    async list(probe, signal) {
      try {
        const seen = await server(probe, 0, signal);
        return {
          kind: 'models',
          server: seen.evidence,
          models: seen.tags.map((tag) => ({ info: infoOf(backend, tag.name, { tag }), model: listedEvidence(tag) })),
        };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'failed', error: explainOllama(error, { origin: base }) };
      }
    },
    forget() {
      servers.clear();
      proofs.clear();
    },
  };

  function lookAtCloudName(seen: Server, model: string): Look {
    const tag = findTag(seen.tags, model);
    return {
      kind: 'seen',
      server: seen.evidence,
      model: { kind: 'remote', host: tag?.remoteHost ?? 'ollama.com' },
      info: { ...infoOf(backend, model, { tag }), remoteHost: tag?.remoteHost ?? 'ollama.com' },
    };
  }
}

/** Asks under the pinned name first: only a server that knows pins, and runs the model itself, answers to that. */
async function show(
  probe: Probe,
  { base, model }: { readonly base: string; readonly model: string },
  signal: AbortSignal,
): Promise<Pick<Proof, 'shown' | 'pinned'>> {
  const client = ollamaClient(probe.fetch, base, signal);
  try {
    return { shown: shownOf(await client.show({ model: pinnedName(model) })), pinned: true };
  } catch (error) {
    const unknown = error instanceof HttpFailure && (error.status === 404 || error.status === 400);
    if (!unknown || nameSource(model) === 'local') throw error;
    return { shown: shownOf(await client.show({ model })), pinned: false };
  }
}

/** Whether the server says that its own cloud is off; servers older than 0.16.2 do not know the question. */
async function cloudSwitch({ fetch }: Probe, base: string, signal: AbortSignal): Promise<boolean | undefined> {
  const response = await fetch(`${base}/api/status`, { signal });
  const body: unknown = await response.json().catch(() => undefined);
  const disabled = objectOf(objectOf(body)['cloud'])['disabled'];
  return response.ok && typeof disabled === 'boolean' ? disabled : undefined;
}

function modelEvidence(tag: Tag | undefined, { shown, pinned, digest }: Proof): ModelEvidence {
  const host = tag?.remoteHost ?? shown.remoteHost;
  if (host !== undefined) return { kind: 'remote', host };
  return digest === undefined ? { kind: 'local', pinned } : { kind: 'local', pinned, digest };
}

/** From the list alone: enough to show, not enough to send. */
function listedEvidence({ name, remoteHost, digest }: Tag): ModelEvidence {
  if (remoteHost !== undefined || nameSource(name) === 'cloud')
    return { kind: 'remote', host: remoteHost ?? 'ollama.com' };
  return digest === undefined ? { kind: 'local', pinned: false } : { kind: 'local', pinned: false, digest };
}
