import { record } from '../fake-server/json.ts';
import { openaiFailures } from './failures.ts';
import type { Serving } from './served-by.ts';

export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

/** Why the server does not take an inference request, or undefined. */
export function refusalFor({ state, exchange, asked }: Serving): Refusal | undefined {
  const { headers, rawBody } = exchange.seen();
  if (state.profile === 'portkey' && !headers['x-portkey-provider'] && !headers['x-portkey-config']) {
    const message = 'Either x-portkey-config or x-portkey-provider header is required';
    return { status: 400, body: { status: 'failure', message } };
  }
  if (rawBody.length === 0 || exchange.seen().body === undefined)
    return badRequest('We could not parse the JSON body of your request.');
  if (asked === '') return badRequest('you must provide a model parameter');
  if (!state.models.some((model) => model.id === asked)) return unknownModel(state.profile, asked);
  return privacyRefusal(state, record(exchange.body['provider']));
}

/** A `suffix` that the product has no use for; some refuse it, some would ignore it. */
export function suffixRefusal({ state, exchange }: Serving): Refusal | undefined {
  const takes = state.options.takesSuffix ?? (state.profile !== 'vllm' && state.profile !== 'llamacpp');
  if (takes || typeof exchange.body['suffix'] !== 'string') return undefined;
  if (state.profile === 'llamacpp') {
    return {
      status: 400,
      body: { error: { code: 400, message: 'Unsupported param: suffix', type: 'invalid_request_error' } },
    };
  }
  const error = { message: 'suffix is not currently supported', type: 'BadRequestError', param: null, code: 400 };
  return { status: 400, body: { error } };
}

function badRequest(message: string): Refusal {
  return { status: 400, body: { error: { message, type: 'invalid_request_error', param: null, code: null } } };
}

function unknownModel(profile: Serving['state']['profile'], asked: string): Refusal {
  if (profile === 'openrouter') {
    return { status: 400, body: { error: { code: 400, message: `${asked} is not a valid model ID` } } };
  }
  if (profile === 'vllm') {
    const error = {
      message: `The model \`${asked}\` does not exist.`,
      type: 'NotFoundError',
      param: 'model',
      code: 404,
    };
    return { status: 404, body: { error } };
  }
  const message = `The model \`${asked}\` does not exist or you do not have access to it.`;
  return {
    status: 404,
    body: { error: { message, type: 'invalid_request_error', param: null, code: 'model_not_found' } },
  };
}

function privacyRefusal(
  { profile, upstream }: Serving['state'],
  wish: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  if (profile !== 'openrouter') return undefined;
  const refused =
    (wish['zdr'] === true && !upstream.keepsNothing) || (wish['data_collection'] === 'deny' && upstream.collectsData);
  const { privacyRestricted } = openaiFailures;
  return refused && privacyRestricted.kind === 'json' ? { status: 404, body: privacyRestricted.body } : undefined;
}
