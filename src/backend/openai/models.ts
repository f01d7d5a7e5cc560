import type { ModelCapability, ModelInfo } from '../../core/exchange/model.ts';
import { listIn, numberIn, objectOf, present, textIn, textsIn, type JsonObject } from '../json.ts';

/** Reads `/models`: OpenAI's bare list, or with the extras of OpenRouter, vLLM and llama.cpp. */
export function infosOf(backend: string, value: unknown): readonly ModelInfo[] {
  return listIn(objectOf(value), 'data').flatMap((row) => {
    const model = textIn(row, 'id');
    if (model === undefined) return [];
    return [
      {
        ref: { backend, model },
        capabilities: capabilitiesOf(row),
        ...present<Pick<ModelInfo, 'contextLength'>>({ contextLength: contextLengthOf(row) }),
      },
    ];
  });
}

function capabilitiesOf(row: JsonObject): readonly ModelCapability[] {
  const supported = textsIn(row, 'supported_parameters');
  return [
    'completion',
    'chat',
    ...(supported.includes('reasoning') ? (['thinking'] as const) : []),
    ...(supported.includes('tools') ? (['tools'] as const) : []),
  ];
}

function contextLengthOf(row: JsonObject): number | undefined {
  return (
    numberIn(row, 'context_length') ?? numberIn(row, 'max_model_len') ?? numberIn(objectOf(row['meta']), 'n_ctx_train')
  );
}
