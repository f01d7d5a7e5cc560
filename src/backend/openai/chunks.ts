import type { FinishReason, StreamPart, Usage } from '../../core/exchange/stream.ts';
import { listIn, numberIn, objectOf, present, textIn, type JsonObject } from '../json.ts';
import { explainStreamError, notThisProtocol } from './failure.ts';
import type { Profile } from './profile.ts';
import { createThinkSplitter, opensThinking, type ThinkSplitter } from './thinkSplitter.ts';

/** Reads the chunks of one answer in order and remembers what its end will need. */
export type ChunkReader = {
  read(chunk: unknown): readonly StreamPart[];
  /** The stream is over: what was held back, and how it ended. */
  end(): readonly StreamPart[];
};

export type ReadingContext = {
  readonly model: string;
  readonly profile: Profile;
  /** From the headers; a chunk that names one counts more. */
  readonly upstream: string | undefined;
};

/**
 * Reads chat and text completion chunks. Reasoning comes under three names, as details, or inside the text; usage comes on
 * the last chunk, on one of its own, or never; and an answer is whole only if some chunk gave a finish reason.
 */
export function createChunkReader({ model, profile, upstream: fromHeaders }: ReadingContext): ChunkReader {
  let splitter: ThinkSplitter | undefined;
  let reasonedApart = false;
  let chunks = 0;
  let reason: FinishReason | undefined;
  let usage: Usage = {};
  let served = model;
  let upstream = fromHeaders;
  return {
    read(value) {
      const chunk = objectOf(value);
      chunks += 1;
      served = textIn(chunk, 'model') ?? served;
      upstream = profile.upstreamIn(chunk) ?? upstream;
      usage = { ...usage, ...usageOf(objectOf(chunk['usage'])) };
      const [choice = {}] = listIn(chunk, 'choices');
      const delta = objectOf(choice['delta']);
      const failed = failureIn(chunk, choice, model);
      if (failed) return [failed];
      reason = reasonOf(textIn(choice, 'finish_reason')) ?? reason;
      const reasoning = reasoningIn(delta);
      reasonedApart ||= reasoning !== undefined;
      const text = textIn(delta, 'content') ?? textIn(choice, 'text');
      if (text !== undefined) splitter ??= createThinkSplitter({ opened: !reasonedApart && opensThinking(model) });
      return [
        ...(reasoning === undefined ? [] : [{ kind: 'reasoning', text: reasoning } as const]),
        ...(text === undefined ? [] : (splitter?.push(text) ?? [])),
      ];
    },
    end() {
      if (chunks === 0) return [{ kind: 'error', error: notThisProtocol }];
      return [
        ...(splitter?.end() ?? []),
        {
          kind: 'finish',
          reason: reason ?? 'incomplete',
          usage,
          served: upstream === undefined ? { model: served } : { model: served, upstream },
        },
      ];
    },
  };
}

function failureIn(chunk: JsonObject, choice: JsonObject, model: string): StreamPart | undefined {
  const said = chunk['error'] ?? choice['error'];
  const failed = (said !== undefined && said !== null) || choice['finish_reason'] === 'error';
  return failed ? { kind: 'error', error: explainStreamError(said, model) } : undefined;
}

function reasoningIn(delta: JsonObject): string | undefined {
  const plain = textIn(delta, 'reasoning_content') ?? textIn(delta, 'reasoning') ?? textIn(delta, 'thinking');
  if (plain !== undefined) return plain;
  const details = listIn(delta, 'reasoning_details').map(
    (detail) => textIn(detail, 'text') ?? textIn(detail, 'summary') ?? '',
  );
  return details.join('') || undefined;
}

/** A filter that cut the answer leaves it incomplete; calls of tools that were never offered end it like a stop. */
function reasonOf(finish: string | undefined): FinishReason | undefined {
  switch (finish) {
    case undefined:
      return undefined;
    case 'length':
    case 'max_tokens':
      return 'length';
    case 'content_filter':
      return 'incomplete';
    default:
      return 'stop';
  }
}

function usageOf(usage: JsonObject): Usage {
  const cached = objectOf(usage['prompt_tokens_details']);
  return present<Usage>({
    promptTokens: numberIn(usage, 'prompt_tokens'),
    outputTokens: numberIn(usage, 'completion_tokens'),
    cachedTokens: numberIn(cached, 'cached_tokens') ?? numberIn(usage, 'prompt_cache_hit_tokens'),
    costUsd: numberIn(usage, 'cost'),
    loadMs: undefined,
    promptMs: undefined,
    outputMs: undefined,
  });
}
