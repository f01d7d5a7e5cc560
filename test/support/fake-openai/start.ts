import { startFakeServer, type FakeServer } from '../fake-server/fake-server.ts';
import type { FakeOpenAIOptions } from './options.ts';
import { routeOpenAI } from './router.ts';
import { createState } from './state.ts';

/** A fake OpenAI-compatible server on loopback that records like the recorder does. */
export interface FakeOpenAI extends FakeServer {
  /** What clients want as their base URL: `url` and `/v1`, or `/api/v1` for OpenRouter. */
  readonly baseURL: string;
}

/** Starts a server that answers like the product its profile names. */
export async function startFakeOpenAI(options: FakeOpenAIOptions = {}): Promise<FakeOpenAI> {
  const state = createState(options);
  const server = await startFakeServer(options, (exchange) => routeOpenAI(state, exchange));
  return { ...server, baseURL: `${server.url}${state.profile === 'openrouter' ? '/api/v1' : '/v1'}` };
}
