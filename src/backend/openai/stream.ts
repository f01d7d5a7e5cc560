import type { BackendError, StreamPart } from '../../core/exchange/stream.ts';
import { isKnownCloud } from '../../core/zone/knownCloud.ts';
import type { Approved } from '../approved.ts';
import { checkedFetch } from './checkedFetch.ts';
import { createChunkReader } from './chunks.ts';
import { explainOpenAI, explainStreamError } from './failure.ts';
import { inferenceRequest, type InferenceRequest } from './requests.ts';
import type { OpenAISetup } from './setup.ts';

/** Sends an approved request through the `openai` package and reads what streams back. */
export async function* streamOpenAI(
  approved: Approved,
  { setup, farUpstream }: { readonly setup: OpenAISetup; readonly farUpstream: (model: string, host: string) => void },
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const request = inferenceRequest(approved, setup.profile, setup.templateFor);
  if (request.kind === 'unfit') {
    yield { kind: 'error', error: { reason: 'no-insert', message: request.why } };
    return;
  }
  const ending = new AbortController();
  const live = AbortSignal.any([signal, ending.signal]);
  try {
    for await (const part of parts(approved, { setup, request }, live)) {
      const far = part.kind === 'finish' ? fartherThanProved(approved, part.served.upstream) : undefined;
      if (far !== undefined) farUpstream(approved.model.model, far);
      yield far === undefined ? part : { kind: 'error', error: wentFarther(approved, far) };
      if (part.kind === 'error') return;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const { id, base } = setup;
    yield { kind: 'error', error: explainOpenAI(error, { id, origin: base, model: approved.model.model }) };
  } finally {
    ending.abort();
  }
}

type Sending = { readonly setup: OpenAISetup; readonly request: Exclude<InferenceRequest, { kind: 'unfit' }> };

async function* parts(
  approved: Approved,
  { setup, request }: Sending,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const { openaiClient, streamError } = await import('./sdk.chunk.ts');
  const model = approved.model.model;
  let headers = new Headers();
  const client = openaiClient(
    setup.base,
    checkedFetch(approved.fetch, (response) => {
      headers = response.headers;
    }),
  );
  const path = request.kind === 'chat' ? '/chat/completions' : '/completions';
  try {
    // The generic call and not the typed one: the body holds fields that only some of these servers know.
    const chunks = await client.post<AsyncIterable<unknown>>(path, { body: request.body, stream: true, signal });
    const reader = createChunkReader({
      model,
      profile: setup.profile,
      upstream: setup.profile.upstreamInHeaders(headers),
    });
    for await (const chunk of chunks) yield* reader.read(chunk);
    // The package ends its loop without a word when the signal aborts.
    signal.throwIfAborted();
    yield* reader.end();
  } catch (error) {
    const said = streamError(error);
    if (said === undefined) throw error;
    yield { kind: 'error', error: explainStreamError(said, model) };
  }
}

/** A gateway that was taken for near and names a public provider as the one who answered. */
function fartherThanProved({ proof }: Approved, upstream: string | undefined): string | undefined {
  if (proof.zone === 'cloud' || upstream === undefined) return undefined;
  const host = upstream.replace(/:\d+$/, '');
  return isKnownCloud(host) ? host : undefined;
}

function wentFarther({ model }: Approved, host: string): BackendError {
  return {
    reason: 'became-remote',
    message: `"${model.backend}" is named as near in your settings, and it let ${host} answer.`,
    action: `Take the zone of "${model.backend}" out of ringfence.backends.`,
  };
}
