import type { ModelRef } from '../exchange/model.ts';

/** The engine in this process, named as any model of any backend is. */
export const embeddedModel: ModelRef = { backend: 'embedded', model: 'embedded' };

export function isEmbedded({ backend }: ModelRef): boolean {
  return backend === embeddedModel.backend;
}
