import { createHash } from 'node:crypto';
import type { Exchange } from '../fake-server/fake-server.ts';
import type { OllamaState, StoredModel } from './state.ts';
import { atLeast } from './version.ts';

/** GET and HEAD /api/tags. */
export function answerTags(state: OllamaState, { wire }: Exchange): Promise<void> {
  return wire.json(200, { models: [...state.models.values()].map((model) => listed(state, model)) });
}

function listed(state: OllamaState, model: StoredModel): object {
  const withCapabilities = atLeast(state.version, '0.30.0');
  return {
    name: model.name,
    model: model.name,
    ...remoteFields(state, model),
    modified_at: '2026-10-01T12:00:00.123456789Z',
    size: model.size,
    digest: digestOf(model),
    details: {
      ...detailsOf(model),
      ...(withCapabilities && { context_length: model.contextLength, embedding_length: 1536 }),
    },
    ...(withCapabilities && { capabilities: model.capabilities }),
  };
}

/** Stubs are a thing since 0.12.0. */
export function remoteFields(state: OllamaState, { stub }: StoredModel): object {
  if (stub === undefined || !atLeast(state.version, '0.12.0')) return {};
  return { remote_model: stub.remoteModel, remote_host: stub.remoteHost };
}

export function detailsOf(model: StoredModel): object {
  return {
    parent_model: '',
    // A stub has no weights, so it has no format of weights either.
    format: model.stub === undefined ? 'gguf' : '',
    family: model.family,
    families: [model.family],
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
  };
}

/** Changes with everything that a manifest holds, as a swapped model's does. */
export function digestOf({ source, name }: StoredModel): string {
  return createHash('sha256')
    .update(JSON.stringify([name, source]))
    .digest('hex');
}
