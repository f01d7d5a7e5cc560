import { pipeErrorIn, type PipeError } from '../../core/exchange/pipeError.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import { httpFailureIn, type HttpFailure } from '../httpFailure.ts';
import { objectOf, textIn } from '../json.ts';

export type FailureContext = {
  readonly id: string;
  readonly origin: string;
  readonly model?: string;
};

/** What went wrong, for a person. The server's own words are matched and never shown: they may quote the request. */
export function explainOpenAI(error: unknown, context: FailureContext): BackendError {
  const pipe = pipeErrorIn(error);
  if (pipe) return explainPipe(pipe, context);
  const http = httpFailureIn(error);
  if (http) return { ...explainStatus(http, context), cause: http };
  return {
    reason: 'broken-stream',
    message: `"${context.id}" broke off in the middle of the answer.`,
    action: 'Try again.',
    // The name only: the message of a parser quotes what it could not parse.
    cause: error instanceof Error ? error.name : typeof error,
  };
}

/** An answer of status 200 that is something else. */
export const notThisProtocol = {
  reason: 'unexpected',
  message: 'The server answered, but not as an OpenAI-compatible server does.',
  action: 'Check the address in ringfence.backends; it often ends in /v1.',
} as const;

/** An error object that came inside a stream of status 200. */
export function explainStreamError(said: unknown, model: string): BackendError {
  const { text, code } = wordsOf(said);
  return (
    explainWords(text, code, model) ?? {
      reason: 'upstream-failed',
      message: `The server that ran ${model} failed in the middle of the answer.`,
      action: 'Try again.',
    }
  );
}

function explainPipe(error: PipeError, { id }: FailureContext): BackendError {
  const base = { message: error.message, cause: error };
  switch (error.reason) {
    case 'refused':
      return {
        ...base,
        reason: 'not-running',
        action: `Start the server of "${id}", or check its address in ringfence.backends.`,
      };
    case 'unreachable':
    case 'certificate':
      return {
        ...base,
        reason: 'not-running',
        action: `Check the network and the address of "${id}" in ringfence.backends.`,
      };
    case 'idle':
    case 'no-answer':
      return { ...base, reason: 'timeout', action: 'Try again.' };
    case 'reset':
      return { ...base, reason: 'broken-stream', action: 'Try again.' };
    case 'redirected':
      return { ...base, reason: 'redirected', action: 'Write the final address in ringfence.backends.' };
    case 'peer':
    case 'scan':
    case 'aborted':
      return { ...base, reason: 'not-permitted' };
    case 'not-permitted':
      return {
        ...base,
        reason: 'not-permitted',
        action: `Use https for "${id}", or name it as perimeter in your user settings.`,
      };
  }
}

function explainStatus(failure: HttpFailure, context: FailureContext): BackendError {
  const { status, text, retryAfterMs } = failure;
  const names = { id: context.id, model: context.model ?? 'the model' };
  const known = explainWords(text, wordsOf(failure.body).code, names.model);
  const error = known ?? byStatus[status]?.(names) ?? otherStatus(status, names.id);
  return retryAfterMs === undefined ? error : { ...error, retryAfterMs };
}

type Names = { readonly id: string; readonly model: string };

const again = 'Wait a moment and try again.';

