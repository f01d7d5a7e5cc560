import { listedName } from '../../core/zone/cloudName.ts';
import type { BoundFetch } from '../boundFetch.ts';
import { listIn, objectOf, textIn } from '../json.ts';
import { ollamaClient } from './client.ts';
import type { KeepAlive } from './keepAlive.ts';
import { within } from './within.ts';

/** What may pass until the server has said what it holds, in milliseconds: no request is kept waiting for it for long. */
const longestMs = 3_000;

/** Whether the model is in the server's memory now, and for how long, by `/api/ps`. Throws what the client throws. */
export async function isOllamaLoaded(
  fetch: BoundFetch,
  { base, keepAlive, model }: { readonly base: string; readonly keepAlive: KeepAlive; readonly model: string },
  signal: AbortSignal,
): Promise<boolean> {
  const ask = (live: AbortSignal): Promise<unknown> => ollamaClient(fetch, base, live).ps();
  const running = await within({ ms: longestMs, base }, ask, signal);
  const rows = listIn(objectOf(running), 'models');
  const row = rows.find((each) => listedName(textIn(each, 'name') ?? '') === listedName(model));
  keepAlive.saw(model, row);
  return row !== undefined;
}
