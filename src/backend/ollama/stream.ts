import type { StreamPart } from '../../core/exchange/stream.ts';
import { pipeErrorIn } from '../../core/exchange/pipeError.ts';
import { chatMessages } from '../../core/prompt/chatMessages.ts';
import { renderFim, renderSuffixMode } from '../../core/prompt/fim.ts';
import { chooseTemplate } from '../../core/prompt/templates.ts';
import { pinnedName } from '../../core/zone/cloudName.ts';
import type { Approved } from '../approved.ts';
import { HttpFailure } from '../httpFailure.ts';
import { ollamaClient } from './client.ts';
import { explainFrame, explainOllama } from './failure.ts';
import { partsOfFrame, type FrameContext } from './frames.ts';
import { isOllamaLoaded } from './isLoaded.ts';
import { runnerOptions, type OllamaOptions } from './options.ts';
import { withLoading } from './withLoading.ts';

/** Sends an approved request to `/api/generate` (completion) or `/api/chat` and reads the frames. */
export async function* streamOllama(
  approved: Approved,
  options: OllamaOptions,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const context = frameContext(approved);
  // Leaving the loop early must reach the server: the package would let it generate on.
  const ending = new AbortController();
  const live = AbortSignal.any([signal, ending.signal]);
  const { base, keepAlive } = options;
  const lookUp = (): Promise<boolean> =>
    isOllamaLoaded(approved.fetch, { base, keepAlive, model: context.shown }, live);
  try {
    // Before the first word: what someone keeps for ever must not be told another time.
    if (!keepAlive.isKnown(context.shown)) await lookUp().catch(() => keepAlive.saw(context.shown, undefined));
    const request = requestOf(approved, { asked: context.asked, options });
    if (request.kind === 'unfit') {
      yield { kind: 'error', error: { reason: 'no-insert', message: request.why } };
      return;
    }
    const frames = read(approved, { request, context, options }, live);
    yield* withLoading(frames, {
      isLoaded: lookUp,
      afterMs: options.loadingAfterMs,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    yield { kind: 'error', error: explainOllama(error, { origin: options.base, model: context.shown }) };
  } finally {
    ending.abort();
  }
}

function frameContext({ model, proof }: Approved): FrameContext {
  const evidence = proof.evidence.model;
  const pinned = evidence.kind === 'local' && evidence.pinned;
  return {
    asked: pinned ? pinnedName(model.model) : model.model,
    shown: model.model,
    provedLocal: evidence.kind === 'local',
  };
}

type WireRequest =
  | { readonly kind: 'generate'; readonly body: Record<string, unknown> & { model: string; prompt: string } }
  | { readonly kind: 'chat'; readonly body: Record<string, unknown> & { model: string } }
  | { readonly kind: 'unfit'; readonly why: string };

/** `truncate: false` makes too long a prompt an error instead of a prompt cut in the middle; `shift` is never sent. */
function requestOf(
  approved: Approved,
  { asked, options }: { readonly asked: string; readonly options: OllamaOptions },
): WireRequest {
  const { parts, info, intent } = approved;
  const fills = parts.some((part) => part.role === 'prefix' || part.role === 'suffix');
  const common = { model: asked, keep_alive: options.keepAlive.of(info.ref.model), truncate: false };
  if (!fills) {
    const think = approved.options.think === true && intent === 'chat' && info.capabilities.includes('thinking');
    return {
      kind: 'chat',
      body: { ...common, messages: chatMessages(parts), think, options: runnerOptions(approved, options, []) },
    };
  }
  const choice = chooseTemplate({
    name: info.ref.model,
    family: info.family,
    template: info.template,
    capabilities: info.capabilities,
    override: options.templateFor(info.ref.model),
  });
  switch (choice.kind) {
    case 'unfit':
      return choice;
    case 'raw': {
      const { prompt, stop } = renderFim(parts, choice.template);
      return {
        kind: 'generate',
        body: { ...common, prompt, raw: true, think: false, options: runnerOptions(approved, options, stop) },
      };
    }
    case 'suffix':
      return {
        kind: 'generate',
        body: { ...common, ...renderSuffixMode(parts), think: false, options: runnerOptions(approved, options, []) },
      };
  }
}

async function* read(
  { fetch }: Approved,
  sent: {
    readonly request: Exclude<WireRequest, { kind: 'unfit' }>;
    readonly context: FrameContext;
    readonly options: OllamaOptions;
  },
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const { request, context, options } = sent;
  const client = ollamaClient(fetch, options.base, signal);
  try {
    const frames =
      request.kind === 'generate'
        ? await client.generate({ ...request.body, stream: true })
        : await client.chat({ ...request.body, stream: true });
    for await (const frame of frames)
      for (const part of partsOfFrame(frame, context)) {
        yield part;
        if (part.kind === 'error') return;
      }
  } catch (error) {
    if (pipeErrorIn(error) || error instanceof HttpFailure || !(error instanceof Error)) throw error;
    yield endOf(error, context);
  }
}

/** The package tells an error frame and a missing last frame apart only by the words of a plain error. */
function endOf(error: Error, context: FrameContext): StreamPart {
  if (error.message === 'Did not receive done or success response in stream.')
    return { kind: 'finish', reason: 'incomplete', usage: {}, served: { model: context.shown } };
  return { kind: 'error', error: explainFrame(error.message, context.shown) };
}
