import { isFimFamily, type FimFamily } from '../core/prompt/fimFamilies.ts';
import type { BackendRecord, Settings } from '../core/settings/settings.ts';
import { parseDestination } from '../core/zone/destination.ts';
import type { Backend, Place } from './backend.ts';
import { createKeepAlive } from './ollama/keepAlive.ts';
import { createOllama } from './ollama/ollama.ts';
import { customProfile } from './openai/custom.ts';
import { createOpenAI } from './openai/openai.ts';
import { openrouter } from './openai/openrouter.ts';
import type { Profile } from './openai/profile.ts';
import { sayWhere } from './sayWhere.ts';

export type BackendSetup = {
  readonly settings: Settings;
  /** The key of a backend, asked for anew before each request; undefined where there is none. */
  readonly keyFor: (backendId: string) => Promise<string | undefined>;
  /** Milliseconds, any origin, never backwards. */
  readonly now: () => number;
  /** Says which machine a loopback address means, where that could surprise. */
  readonly whereAsked?: string | undefined;
};

/** Makes the backends that the user's settings name. A record whose address makes no sense gives none. */
export function createBackends(setup: BackendSetup): readonly Backend[] {
  return setup.settings.backends.flatMap((record) => {
    const place = placeOf(record);
    return place ? [placed(createBackend(record, place, setup), place, setup)] : [];
  });
}

function placed(backend: Backend, { destination }: NetworkPlace, { whereAsked }: BackendSetup): Backend {
  const surprising = destination.host.kind === 'loopback' && whereAsked !== undefined;
  return surprising ? sayWhere(backend, whereAsked) : backend;
}

type NetworkPlace = Extract<Place, { kind: 'network' }>;

function placeOf({ url, zone }: BackendRecord): NetworkPlace | undefined {
  const parsed = parseDestination(url);
  if (parsed.kind === 'invalid') return undefined;
  return { kind: 'network', destination: parsed.destination, ...(zone && { attested: zone }) };
}

function createBackend(record: BackendRecord, place: NetworkPlace, setup: BackendSetup): Backend {
  switch (record.kind) {
    case 'ollama':
      return ollama(record, place, setup);
    case 'openrouter':
      return compatible(record, { place, profile: openrouter }, setup);
    case 'custom':
      return compatible(record, { place, profile: customProfile(place.destination) }, setup);
  }
}

function ollama({ id, url }: BackendRecord, place: Place, { settings, now }: BackendSetup): Backend {
  return createOllama({
    id,
    place,
    now,
    options: {
      base: url,
      contextLength: settings.contextLength,
      keepAlive: createKeepAlive(keepAliveOf(settings), now),
      loadingAfterMs: 400,
      lookMs: 15_000,
      templateFor: templateFor(settings),
    },
  });
}

function compatible(
  { id, url }: BackendRecord,
  { place, profile }: { readonly place: Place; readonly profile: Profile },
  { settings, keyFor }: BackendSetup,
): Backend {
  return createOpenAI({ id, base: url, place, profile, keyFor, templateFor: templateFor(settings) });
}

function templateFor({ completion }: Settings): (model: string) => FimFamily | 'suffix' | undefined {
  return (model) => {
    const chosen = completion.templates[model];
    return chosen === 'suffix' || isFimFamily(chosen) ? chosen : undefined;
  };
}

/** The server reads a text as a duration with a unit; a bare number must come as one. */
function keepAliveOf({ keepAlive }: Settings): string | number {
  return /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive;
}
