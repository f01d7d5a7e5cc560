import { servedModel, type Serving } from './served-by.ts';
import type { OpenAIToolCall, ReasoningSpelling } from './options.ts';

/** Fields that every chunk of one answer shares. */
export function chunkHead(serving: Serving, object: string): object {
  const { state, asked, generationId } = serving;
  return {
    id: generationId,
    object,
    created: Math.floor(Date.now() / 1000),
    model: servedModel(state, asked),
    ...(state.profile === 'openrouter' && { provider: state.upstream.provider }),
    ...(state.profile === 'plain' && { system_fingerprint: 'fp_test', service_tier: 'default' }),
  };
}

/** One choice of a chat chunk. */
export function chatChoice({ state }: Serving, delta: object, reason: string | null): object {
  return {
    index: 0,
    delta,
    finish_reason: reason,
    ...(state.profile === 'openrouter' && { native_finish_reason: reason }),
    logprobs: null,
  };
}

/** Where reasoning goes in a delta or a message. Inline spellings are made before, in the content. */
export function reasoningFields(spelling: ReasoningSpelling, text: string): object {
  switch (spelling) {
    case 'reasoning':
      return { reasoning: text };
    case 'reasoning_content':
      return { reasoning_content: text };
    case 'thinking':
      return { thinking: text };
    case 'reasoning_details':
      return { reasoning: text, reasoning_details: [{ type: 'reasoning.text', text, format: 'unknown', index: 0 }] };
    case 'inline':
    case 'inline-close-only':
      return { content: text };
  }
}

/** The deltas of streamed tool calls: the name first, then the arguments in pieces of eight characters. */
export function toolCallDeltas(calls: readonly OpenAIToolCall[]): readonly object[] {
  return calls.flatMap((call, index) => {
    const pieces = call.arguments.match(/[\s\S]{1,8}/g) ?? [];
    return [
      { tool_calls: [{ index, ...wholeToolCall(call, index), function: { name: call.name, arguments: '' } }] },
      ...pieces.map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ];
  });
}

/** A tool call as a whole message has it. */
export function wholeToolCall(call: OpenAIToolCall, index: number): object {
  return {
    id: `call_${index}_${call.name}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  };
}

/** An error within a stream that has already said 200. */
export function streamedError(serving: Serving, message: string): string {
  const { state, behaviour } = serving;
  if (state.profile !== 'openrouter') {
    const field = behaviour.errorField === true ? 'error' : 'data';
    const error = { message, type: 'server_error', param: null, code: 500 };
    return `${field}: ${JSON.stringify(field === 'data' ? { error } : error)}\n\n`;
  }
  const error = { code: 502, message, metadata: { error_type: 'provider_unavailable' } };
  const choices = [{ index: 0, delta: { content: '' }, finish_reason: 'error', native_finish_reason: null }];
  return sse({ ...chunkHead(serving, 'chat.completion.chunk'), error, choices });
}

export function sse(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}
