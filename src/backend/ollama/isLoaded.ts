import { listedName } from '../../core/zone/cloudName.ts';
import type { BoundFetch } from '../boundFetch.ts';
import { listIn, objectOf, textIn } from '../json.ts';
import { ollamaClient } from './client.ts';

/** Whether the model is in the server's memory now, by `/api/ps`. Throws what the client throws. */
export async function isOllamaLoaded(
  fetch: BoundFetch,
  { base, model }: { readonly base: string; readonly model: string },
  signal: AbortSignal,
): Promise<boolean> {
  const running: unknown = await ollamaClient(fetch, base, signal).ps();
  return listIn(objectOf(running), 'models').some((row) => listedName(textIn(row, 'name') ?? '') === listedName(model));
}
