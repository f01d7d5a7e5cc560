import { listIn, objectOf, textIn, type JsonObject } from '../json.ts';
import type { Profile } from './profile.ts';

/**
 * OpenRouter (its API reference, 2026-08): the metadata header makes it say who served; `provider` carries the policy's
 * terms. The optional headers that name the calling program are left out.
 */
export const openrouter: Profile = {
  headers: { 'x-openrouter-metadata': 'enabled' },
  needsKey: true,
  fills: false,
  lengthField: 'max_tokens',
  keepsTerms: true,
  fields: ({ dataCollection, zeroRetention, upstreams }, { think }) => ({
    provider: {
      data_collection: dataCollection,
      ...(zeroRetention && { zdr: true }),
      ...(upstreams && { only: upstreams, allow_fallbacks: false }),
    },
    ...(think !== undefined && { reasoning: { enabled: think } }),
  }),
  upstreamIn: (chunk) => selectedEndpoint(chunk) ?? textIn(chunk, 'provider'),
  upstreamInHeaders: () => undefined,
};

/** The endpoint marked as selected, else the last attempt; neither is there when the answer came from a cache. */
function selectedEndpoint(chunk: JsonObject): string | undefined {
  const metadata = objectOf(chunk['openrouter_metadata']);
  const available = listIn(objectOf(metadata['endpoints']), 'available');
  const selected = available.find((endpoint) => endpoint['selected'] === true) ?? listIn(metadata, 'attempts').at(-1);
  return selected && textIn(selected, 'provider');
}
