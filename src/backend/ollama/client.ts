import { Ollama } from 'ollama/browser';
import type { BoundFetch } from '../boundFetch.ts';
import { httpFailureOf, unexpectedPage } from '../httpFailure.ts';
import { wellFormedLines } from './lines.ts';

/**
 * The `ollama` package over a bound fetch. Three things are taken off its hands below it, because it would lose them:
 * failed answers (it drops the body's fields and writes to the console), malformed lines and pages of whoever stands in
 * between (it prints them and goes on), and the signal (it has none before the headers are here, and a loop that is left early
 * keeps the server generating).
 */
export function ollamaClient(fetch: BoundFetch, base: string, signal: AbortSignal): Ollama {
  return new Ollama({
    host: base,
    fetch: async (input, init) => {
      const response = await fetch(input, {
        ...init,
        signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal,
      });
      if (!response.ok) throw await httpFailureOf(response);
      if (response.headers.get('content-type')?.includes('html')) throw await unexpectedPage(response);
      if (!asksForStream(init) || response.body === null) return response;
      return new Response(response.body.pipeThrough(wellFormedLines()), response);
    },
  });
}

/** What was asked for and not what the answer calls itself: a proxy may call it otherwise. No text holds these quotes bare. */
function asksForStream(init: RequestInit | undefined): boolean {
  return typeof init?.body === 'string' && init.body.includes('"stream":true');
}
