import type { Failure } from '../fake-server/behaviour.ts';

function says(status: number, error: string): Failure {
  return { kind: 'json', status, body: { error } };
}

/** Everything that Ollama itself answers on a bad day, in its own words. */
export const ollamaFailures = {
  /** The load queue is full. The two spaces are in the original. */
  busy: says(503, 'server busy, please try again.  maximum pending requests exceeded'),
  /** Host or Origin refused. */
  forbidden: { kind: 'empty', status: 403 },
  cloudDisabled: says(403, 'ollama cloud is disabled: remote model is unavailable'),
  loadFailed: says(
    500,
    'model failed to load, this may be due to resource limitations or an internal error, check ollama server logs for details',
  ),
  runnerStopped: says(
    500,
    'model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details',
  ),
  cloudUnreachable: says(502, 'Post "https://ollama.com:443/api/chat": dial tcp: lookup ollama.com: no such host'),
  tooManyRequests: says(429, 'you have reached your hourly usage limit, please upgrade to continue'),
  signIn: {
    kind: 'json',
    status: 401,
    body: { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=this-device&key=ZmFrZQ' },
  },
} as const satisfies Readonly<Record<string, Failure>>;

/** The model is not in the store, as generate, chat and show say it. */
export function modelNotFound(model: string): Failure {
  return says(404, `model '${model}' not found`);
}

/** The same as embed says it. */
export function modelNotFoundTryPulling(model: string): Failure {
  return says(404, `model "${model}" not found, try pulling it first`);
}
