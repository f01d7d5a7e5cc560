import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from '../fake-server/fake-server.ts';
import type { OpenAIBehaviour } from './options.ts';
import type { OpenAIState } from './state.ts';

/** One answer about to be given. */
export interface Serving {
  readonly state: OpenAIState;
  readonly exchange: Exchange;
  readonly behaviour: OpenAIBehaviour;
  /** As the client asked for it. */
  readonly asked: string;
  readonly generationId: string;
  readonly streams: boolean;
}

/** What the product says in headers about who served the request. They go out before the outcome is known. */
export function servedByHeaders({ state, behaviour, asked, generationId, streams }: Serving): OutgoingHttpHeaders {
  const { upstream, profile, options } = state;
  const fallbacks = upstream.attemptedFallbacks;
  const own: Record<typeof profile, OutgoingHttpHeaders> = {
    plain: { 'x-request-id': generationId, 'openai-processing-ms': '12' },
    openrouter: {
      'x-generation-id': generationId,
      ...(behaviour.cacheHit === true && { 'x-openrouter-cache-status': 'HIT' }),
    },
    litellm: {
      'x-litellm-call-id': generationId,
      'x-litellm-model-id': 'deployment-7',
      'x-litellm-model-api-base': upstream.apiBase,
      'x-litellm-model-group': asked,
      'x-litellm-attempted-retries': '0',
      'x-litellm-attempted-fallbacks': String(fallbacks),
      'x-litellm-version': '1.83.0',
      'x-litellm-key-spend': '0.0021',
      // A stream's headers leave before there is a cost.
      ...(!streams && { 'x-litellm-response-cost': '0.000041', 'x-litellm-response-duration-ms': '12.4' }),
    },
    portkey: {
      'x-portkey-provider': upstream.provider,
      'x-portkey-last-used-option-index': fallbacks > 0 ? `config.targets[${fallbacks}]` : 'config',
      'x-portkey-retry-attempt-count': '0',
      'x-portkey-cache-status': behaviour.cacheHit === true ? 'HIT' : 'DISABLED',
      'x-portkey-trace-id': generationId,
    },
    vllm: { server: 'uvicorn' },
    llamacpp: { server: 'llama.cpp' },
  };
  return { ...own[profile], ...options.headers };
}

/** OpenRouter's account of the routing, for requests whose header asks for it; never from the cache. */
export function routerMetadata({ state, exchange, behaviour, asked }: Serving): object {
  const wanted = exchange.seen().headers['x-openrouter-metadata'] === 'enabled';
  if (state.profile !== 'openrouter' || !wanted || behaviour.cacheHit === true) return {};
  const { provider, region, attemptedFallbacks } = state.upstream;
  return {
    openrouter_metadata: {
      requested: asked,
      strategy: 'direct',
      region,
      attempt: attemptedFallbacks + 1,
      is_byok: false,
      endpoints: { total: 1, available: [{ provider, model: servedModel(state, asked), selected: true }] },
      attempts: [{ provider, model: servedModel(state, asked), status: 200 }],
      pipeline: [],
    },
  };
}

/** What the reply says in `model`. LiteLLM puts the asked name there whoever answered. */
export function servedModel({ models, profile }: OpenAIState, asked: string): string {
  if (profile === 'litellm') return asked;
  return models.find((model) => model.id === asked)?.servedAs ?? asked;
}
