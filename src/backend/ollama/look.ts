import type { ModelEvidence } from '../../core/zone/evidence.ts';
import { nameSource, pinnedName } from '../../core/zone/cloudName.ts';
import type { Listing, Look, Probe } from '../backend.ts';
import { HttpFailure } from '../httpFailure.ts';
import { ollamaClient } from './client.ts';
import { explainOllama } from './failure.ts';
import { findTag, infoOf, shownOf, type Shown, type Tag } from './facts.ts';
import { createServerFacts, type FactsKeeper, type ServerFacts } from './serverFacts.ts';
import { canHaveRemoteModels, knowsPins, versionOf } from './version.ts';
import { within } from './within.ts';

export type Looking = {
  readonly backend: string;
  readonly base: string;
  /** Milliseconds, any origin. */
  readonly now: () => number;
  /** How long all that is asked for one look may take, in milliseconds. */
  readonly lookMs: number;
};

export type OllamaLook = {
  look(probe: Probe, model: string, signal: AbortSignal): Promise<Look>;
  list(probe: Probe, signal: AbortSignal): Promise<Listing>;
  /** Forgets everything, after the server's models were changed. */
  forget(): void;
};

/** What `/api/show` said of a model, and whether it said so under the pinned name. Holds for as long as the digest does. */
type Description = { readonly shown: Shown; readonly pinned: boolean };

type Desk = Looking & { readonly servers: FactsKeeper; readonly descriptions: Map<string, Description> };

/** Finds out which server answers and whether a model is its own. */
export function createOllamaLook(looking: Looking): OllamaLook {
  const { backend, base, lookMs: ms } = looking;
  const desk: Desk = { ...looking, servers: createServerFacts(looking), descriptions: new Map() };
  return {
    async look(probe, model, signal) {
      try {
        return await within({ ms, base }, (live) => lookAt(desk, { probe, model }, live), signal);
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'failed', error: explainOllama(error, { origin: base, model }) };
      }
    },
    async list(probe, signal) {
      try {
        const ask = (live: AbortSignal): Promise<ServerFacts> => desk.servers.withFreshTags(probe, live);
        const { evidence, tags } = await within({ ms, base }, ask, signal);
        const models = tags.map((tag) => ({ info: infoOf(backend, tag.name, { tag }), model: listedEvidence(tag) }));
        return { kind: 'models', server: evidence, models };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'failed', error: explainOllama(error, { origin: base }) };
      }
    },
    forget() {
      desk.servers.forget();
      desk.descriptions.clear();
    },
  };
}

type Asked = { readonly probe: Probe; readonly model: string };

/**
 * A name that the server would send away is not even looked up. A model that the server cannot pin is looked up in its list
 * again for every request, so that a stub which was put in its place shows before anything is sent.
 */
async function lookAt(desk: Desk, asked: Asked, signal: AbortSignal): Promise<Look> {
  const { probe, model } = asked;
  const facts = await desk.servers.of(probe, signal);
  if (nameSource(model) === 'cloud') return seen(desk, { model, facts });
  const first = await describe(desk, { ...asked, facts }, signal);
  const version = versionOf(facts.evidence.version);
  if (first.pinned || !canHaveRemoteModels(version)) return seen(desk, { model, facts, description: first });
  const again = await desk.servers.withFreshTags(probe, signal);
  return seen(desk, { model, facts: again, description: await describe(desk, { ...asked, facts: again }, signal) });
}

async function describe(
  desk: Desk,
  { probe, model, facts }: Asked & { readonly facts: ServerFacts },
  signal: AbortSignal,
): Promise<Description> {
  const digest = findTag(facts.tags, model)?.digest;
  const key = JSON.stringify([probe.at, model, digest]);
  const known = digest === undefined ? undefined : desk.descriptions.get(key);
  if (known) return known;
  const description = await show({ probe, model, facts }, desk.base, signal);
  desk.descriptions.set(key, description);
  return description;
}

/** Asks under the pinned name first: only a server that knows pins, and runs the model itself, answers to that. */
async function show(
  { probe, model, facts }: Asked & { readonly facts: ServerFacts },
  base: string,
  signal: AbortSignal,
): Promise<Description> {
  const client = ollamaClient(probe.fetch, base, signal);
  if (knowsPins(versionOf(facts.evidence.version))) {
    try {
      return { shown: shownOf(await client.show({ model: pinnedName(model) })), pinned: true };
    } catch (error) {
      const unknown = error instanceof HttpFailure && (error.status === 404 || error.status === 400);
      if (!unknown || nameSource(model) === 'local') throw error;
    }
  }
  return { shown: shownOf(await client.show({ model })), pinned: false };
}

function seen(
  { backend }: Desk,
  {
    model,
    facts,
    description,
  }: { readonly model: string; readonly facts: ServerFacts; readonly description?: Description },
): Look {
  const tag = findTag(facts.tags, model);
  const evidence = modelEvidence(tag, description);
  const info = infoOf(backend, model, { tag, shown: description?.shown });
  return {
    kind: 'seen',
    server: facts.evidence,
    model: evidence,
    info: evidence.kind === 'remote' ? { ...info, remoteHost: evidence.host } : info,
  };
}

/** Without a description the name itself said "cloud". A server lists its own models with the digest of their files. */
function modelEvidence(tag: Tag | undefined, description: Description | undefined): ModelEvidence {
  const host = tag?.remoteHost ?? description?.shown.remoteHost;
  if (host !== undefined || !description) return { kind: 'remote', host: host ?? vendor };
  if (tag?.digest === undefined)
    return { kind: 'unproved', why: 'The server does not list the model among those that it stores.' };
  return { kind: 'local', pinned: description.pinned, digest: tag.digest };
}

/** From the list alone: enough to show, not enough to send. */
function listedEvidence(tag: Tag): ModelEvidence {
  const remote = tag.remoteHost !== undefined || nameSource(tag.name) === 'cloud';
  return modelEvidence(tag, remote ? undefined : { shown: { capabilities: [] }, pinned: false });
}

/** Where a server sends names that end in `cloud`. */
const vendor = 'ollama.com';
