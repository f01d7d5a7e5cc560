import { record, type JsonRecord } from '../fake-server/json.ts';
import { pause } from '../fake-server/pause.ts';
import { tokenize } from '../fake-server/tokens.ts';
import type { OpenAIAnswer } from './options.ts';
import { refusalFor, type Refusal } from './refusals.ts';
import { servedByHeaders, servedModel, type Serving } from './served-by.ts';
import { speechOf, type Speech } from './saying.ts';
import { costOf, usageOf, type Counted } from './usage.ts';

/** An answer that is ready to be sent. */
export interface Prepared {
  readonly speech: Speech;
  readonly usage: object;
}

export interface Preparation {
  readonly prompt: string;
  readonly answer: () => OpenAIAnswer;
  /** What this route has against the request, on top of what all have. */
  readonly refusal: Refusal | undefined;
}

/** Checks the request and, for streams, sends headers and comments. Undefined when the request is dealt with. */
export async function prepare(serving: Serving, preparation: Preparation): Promise<Prepared | undefined> {
  const { exchange, state, behaviour } = serving;
  const refusal = refusalFor(serving) ?? preparation.refusal;
  if (refusal !== undefined) {
    await exchange.wire.json(refusal.status, refusal.body, servedByHeaders(serving));
    return undefined;
  }
  const speech = speechOf(serving, preparation.answer());
  const counted = count(preparation.prompt, speech);
  exchange.note({ promptTokens: counted.prompt });
  if (serving.streams) {
    const comments = behaviour.comments ?? (state.profile === 'openrouter' ? 1 : 0);
    exchange.wire.head(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      ...servedByHeaders(serving),
    });
    for (let sent = 0; sent < comments; sent++) {
      await exchange.wire.write(': OPENROUTER PROCESSING\n\n');
      if (!(await pause(behaviour.tokenMs ?? 0, exchange.signal))) return undefined;
    }
  }
  return { speech, usage: usageOf(state.profile, modelOf(serving), counted) };
}

/** The test's own words, or the usual ones. */
export function answerOf(
  { state, exchange, asked }: Serving,
  request: {
    readonly prompt: string;
    readonly suffix: string | undefined;
    readonly messages: readonly JsonRecord[];
    readonly usual: string;
  },
): () => OpenAIAnswer {
  return () => {
    const { prompt, suffix, messages } = request;
    const given = state.options.answer?.({ model: asked, prompt, suffix, messages, seen: exchange.seen() });
    const answer = given ?? (messages.length > 0 ? state.options.chatAnswer : undefined) ?? request.usual;
    return typeof answer === 'string' ? { text: answer } : answer;
  };
}

/** OpenRouter sends usage always; the others when asked. */
export function wantsUsage({ state, exchange }: Serving): boolean {
  return state.profile === 'openrouter' || record(exchange.body['stream_options'])['include_usage'] === true;
}

/** Keeps what OpenRouter's /generation tells about an answer later. */
export function remember(serving: Serving, usage: object): void {
  const { state, asked, generationId } = serving;
  const counted = record(usage);
  const prompt = Number(counted['prompt_tokens']);
  const completion = Number(counted['completion_tokens']);
  state.generations.set(generationId, {
    id: generationId,
    model: servedModel(state, asked),
    provider_name: state.upstream.provider,
    total_cost: costOf(modelOf(serving), { prompt, completion, reasoning: 0 }),
    native_tokens_prompt: prompt,
    native_tokens_completion: completion,
    is_byok: false,
    data_region: state.upstream.region,
    router: null,
    cancelled: false,
    streamed: serving.streams,
  });
}

function modelOf({ state, asked }: Serving): OpenAIModelOf {
  return state.models.find((model) => model.id === asked) ?? { id: asked };
}

type OpenAIModelOf = Serving['state']['models'][number];

function count(prompt: string, { plan }: Speech): Counted {
  const reasoning = plan.tokens.filter((token) => token.kind === 'thinking').length;
  return { prompt: tokenize(prompt).length, completion: plan.tokens.length, reasoning };
}
