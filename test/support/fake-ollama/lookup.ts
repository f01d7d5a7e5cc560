import type { Exchange } from '../fake-server/fake-server.ts';
import { text, type JsonRecord } from '../fake-server/json.ts';
import { parseModelRef } from './names.ts';
import type { StubTarget } from './options.ts';
import { findModel, type OllamaState, type StoredModel } from './state.ts';
import { atLeast } from './version.ts';

/** Who is to answer a request for a model. */
export type Lookup =
  | { readonly kind: 'local'; readonly model: StoredModel }
  | { readonly kind: 'stub'; readonly model: StoredModel; readonly target: StubTarget }
  | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly message: string;
}

/** The server knows `:local` and `:cloud` as places to run. */
export function knowsSources(state: OllamaState): boolean {
  return atLeast(state.version, '0.17.6');
}

/** The first thing wrong with a body, in the words of the server's JSON binding. `fields` says which types are meant. */
export function bodyProblem(
  { seen, body }: Exchange,
  struct: string,
  fields: Readonly<Record<string, 'string' | 'boolean' | 'object'>>,
): Refusal | undefined {
  const { rawBody } = seen();
  if (rawBody.length === 0) return refuse(400, 'missing request body');
  if (seen().body === undefined) {
    const first = rawBody.toString('utf8').trim().charAt(0);
    return refuse(
      400,
      first === '{' ? 'unexpected EOF' : `invalid character '${first}' looking for beginning of value`,
    );
  }
  const wrong = Object.entries(fields).find(([field, type]) => !isType(body[field], type));
  if (wrong === undefined) return undefined;
  const [field, type] = wrong;
  const goType = type === 'boolean' ? 'bool' : type === 'object' ? 'map[string]interface {}' : type;
  const value = Array.isArray(body[field]) ? 'array' : typeof body[field];
  return refuse(400, `json: cannot unmarshal ${value} into Go struct field ${struct}.${field} of type ${goType}`);
}

/** Finds the model for an inference route. `whenMissing` is that route's answer to an empty name. */
export function lookUp(state: OllamaState, body: JsonRecord, whenMissing: Refusal): Lookup {
  const asked = text(body['model']) ?? '';
  const ref = parseModelRef(asked, { sources: knowsSources(state) });
  if (ref.kind === 'missing') return whenMissing;
  if (ref.kind === 'conflict') return refuse(400, ref.message);
  if (ref.kind === 'invalid') return refuse(400, 'invalid model name');
  const model = findModel(state, ref.base);
  if (model === undefined) return refuse(404, `model '${asked}' not found`);
  if (model.stub === undefined) return { kind: 'local', model };
  if (ref.source === 'local') return refuse(404, `model '${asked}' not found`);
  if (state.settings.cloudDisabled) return refuse(403, 'ollama cloud is disabled: remote model is unavailable');
  if (!state.settings.remotes.includes(new URL(model.stub.remoteHost).hostname)) {
    return refuse(400, 'this server cannot run this remote model');
  }
  return { kind: 'stub', model, target: model.stub };
}

export function refuse(status: number, message: string): Refusal {
  return { kind: 'refused', status, message };
}

function isType(value: unknown, type: 'string' | 'boolean' | 'object'): boolean {
  if (value === undefined || value === null) return true;
  return type === 'object' ? typeof value === 'object' && !Array.isArray(value) : typeof value === type;
}
