import { listedName } from '../../core/zone/cloudName.ts';
import type { BoundFetch } from '../boundFetch.ts';
import { listIn, objectOf, textIn } from '../json.ts';
import { ollamaClient } from './client.ts';
import type { KeepAlive } from './keepAlive.ts';

/** Whether the model is in the server's memory now, and for how long, by `/api/ps`. Throws what the client throws. */
export async function isOllamaLoaded(
  fetch: BoundFetch,
  { base, keepAlive, model }: { readonly base: string; readonly keepAlive: KeepAlive; readonly model: string },
  signal: AbortSignal,
): Promise<boolean> {
  const running: unknown = await ollamaClient(fetch, base, signal).ps();
  const rows = listIn(objectOf(running), 'models');
  const row = rows.find((each) => listedName(textIn(each, 'name') ?? '') === listedName(model));
  keepAlive.saw(model, row);
  return row !== undefined;
}
