import { APIError, OpenAI } from 'openai';
import type { BoundFetch } from '../boundFetch.ts';

/**
 * The `openai` package, in a file of its own that is read when such a backend is first used: loading it takes about 100 ms.
 * Every setting that it would else take from the environment is given here, so that no key, organisation, project, header
 * or log level of another program reaches this server. The key is not its business either: the bound fetch adds it.
 */
export function openaiClient(baseURL: string, fetch: BoundFetch): OpenAI {
  return new OpenAI({
    baseURL,
    fetch,
    apiKey: 'added-by-the-bound-fetch',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: longestWait,
    // Its log would hold prompts.
    logLevel: 'off',
  });
}

/** The error object that the package found inside a stream, or undefined for any other failure. */
export function streamError(error: unknown): unknown {
  return error instanceof APIError && error.status === undefined ? error.error : undefined;
}

/** Milliseconds; the transport keeps its own, shorter times. */
const longestWait = 24 * 60 * 60 * 1000;
