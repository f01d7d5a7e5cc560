import type { Exchange } from '../fake-server/fake-server.ts';
import type { JsonRecord } from '../fake-server/json.ts';
import type { GenerationEvent } from './events.ts';
import type { FrameNames, Frames } from './frames.ts';
import type { Lookup, Refusal } from './lookup.ts';
import type { OllamaBehaviour } from './options.ts';
import { respond } from './respond.ts';
import type { OllamaState, StoredModel } from './state.ts';

/** One inference request in Ollama's own form, whichever route it came in by. */
export interface Call {
  readonly state: OllamaState;
  readonly exchange: Exchange;
  readonly behaviour: OllamaBehaviour;
  readonly body: JsonRecord;
  readonly frames: (names: FrameNames) => Frames;
}

/** Answers a call with the given events. */
export function send(call: Call, names: FrameNames, events: AsyncIterable<GenerationEvent>): Promise<void> {
  return respond(call.exchange, events, { frames: call.frames(names), stream: call.body['stream'] !== false });
}

/** Answers a call with one error. */
export function sendRefusal(call: Call, model: string, { status, message }: Refusal): Promise<void> {
  const failure = call.frames({ model, stub: undefined }).failure({ kind: 'error', status, message });
  return call.exchange.wire.json(status, failure);
}

/** True when the model thinks about this request; a refusal when it cannot but was told to. */
export function thinking(model: StoredModel, body: JsonRecord): boolean | Extract<Lookup, { kind: 'refused' }> {
  const asked = body['think'];
  const wanted = asked === true || (typeof asked === 'string' && asked !== '');
  if (!model.capabilities.includes('thinking')) {
    if (!wanted) return false;
    const name = JSON.stringify(body['model']);
    return { kind: 'refused', status: 400, message: `${name} does not support thinking` };
  }
  // Left out means yes. gpt-oss cannot be told to stop.
  return asked === undefined || asked === null || wanted || model.family === 'gptoss';
}
