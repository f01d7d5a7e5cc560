import { list, record, text, type JsonRecord } from '../fake-server/json.ts';
import { answerFor } from './answers.ts';
import { send, sendRefusal, thinking, type Call } from './call.ts';
import { generate, type Generation } from './generation.ts';
import { bodyProblem, lookUp, refuse, type Refusal } from './lookup.ts';
import { qualifiedName } from './names.ts';
import type { StoredModel } from './state.ts';
import { relayStub } from './stub.ts';

/** POST /api/chat. */
export async function answerChat(call: Call): Promise<void> {
  const { state, exchange, body } = call;
  const asked = text(body['model']) ?? '';
  const problem = bodyProblem(exchange, 'ChatRequest', { model: 'string', stream: 'boolean', options: 'object' });
  if (problem !== undefined) return sendRefusal(call, asked, problem);
  const found = lookUp(state, body, refuse(400, 'model is required'));
  if (found.kind === 'refused') return sendRefusal(call, asked, found);
  const messages = list(body['messages']).map(record);
  if (messages.length === 0 && body['keep_alive'] === 0) {
    state.runners.unload(found.model.name);
    return exchange.wire.json(
      200,
      call.frames({ model: asked, stub: undefined }).whole([{ kind: 'alone', reason: 'unload' }]),
    );
  }
  if (found.kind === 'stub') return relayStub(call, '/api/chat', found.target);
  const refusal = refusalFor(found.model, body);
  if (refusal !== undefined) return sendRefusal(call, asked, refusal);
  return send(call, { model: asked, stub: undefined }, generate(generation(call, found.model, messages)));
}

function refusalFor(model: StoredModel, body: JsonRecord): Refusal | undefined {
  const thinks = thinking(model, body);
  if (typeof thinks === 'object') return thinks;
  if (!model.capabilities.includes('completion')) {
    return refuse(400, `${JSON.stringify(body['model'])} does not support chat`);
  }
  if (list(body['tools']).length > 0 && !model.capabilities.includes('tools')) {
    return refuse(400, `${qualifiedName(model.name)} does not support tools`);
  }
  return undefined;
}

function generation(call: Call, model: StoredModel, messages: readonly JsonRecord[]): Generation {
  const { state, exchange, behaviour, body } = call;
  const prompt = render(model, messages);
  return {
    state,
    exchange,
    behaviour,
    model,
    body,
    prompt: messages.length === 0 ? undefined : prompt,
    answer: () =>
      answerFor(state, {
        model: text(body['model']) ?? '',
        prompt,
        suffix: undefined,
        messages,
        tools: list(body['tools']),
        seen: exchange.seen(),
      }),
    thinks: thinking(model, body) === true,
    withContext: false,
  };
}

/** The conversation in ChatML. The model's own system prompt counts only when the first message is none. */
function render(model: StoredModel, messages: readonly JsonRecord[]): string {
  const own = model.system !== '' && messages[0]?.['role'] !== 'system';
  const all = own ? [{ role: 'system', content: model.system }, ...messages] : messages;
  const turns = all.map(({ role, content }) => `<|im_start|>${String(role)}\n${text(content) ?? ''}<|im_end|>\n`);
  return `${turns.join('')}<|im_start|>assistant\n`;
}
