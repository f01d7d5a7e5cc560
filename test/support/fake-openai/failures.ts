import { proxyPage, type Failure } from '../fake-server/behaviour.ts';

function says(status: number, error: object, headers: Record<string, string> = {}): Failure {
  return { kind: 'json', status, body: { error }, headers };
}

/** Errors in the shapes of the products that send them. Use them as a behaviour's `failure`. */
export const openaiFailures = {
  unauthorized: says(401, {
    message: 'Incorrect API key provided.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  }),
  outOfCredits: says(402, {
    code: 402,
    message: 'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
    metadata: { error_type: 'payment_required' },
  }),
  moderated: says(403, {
    code: 403,
    message: 'Your chosen model requires moderation and your input was flagged.',
    metadata: {
      reasons: ['harassment'],
      flagged_input: '…',
      provider_name: 'Example Provider',
      model_slug: 'test/coder-1',
    },
  }),
  privacyRestricted: says(404, {
    code: 404,
    message: 'No endpoints found matching your data policy.',
    metadata: { error_type: 'not_found' },
    availability: { code: 'privacy_restricted', excluded_by: ['data_policy:zdr'] },
  }),
  timedOut: says(408, { code: 408, message: 'Request timed out.', metadata: { error_type: 'timeout' } }),
  tooLarge: proxyPage(413, 'Request Entity Too Large'),
  contextExceeded: says(400, {
    code: 400,
    message: 'request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it',
    type: 'exceed_context_size_error',
    n_prompt_tokens: 5000,
    n_ctx: 4096,
  }),
  outOfQuota: says(429, {
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  }),
  serverError: says(500, { message: 'The server had an error.', type: 'server_error', param: null, code: null }),
  badGateway: says(502, {
    code: 502,
    message: 'Provider returned error',
    metadata: { error_type: 'provider_unavailable', provider_name: 'Example Provider' },
  }),
  proxyBadGateway: proxyPage(502, 'Bad Gateway'),
  proxyTimeout: proxyPage(504, 'Gateway Time-out'),
  noProvider: says(
    503,
    { code: 503, message: 'There is no available model provider that meets your routing requirements' },
    { 'retry-after': '5' },
  ),
  loadingModel: says(503, { code: 503, message: 'Loading model', type: 'unavailable_error' }),
  portkeyException: {
    kind: 'json',
    status: 500,
    body: { status: 'failure', message: 'Something went wrong' },
    headers: { 'x-portkey-gateway-exception': 'true' },
  },
} as const satisfies Readonly<Record<string, Failure>>;

/** 429 with the seconds after which the client may come again. */
export function rateLimited(retryAfterSeconds: number): Failure {
  return says(
    429,
    { message: 'Rate limit reached.', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    {
      'retry-after': String(retryAfterSeconds),
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': `${retryAfterSeconds}s`,
    },
  );
}
