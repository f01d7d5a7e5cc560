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
    cause: error,
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

function explainStatus(failure: HttpFailure, { id, model = 'the model' }: FailureContext): BackendError {
  const { status, text, retryAfterMs } = failure;
  const retry = retryAfterMs === undefined ? {} : { retryAfterMs };
  const known = explainWords(text, wordsOf(failure.body).code, model);
  if (known) return { ...known, ...retry };
  switch (status) {
    case 401:
      return {
        reason: 'unauthorized',
        message: `"${id}" does not accept the API key.`,
        action: 'Run "Ringfence: Set API Key".',
      };
    case 402:
      return {
        reason: 'payment',
        message: `The account at "${id}" has no credit left.`,
        action: 'Add credit there, or choose a local model.',
      };
    case 403:
      return {
        reason: 'forbidden',
        message: `"${id}" refused the request.`,
        action: 'Check what the key may do, or choose another model.',
      };
    case 404:
      return {
        reason: 'model-missing',
        message: `"${id}" has no model ${model}, or none at this address.`,
        action: 'Choose another model, or check the address in ringfence.backends.',
      };
    case 408:
    case 504:
      return { reason: 'timeout', message: `"${id}" took too long.`, action: 'Try again.', ...retry };
    case 413:
      return { reason: 'too-long', message: `"${id}" refused the request as too large.`, action: 'Attach less.' };
    case 429:
      return {
        reason: 'rate-limited',
        message: `"${id}" asks to slow down.`,
        action: 'Wait a moment and try again.',
        ...retry,
      };
    case 502:
      return {
        reason: 'upstream-failed',
        message: `"${id}" got no answer from whoever runs ${model}.`,
        action: 'Try again, or choose another model.',
        ...retry,
      };
    case 503:
      return {
        reason: 'busy',
        message: `"${id}" has nobody free to run ${model}.`,
        action: 'Wait a moment and try again.',
        ...retry,
      };
  }
  if (status >= 500)
    return { reason: 'upstream-failed', message: `"${id}" failed (${status}).`, action: 'Try again.', ...retry };
  return {
    reason: 'bad-request',
    message: `"${id}" did not accept the request (${status}).`,
    action: 'Choose another model, or report this.',
  };
}

/** Words and codes that mean the same whichever status or stream carries them. */
function explainWords(text: string, code: string | undefined, model: string): BackendError | undefined {
  if (code === 'privacy_restricted' || /No endpoints found matching your data policy/i.test(text))
    return {
      reason: 'privacy-restricted',
      message: `Nobody who runs ${model} there accepts the policy's terms on keeping and using data.`,
      action: 'Choose another model.',
    };
  if (code === 'insufficient_quota')
    return {
      reason: 'payment',
      message: 'The account has used up its quota.',
      action: 'Add credit there, or choose a local model.',
    };
  if (
    code === 'context_length_exceeded' ||
    code === 'exceed_context_size_error' ||
    /maximum context length|exceeds? the (available )?context|context window|prompt is too long/i.test(text)
  )
    return {
      reason: 'too-long',
      message: `The request is longer than ${model} can read.`,
      action: 'Attach less, or choose a model with more context.',
    };
  if (code === 'model_not_found' || /is not a valid model ID|model .* does not exist/i.test(text))
    return { reason: 'model-missing', message: `There is no model ${model} there.`, action: 'Choose another model.' };
  if (/suffix is not currently supported|Unsupported param: suffix/i.test(text))
    return {
      reason: 'no-insert',
      message: `${model} is not offered for filling in code there.`,
      action: 'Choose another completion model.',
    };
  if (code === 'unavailable_error' || /^Loading model/i.test(text))
    return { reason: 'busy', message: `The server is still loading ${model}.`, action: 'Wait a moment and try again.' };
  return undefined;
}

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
