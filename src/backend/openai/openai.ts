import type { ModelInfo } from '../../core/exchange/model.ts';
import type { ModelEvidence } from '../../core/zone/evidence.ts';
import type { Backend, HeaderResult, Listing, Probe, Route } from '../backend.ts';
import { objectOf } from '../json.ts';
import { checkedFetch } from './checkedFetch.ts';
import { explainOpenAI, notThisProtocol } from './failure.ts';
import { infosOf } from './models.ts';
import type { OpenAISetup } from './setup.ts';

/**
 * A server that speaks OpenAI's protocol. Nothing on this wire proves who runs a model, so its zone comes from the address
 * and from what the user attests; what an answer says to the contrary is remembered and counts from then on.
 */
export function createOpenAI(setup: OpenAISetup): Backend {
  const { id, base, place, profile } = setup;
  const listed = new Map<string, ModelInfo>();
  const far = new Map<string, string>();
  const evidence = (model: string): ModelEvidence => {
    const host = far.get(model);
    return host === undefined
      ? { kind: 'unproved', why: 'Nothing on this wire tells who runs the model.' }
      : { kind: 'remote', host };
  };
  return {
    id,
    place,
    proves: 'cannot prove',
    routes,
    keepsTerms: profile.keepsTerms,
    headers: () => headersFor(setup),
    look: async (_probe, model) => ({
      kind: 'seen',
      server: { kind: 'unknown' },
      model: evidence(model),
      info: listed.get(model) ?? { ref: { backend: id, model }, capabilities: ['completion', 'chat'] },
    }),
    async list(probe, signal) {
      const listing = await list(probe, { setup, evidence }, signal);
      if (listing.kind === 'models') for (const { info } of listing.models) listed.set(info.ref.model, info);
      return listing;
    },
    async *stream(approved, signal) {
      const { streamOpenAI } = await import('./stream.ts');
      yield* streamOpenAI(approved, { setup, farUpstream: (model, host) => far.set(model, host) }, signal);
    },
    explain: (error) => explainOpenAI(error, { id, origin: base }),
  };
}

const routes: Backend['routes'] = {
  look: [{ method: 'GET', path: '/models' } satisfies Route],
  completion: [{ method: 'POST', path: '/completions' }],
  chat: [{ method: 'POST', path: '/chat/completions' }],
  load: [],
  pull: [],
};

async function headersFor({ id, profile, keyFor }: OpenAISetup): Promise<HeaderResult> {
  const key = (await keyFor(id))?.trim();
  if (key === undefined || key === '') {
    if (!profile.needsKey) return { kind: 'headers', headers: profile.headers };
    return keyProblem(`There is no API key for "${id}".`);
  }
  // A header takes visible ASCII only; a key with anything else was pasted wrongly.
  if (!/^[\x21-\x7e]+$/.test(key)) return keyProblem(`The API key for "${id}" holds characters that no key has.`);
  return { kind: 'headers', headers: { ...profile.headers, authorization: `Bearer ${key}` } };
}

function keyProblem(message: string): HeaderResult {
  return { kind: 'failed', error: { reason: 'unauthorized', message, action: 'Run "Ringfence: Set API Key".' } };
}

async function list(
  { fetch }: Probe,
  { setup, evidence }: { readonly setup: OpenAISetup; readonly evidence: (model: string) => ModelEvidence },
  signal: AbortSignal,
): Promise<Listing> {
  const { id, base } = setup;
  try {
    const { openaiClient } = await import('./sdk.chunk.ts');
    const body: unknown = await openaiClient(base, checkedFetch(fetch)).get('/models', { signal });
    if (!Array.isArray(objectOf(body)['data'])) return { kind: 'failed', error: notThisProtocol };
    const models = infosOf(id, body).map((info) => ({ info, model: evidence(info.ref.model) }));
    return { kind: 'models', server: { kind: 'unknown' }, models };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', error: explainOpenAI(error, { id, origin: base }) };
  }
}
