import type { OpenAIModel, OpenAIProfile } from './options.ts';

export interface Counted {
  readonly prompt: number;
  readonly completion: number;
  readonly reasoning: number;
}

/** The `usage` object of a reply. OpenRouter's also says what it cost, in credits, which are US dollars. */
export function usageOf(profile: OpenAIProfile, model: OpenAIModel, counted: Counted): object {
  return {
    prompt_tokens: counted.prompt,
    completion_tokens: counted.completion,
    total_tokens: counted.prompt + counted.completion,
    completion_tokens_details: { reasoning_tokens: counted.reasoning },
    ...(profile === 'openrouter' && {
      cost: costOf(model, counted),
      is_byok: false,
      cost_details: { upstream_inference_cost: null },
      prompt_tokens_details: { cached_tokens: 0 },
    }),
  };
}

/** US dollars. */
export function costOf({ pricing }: OpenAIModel, { prompt, completion }: Counted): number {
  return prompt * Number(pricing?.prompt ?? '0.0000005') + completion * Number(pricing?.completion ?? '0.0000015');
}
