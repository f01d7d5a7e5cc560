import type { OutgoingHttpHeaders } from 'node:http';
import type { Behaviour } from '../fake-server/behaviour.ts';
import type { ScriptedCompletion } from '../fake-server/continuation.ts';
import type { JsonRecord } from '../fake-server/json.ts';
import type { LoopbackPlace } from '../fake-server/loopback.ts';
import type { SeenRequest } from '../fake-server/seen-request.ts';

/** Which product the server plays: shapes of lists, chunks, errors and headers follow it. */
export type OpenAIProfile = 'plain' | 'openrouter' | 'litellm' | 'portkey' | 'vllm' | 'llamacpp';

/** Where a chunk carries reasoning. */
export type ReasoningSpelling =
  | 'reasoning'
  | 'reasoning_content'
  | 'thinking'
  /** `reasoning` and typed `reasoning_details` beside it. */
  | 'reasoning_details'
  /** In the content, between `<think>` and `</think>`. */
  | 'inline'
  /** In the content, ended by a lone `</think>`: the template had opened the tag in the prompt. */
  | 'inline-close-only';

export interface OpenAIModel {
  readonly id: string;
  readonly contextLength?: number;
  /** US dollars per token, as strings. */
  readonly pricing?: { readonly prompt: string; readonly completion: string };
  /** What replies say in `model`, where the product does not put the asked name there. */
  readonly servedAs?: string;
}

export interface OpenAIToolCall {
  readonly name: string;
  /** JSON text; it is streamed in pieces. */
  readonly arguments: string;
}

export interface OpenAIAnswer {
  readonly text: string;
  readonly reasoning?: string;
  /** The profile's own unless told. */
  readonly spelling?: ReasoningSpelling;
  readonly toolCalls?: readonly OpenAIToolCall[];
}

export interface OpenAIAnswerRequest {
  readonly model: string;
  /** The prompt, or the contents of the messages one after the other. */
  readonly prompt: string;
  readonly suffix: string | undefined;
  readonly messages: readonly JsonRecord[];
  readonly seen: SeenRequest;
}

/** Who really ran the model, for products that say so. */
export interface Upstream {
  readonly provider: string;
  /** Base URL that a gateway forwarded to. */
  readonly apiBase: string;
  /** How many other deployments or providers were tried before. */
  readonly attemptedFallbacks: number;
  readonly region: string;
  /** Says that it keeps nothing; `provider.zdr` asks for that. */
  readonly keepsNothing: boolean;
  /** May train on what it gets; `provider.data_collection: "deny"` asks for the contrary. */
  readonly collectsData: boolean;
}

export interface OpenAIBehaviour extends Behaviour {
  /** Comment lines before the first chunk, `tokenMs` apart; one for OpenRouter unless told. */
  readonly comments?: number;
  /** The stream ends after the finish reason without `[DONE]`. */
  readonly withoutDone?: boolean;
  /** Usage comes in a chunk of its own with empty choices (the rule), on the finish chunk, or never. */
  readonly usageIn?: 'own-chunk' | 'finish-chunk' | 'nowhere';
  /** Errors in a stream come in an `error:` field instead of `data:`, as from old llama.cpp servers. */
  readonly errorField?: boolean;
  /** The gateway answers from its cache: no word about who served it. */
  readonly cacheHit?: boolean;
}

export interface FakeOpenAIOptions extends LoopbackPlace {
  readonly profile?: OpenAIProfile;
  readonly models?: readonly OpenAIModel[];
  /** When set, every route but OpenRouter's public model list wants it as a bearer token. */
  readonly apiKey?: string;
  readonly upstream?: Partial<Upstream>;
  readonly answer?: (request: OpenAIAnswerRequest) => string | OpenAIAnswer;
  readonly completions?: readonly ScriptedCompletion[];
  readonly chatAnswer?: string | OpenAIAnswer;
  readonly behaviour?: (request: SeenRequest) => OpenAIBehaviour | undefined;
  /** Whether /completions takes a `suffix`; by profile unless told. */
  readonly takesSuffix?: boolean;
  readonly tokenMs?: number;
  /** Added to every reply of an inference route. */
  readonly headers?: OutgoingHttpHeaders;
}
