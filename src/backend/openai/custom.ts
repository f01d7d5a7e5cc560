import type { Destination } from '../../core/zone/destination.ts';
import { textIn } from '../json.ts';
import type { Profile } from './profile.ts';

/**
 * Any other OpenAI-compatible server. Fields that strict servers would refuse go only to the hosts that know them. Gateways
 * (LiteLLM, Portkey) name their upstream in headers; the body's `model` is often only what was asked for.
 */
export function customProfile({ hostname }: Destination): Profile {
  const vendor = hostname === 'api.openai.com';
  return {
    headers: {},
    needsKey: false,
    fills: true,
    lengthField: vendor ? 'max_completion_tokens' : 'max_tokens',
    keepsTerms: false,
    // Without it the vendor may keep the exchange for its own evaluations.
    fields: () => (vendor ? { store: false } : {}),
    upstreamIn: (chunk) => textIn(chunk, 'provider'),
    upstreamInHeaders: (headers) =>
      hostOf(headers.get('x-litellm-model-api-base')) ?? headers.get('x-portkey-provider') ?? undefined,
  };
}

function hostOf(url: string | null): string | undefined {
  return url !== null && URL.canParse(url) ? new URL(url).host : undefined;
}
