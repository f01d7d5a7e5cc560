import { list, text } from '../fake-server/json.ts';
import { answerFor } from './answers.ts';
import { send, sendRefusal, thinking, type Call } from './call.ts';
import { generate, type Generation } from './generation.ts';
import { bodyProblem, lookUp, refuse, type Refusal } from './lookup.ts';
import { qualifiedName } from './names.ts';
import type { StoredModel } from './state.ts';
import { relayStub } from './stub.ts';

/** POST /api/generate. */
export async function answerGenerate(call: Call): Promise<void> {
  const { state, exchange, body } = call;
  const asked = text(body['model']) ?? '';
  const problem = bodyProblem(exchange, 'GenerateRequest', {
    model: 'string',
    prompt: 'string',
    suffix: 'string',
    raw: 'boolean',
    stream: 'boolean',
    options: 'object',
  });
  if (problem !== undefined) return sendRefusal(call, asked, problem);
  const found = lookUp(state, body, refuse(404, `model '${asked}' not found`));
  if (found.kind === 'refused') return sendRefusal(call, asked, found);
  if (found.kind === 'stub') return relayStub(call, '/api/generate', found.target);
  const { model } = found;
  const prompt = text(body['prompt']) ?? '';
  if (prompt === '' && body['keep_alive'] === 0) {
    state.runners.unload(model.name);
    return exchange.wire.json(
      200,
      call.frames({ model: asked, stub: undefined }).whole([{ kind: 'alone', reason: 'unload' }]),
    );
  }
  const refusal = refusalFor(model, call);
  if (refusal !== undefined) return sendRefusal(call, asked, refusal);
  return send(call, { model: asked, stub: undefined }, generate(generation(call, model, prompt)));
}

function refusalFor(model: StoredModel, { body }: Call): Refusal | undefined {
  if (model.capabilities.includes('image')) return refuse(400, 'image generation models are not currently supported');
  if (body['raw'] === true && (body['template'] || body['system'] || list(body['context']).length > 0)) {
    return refuse(400, 'raw mode does not support template, system, or context');
  }
  const thinks = thinking(model, body);
  if (typeof thinks === 'object') return thinks;
  if (!model.capabilities.includes('completion')) {
    return refuse(400, `${JSON.stringify(body['model'])} does not support generate`);
  }
  // Raw mode leaves the suffix out of the prompt and still asks for the capability.
  if (text(body['suffix']) && !model.capabilities.includes('insert')) {
    return refuse(400, `${qualifiedName(model.name)} does not support insert`);
  }
  return undefined;
}

function generation(call: Call, model: StoredModel, prompt: string): Generation {
  const { state, exchange, behaviour, body } = call;
  const raw = body['raw'] === true;
  const suffix = text(body['suffix']) ?? '';
  const rendered = raw ? prompt : render(model, prompt, suffix);
  return {
    state,
    exchange,
    behaviour,
    model,
    body,
    prompt: prompt === '' ? undefined : rendered,
    answer: () =>
      answerFor(state, {
        model: text(body['model']) ?? '',
        prompt,
        suffix: raw || suffix === '' ? undefined : suffix,
        messages: [],
        tools: [],
        seen: exchange.seen(),
      }),
    thinks: thinking(model, body) === true,
    withContext: !raw,
  };
}

/** What the template makes of the request. Only the two shapes that models here have are rendered. */
function render(model: StoredModel, prompt: string, suffix: string): string {
  if (suffix === '') return model.system === '' ? prompt : `${model.system}\n${prompt}`;
  return `<|fim_prefix|>${prompt}<|fim_suffix|>${suffix}<|fim_middle|>`;
}
