import type { Behaviour } from '../fake-server/behaviour.ts';
import type { ScriptedCompletion } from '../fake-server/continuation.ts';
import type { JsonRecord } from '../fake-server/json.ts';
import type { LoopbackPlace } from '../fake-server/loopback.ts';
import type { SeenRequest } from '../fake-server/seen-request.ts';

export type Capability = 'completion' | 'tools' | 'insert' | 'vision' | 'embedding' | 'thinking' | 'image' | 'audio';

/** A manifest that only points to a model on another host; the server relays to it. */
export interface StubTarget {
  /** As the server shows it, e.g. `https://ollama.com:443`. Traffic really goes to the fake's own `cloud`. */
  readonly remoteHost: string;
  readonly remoteModel: string;
}

/** One model in the server's store. */
export interface FakeModel {
  /** `name` or `name:tag`; without a tag it is `:latest`. */
  readonly name: string;
  readonly size?: number;
  readonly family?: string;
  /** Go template; the capability `insert` is what decides about suffix mode. */
  readonly template?: string;
  readonly system?: string;
  readonly parameterSize?: string;
  readonly quantization?: string;
  /** `completion` and, for templates with `.Suffix`, `insert`, unless told. */
  readonly capabilities?: readonly Capability[];
  /** Tokens the model was trained for; 32768 unless told. */
  readonly contextLength?: number;
  readonly stub?: StubTarget;
  /** Turns the model into a stub right after the next /api/show about it was answered. */
  readonly swapAfterShow?: StubTarget;
  /** Already in memory when the server starts, with default runner options. */
  readonly loaded?: boolean;
  /** Milliseconds a cold load takes. */
  readonly loadMs?: number;
  /** How requests for this model are served; what the server's `behaviour` hook says goes first. */
  readonly behaviour?: OllamaBehaviour;
}

export interface OllamaBehaviour extends Behaviour {
  /** Milliseconds a cold load takes, instead of the model's. */
  readonly loadMs?: number;
  /** The load fails with a 500 and this text, after `loadMs`; the model stays cold. */
  readonly loadError?: string;
}

/** What a fake model is asked. */
export interface AnswerRequest {
  readonly model: string;
  /** The prompt, or the chat's messages one after the other. */
  readonly prompt: string;
  readonly suffix: string | undefined;
  /** Empty for completions. */
  readonly messages: readonly JsonRecord[];
  readonly tools: readonly unknown[];
  readonly seen: SeenRequest;
}

export interface ToolCallAnswer {
  readonly name: string;
  readonly arguments: JsonRecord;
}

/** What a fake model says. */
export interface FullAnswer {
  readonly text: string;
  /** Said before the text when the model thinks and was not told not to. */
  readonly thinking?: string;
  readonly toolCalls?: readonly ToolCallAnswer[];
  /** Tool calls come with the last frame, as from models that run on their GGUF template. */
  readonly toolCallsLast?: boolean;
}

export interface PullLayer {
  readonly digest: string;
  readonly total: number;
}

/** What the registry offers for /api/pull. */
export interface PullableModel extends FakeModel {
  readonly layers?: readonly PullLayer[];
  /** Bytes per progress frame. */
  readonly stepBytes?: number;
  /** Milliseconds between progress frames. */
  readonly stepMs?: number;
  /** The download fails with this error frame after `failAfterBytes`, once; the next pull resumes. */
  readonly failure?: { readonly afterBytes: number; readonly message: string };
}

export interface FakeOllamaOptions extends LoopbackPlace {
  /** 0.33.0 unless told. Routes and name rules follow it. */
  readonly version?: string;
  readonly models?: readonly FakeModel[];
  readonly pullable?: readonly PullableModel[];
  readonly answer?: (request: AnswerRequest) => string | FullAnswer;
  /** Used when there is no `answer`. */
  readonly completions?: readonly ScriptedCompletion[];
  readonly chatAnswer?: string | FullAnswer;
  readonly behaviour?: (request: SeenRequest) => OllamaBehaviour | undefined;
  /** The same for the cloud that explicit cloud names and stubs are relayed to. */
  readonly cloudBehaviour?: (request: SeenRequest) => OllamaBehaviour | undefined;
  readonly cloudAnswer?: (request: AnswerRequest) => string | FullAnswer;
  /** The server was told to keep off the cloud. */
  readonly cloudDisabled?: boolean;
  /** Hosts that stubs may point to; `ollama.com` unless told. */
  readonly remotes?: readonly string[];
  /** Generations at once per model; 1, Ollama's own default, unless told. */
  readonly parallel?: number;
  /** Requests that may wait for a load before the server says it is busy; 512 unless told. */
  readonly maxQueue?: number;
  /** Context of runners when a request names none; 4096 unless told. */
  readonly defaultContext?: number;
  /** Milliseconds to evaluate one prompt token that is not in the cache. 0 unless told. */
  readonly promptTokenMs?: number;
  /**
   * Prompt tokens that are evaluated in one go, whether or not the client is still there: 1024 in servers since 0.30 with the
   * usual context. Unless told, who leaves is missed at once.
   */
  readonly batchTokens?: number;
  /** Milliseconds per generated token. 0 unless told. */
  readonly tokenMs?: number;
}
