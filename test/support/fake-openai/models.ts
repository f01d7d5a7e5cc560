import type { Exchange } from '../fake-server/fake-server.ts';
import type { OpenAIModel } from './options.ts';
import type { OpenAIState } from './state.ts';

/** GET /models in the profile's shape. */
export function answerModels(state: OpenAIState, { wire }: Exchange): Promise<void> {
  const data = state.models.map((model) => listed(state, model));
  return wire.json(200, state.profile === 'openrouter' ? { data } : { object: 'list', data });
}

const created = 1_790_856_000;

function listed({ profile }: OpenAIState, model: OpenAIModel): object {
  const { id } = model;
  const contextLength = model.contextLength ?? 32_768;
  const base = { id, object: 'model', created };
  switch (profile) {
    case 'openrouter':
      return openRouterModel(model, contextLength);
    case 'vllm':
      return { ...base, owned_by: 'vllm', root: id, parent: null, max_model_len: contextLength };
    case 'llamacpp':
      return { ...base, owned_by: 'llamacpp', meta: { n_ctx_train: contextLength, n_params: 1_543_714_304 } };
    case 'plain':
    case 'litellm':
    case 'portkey':
      return { ...base, owned_by: 'openai' };
  }
}

function openRouterModel({ id, pricing }: OpenAIModel, contextLength: number): object {
  return {
    id,
    canonical_slug: id,
    name: id,
    created,
    description: 'A model for tests.',
    context_length: contextLength,
    architecture: {
      modality: 'text->text',
      input_modalities: ['text'],
      output_modalities: ['text'],
      tokenizer: 'Other',
      instruct_type: null,
    },
    pricing: {
      prompt: pricing?.prompt ?? '0.0000005',
      completion: pricing?.completion ?? '0.0000015',
      request: '0',
      image: '0',
      input_cache_read: '0.0000001',
    },
    top_provider: { context_length: contextLength, max_completion_tokens: null, is_moderated: false },
    per_request_limits: null,
    supported_parameters: ['max_tokens', 'temperature', 'stop', 'tools', 'reasoning', 'seed'],
  };
}
