import { enter } from '../fake-server/behaviour.ts';
import type { Exchange } from '../fake-server/fake-server.ts';
import { text } from '../fake-server/json.ts';
import { answerChat } from './chat.ts';
import { answerCompletions } from './completions.ts';
import { openaiFailures } from './failures.ts';
import { answerModels } from './models.ts';
import type { OpenAIBehaviour } from './options.ts';
import type { Serving } from './served-by.ts';
import type { OpenAIState } from './state.ts';

/** Serves one request. Routes are the same under /v1, /api/v1 and no prefix at all. */
export async function routeOpenAI(state: OpenAIState, exchange: Exchange): Promise<void> {
  const { wire, seen } = exchange;
  const { method, path } = seen();
  const behaviour = state.options.behaviour?.(seen()) ?? {};
  if (!(await enter(exchange, behaviour))) return;
  const route = `${method} ${path.replace(/^(?:\/api)?\/v1(?=\/)/, '')}`;
  if (route === 'GET /health') return wire.json(200, { status: 'ok' });
  if (!admitted(state, exchange, route)) {
    const { unauthorized } = openaiFailures;
    return unauthorized.kind === 'json' ? wire.json(401, unauthorized.body) : undefined;
  }
  switch (route) {
    case 'GET /models':
      return answerModels(state, exchange);
    case 'POST /chat/completions':
      return answerChat(serving(state, exchange, behaviour));
    case 'POST /completions':
      return answerCompletions(serving(state, exchange, behaviour));
    default:
      return answerAccount(state, exchange, route);
  }
}

/** What OpenRouter tells about keys and past answers. */
function answerAccount(state: OpenAIState, { wire, seen }: Exchange, route: string): Promise<void> {
  if (state.profile === 'openrouter' && route === 'GET /key') {
    const data = { label: 'test', limit: 10, limit_remaining: 7.5, usage: 2.5, is_free_tier: false };
    return wire.json(200, { data });
  }
  if (state.profile === 'openrouter' && route === 'GET /generation') {
    const id = new URL(seen().url, 'http://localhost').searchParams.get('id') ?? '';
    const data = state.generations.get(id);
    if (data !== undefined) return wire.json(200, { data });
    return wire.json(404, { error: { code: 404, message: `Generation ${id} not found` } });
  }
  return wire.json(404, {
    error: { message: `Unknown request URL: ${route}.`, type: 'invalid_request_error', code: null },
  });
}

function admitted({ options, profile }: OpenAIState, { seen }: Exchange, route: string): boolean {
  if (options.apiKey === undefined || (profile === 'openrouter' && route === 'GET /models')) return true;
  return seen().headers.authorization === `Bearer ${options.apiKey}`;
}

function serving(state: OpenAIState, exchange: Exchange, behaviour: OpenAIBehaviour): Serving {
  const { body } = exchange;
  const prefix = state.profile === 'openrouter' ? 'gen' : 'chatcmpl';
  return {
    state,
    exchange,
    behaviour,
    asked: text(body['model']) ?? '',
    generationId: `${prefix}-${1_790_856_000 + exchange.seen().id}`,
    streams: body['stream'] === true,
  };
}