const byStatus: Readonly<Record<number, (names: Names) => BackendError>> = {
  401: ({ id }) => ({
    reason: 'unauthorized',
    message: `"${id}" does not accept the API key.`,
    action: 'Run "Ringfence: Set API Key".',
  }),
  402: ({ id }) => ({
    reason: 'payment',
    message: `The account at "${id}" has no credit left.`,
    action: 'Add credit there, or choose a local model.',
  }),
  403: ({ id }) => ({
    reason: 'forbidden',
    message: `"${id}" refused the request.`,
    action: 'Check what the key may do, or choose another model.',
  }),
  404: ({ id, model }) => ({
    reason: 'model-missing',
    message: `"${id}" has no model ${model}, or none at this address.`,
    action: 'Choose another model, or check the address in ringfence.backends.',
  }),
  408: ({ id }) => ({ reason: 'timeout', message: `"${id}" took too long.`, action: again }),
  413: ({ id }) => ({
    reason: 'too-long',
    message: `"${id}" refused the request as too large.`,
    action: 'Attach less.',
  }),
  429: ({ id }) => ({ reason: 'rate-limited', message: `"${id}" asks to slow down.`, action: again }),
  502: ({ id, model }) => ({
    reason: 'upstream-failed',
    message: `"${id}" got no answer from whoever runs ${model}.`,
    action: 'Try again, or choose another model.',
  }),
  503: ({ id, model }) => ({ reason: 'busy', message: `"${id}" has nobody free to run ${model}.`, action: again }),
  504: ({ id }) => ({ reason: 'timeout', message: `"${id}" took too long.`, action: again }),
};

function otherStatus(status: number, id: string): BackendError {
  if (status >= 500) return { reason: 'upstream-failed', message: `"${id}" failed (${status}).`, action: 'Try again.' };
  return {
    reason: 'bad-request',
    message: `"${id}" did not accept the request (${status}).`,
    action: 'Choose another model, or report this.',
  };
}

/** Words and codes mean the same whichever status or stream carries them. */
function explainWords(text: string, code: string | undefined, model: string): BackendError | undefined {
  const known = byWords.find(({ codes, pattern }) => codes.includes(code ?? '') || pattern?.test(text) === true);
  return known?.explain(model);
}

type Words = {
  readonly codes: readonly string[];
  readonly pattern?: RegExp;
  readonly explain: (model: string) => BackendError;
};

const byWords: readonly Words[] = [
  {
    codes: ['privacy_restricted'],
    pattern: /No endpoints found matching your data policy/i,
    explain: (model) => ({
      reason: 'privacy-restricted',
      message: `Nobody who runs ${model} there accepts the policy's terms on keeping and using data.`,
      action: 'Choose another model.',
    }),
  },
  {
    codes: ['insufficient_quota'],
    explain: () => ({
      reason: 'payment',
      message: 'The account has used up its quota.',
      action: 'Add credit there, or choose a local model.',
    }),
  },
  {
    codes: ['context_length_exceeded', 'exceed_context_size_error'],
    pattern: /maximum context length|exceeds? the (available )?context|context window|prompt is too long/i,
    explain: (model) => ({
      reason: 'too-long',
      message: `The request is longer than ${model} can read.`,
      action: 'Attach less, or choose a model with more context.',
    }),
  },
  {
    codes: ['model_not_found'],
    pattern: /is not a valid model ID|model .* does not exist/i,
    explain: (model) => ({
      reason: 'model-missing',
      message: `There is no model ${model} there.`,
      action: 'Choose another model.',
    }),
  },
  {
    codes: [],
    pattern: /suffix is not currently supported|Unsupported param: suffix/i,
    explain: (model) => ({
      reason: 'no-insert',
      message: `${model} is not offered for filling in code there.`,
      action: 'Choose another completion model.',
    }),
  },
  {
    codes: ['unavailable_error'],
    pattern: /^Loading model/i,
    explain: (model) => ({ reason: 'busy', message: `The server is still loading ${model}.`, action: again }),
  },
];

/** The text and the most telling code of an error body: `{error}`, `{error: {code, type}}`, `{error: {availability: {code}}}`. */
function wordsOf(value: unknown): { readonly text: string; readonly code: string | undefined } {
  if (typeof value === 'string') return { text: value, code: undefined };
  const outer = objectOf(value);
  const error = 'error' in outer ? outer['error'] : outer;
  if (typeof error === 'string') return { text: error, code: undefined };
  const fields = objectOf(error);
  const availability = textIn(objectOf(fields['availability']), 'code');
  const metadata = textIn(objectOf(fields['metadata']), 'error_type');
  return {
    text: textIn(fields, 'message') ?? '',
    code: availability ?? textIn(fields, 'code') ?? metadata ?? textIn(fields, 'type'),
  };
}
