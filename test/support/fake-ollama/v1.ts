import type { Exchange } from '../fake-server/fake-server.ts';
import { list, record, text, type JsonRecord } from '../fake-server/json.ts';
import { answerChat } from './chat.ts';
import { answerGenerate } from './generate.ts';
import type { OllamaBehaviour } from './options.ts';
import type { OllamaState } from './state.ts';
import { v1ChatFrames, v1CompletionFrames } from './v1-frames.ts';

/** GET /v1/models: nothing here says what is remote. */
export function answerV1Models(state: OllamaState, { wire }: Exchange): Promise<void> {
  const data = [...state.models.keys()].map((id) => ({
    id,
    object: 'model',
    created: 1_790_856_000,
    owned_by: 'library',
  }));
  return wire.json(200, { object: 'list', data });
}

/** POST /v1/chat/completions, a thin coat over /api/chat. */
export async function answerV1Chat(state: OllamaState, exchange: Exchange, behaviour: OllamaBehaviour): Promise<void> {
  const { body } = exchange;
  if (list(body['messages']).length === 0) return refuse(exchange, "[] is too short - 'messages'");
  const effort = text(body['reasoning_effort']) ?? text(record(body['reasoning'])['effort']);
  const native = {
    model: body['model'],
    messages: body['messages'],
    tools: body['tools'],
    stream: body['stream'] === true,
    options: sampling(body),
    ...(effort !== undefined && { think: effort === 'none' ? false : effort }),
  };
  return answerChat({ state, exchange, behaviour, body: native, frames: v1ChatFrames(wantsUsage(body)) });
}

/** POST /v1/completions, a thin coat over /api/generate. There is no way to stop a model from thinking here. */
export async function answerV1Completions(
  state: OllamaState,
  exchange: Exchange,
  behaviour: OllamaBehaviour,
): Promise<void> {
  const { body } = exchange;
  if (typeof body['prompt'] !== 'string') {
    return refuse(
      exchange,
      'json: cannot unmarshal array into Go struct field CompletionRequest.prompt of type string',
    );
  }
  const native = {
    model: body['model'],
    prompt: body['prompt'],
    suffix: body['suffix'],
    stream: body['stream'] === true,
    options: sampling(body),
  };
  return answerGenerate({ state, exchange, behaviour, body: native, frames: v1CompletionFrames(wantsUsage(body)) });
}

function refuse({ wire }: Exchange, message: string): Promise<void> {
  return wire.json(400, { error: { message, type: 'invalid_request_error', param: null, code: null } });
}

function wantsUsage(body: JsonRecord): boolean {
  return record(body['stream_options'])['include_usage'] === true;
}

/** Only what the layer passes on; `temperature` and `top_p` are 1 unless given, whatever the model says. */
function sampling(body: JsonRecord): JsonRecord {
  const { stop } = body;
  return {
    temperature: body['temperature'] ?? 1,
    top_p: body['top_p'] ?? 1,
    seed: body['seed'] ?? null,
    num_predict: body['max_tokens'] ?? null,
    stop: typeof stop === 'string' ? [stop] : list(stop),
  };
}
