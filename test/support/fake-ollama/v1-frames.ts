import type { ErrorEvent, GenerationEvent, ToolCall } from './events.ts';
import { collect, type FrameNames, type Frames } from './frames.ts';

/** Chunks of /v1/chat/completions. The first has the role, the finish reason has a chunk of its own. */
export function v1ChatFrames(includeUsage: boolean): (names: FrameNames) => Frames {
  return ({ model }) => {
    const head = { id: 'chatcmpl-417', created: now(), model, system_fingerprint: 'fp_ollama' };
    const chunks = createChatChunks(head, includeUsage);
    return {
      streamType: 'text/event-stream',
      line: (event) => {
        switch (event.kind) {
          case 'text':
            return chunks.delta({ content: event.text });
          case 'thinking':
            return chunks.delta({ content: '', reasoning: event.text });
          case 'tools':
            return chunks.tools(event.calls);
          case 'final':
            return chunks.last(event);
          case 'error':
            // The error is lost here: what comes out is an empty chunk of no model, and then nothing.
            return chunks.delta({ content: '' }, { model: '' });
          case 'garbage':
            return 'data: {"id":"chatcmpl-417","obj\n\n';
          case 'alone':
          case 'cut':
          case 'reset':
            return '';
        }
      },
      whole: (events) => ({ ...head, object: 'chat.completion', ...wholeChat(events) }),
      failure: v1Failure,
    };
  };
}

/** The chunks of one answer, which remember whether the role has been told and a tool called. */
function createChatChunks(head: object, includeUsage: boolean) {
  let first = true;
  let calledTools = false;
  const chunk = (choice: object, extra: object = {}): string =>
    sse({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }], ...extra });
  const delta = (said: object, extra: object = {}): string => {
    const opening = first ? { role: 'assistant' } : {};
    first = false;
    return chunk({ delta: { ...opening, ...said }, finish_reason: null }, extra);
  };
  const tools = (calls: readonly ToolCall[]): string => {
    calledTools = true;
    return delta({ content: '', tool_calls: calls.map(v1Call) });
  };
  const last = (event: Extract<GenerationEvent, { kind: 'final' }>): string => {
    const calls = event.calls.length > 0 ? tools(event.calls) : '';
    const opening = first ? delta({ content: '' }) : '';
    const reason = event.reason === 'stop' && calledTools ? 'tool_calls' : (event.reason ?? 'stop');
    const usage = includeUsage
      ? sse({ ...head, object: 'chat.completion.chunk', choices: [], usage: usageOf(event) })
      : '';
    return `${calls}${opening}${chunk({ delta: {}, finish_reason: reason })}${usage}data: [DONE]\n\n`;
  };
  return { delta, tools, last };
}

/** Chunks of /v1/completions. With usage asked for, every chunk carries one, all zero until the last. */
export function v1CompletionFrames(includeUsage: boolean): (names: FrameNames) => Frames {
  return ({ model }) => {
    const head = { id: 'cmpl-417', object: 'text_completion', created: now() };
    const chunk = (text: string, reason: string | null, named = model): string =>
      sse({
        ...head,
        choices: [{ text, index: 0, finish_reason: reason }],
        model: named,
        system_fingerprint: 'fp_ollama',
        ...(includeUsage && { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }),
      });
    return {
      streamType: 'text/event-stream',
      line: (event) => {
        if (event.kind === 'text') return chunk(event.text, null);
        if (event.kind === 'thinking') return chunk('', null);
        if (event.kind === 'error') return chunk('', null, '');
        if (event.kind === 'garbage') return 'data: {"id":"cmpl-417","obj\n\n';
        if (event.kind !== 'final') return '';
        const usage = includeUsage ? sse({ ...head, choices: [], model, usage: usageOf(event) }) : '';
        return `${chunk(event.text, event.reason ?? null)}${usage}data: [DONE]\n\n`;
      },
      whole: (events) => {
        const final = events.find((event) => event.kind === 'final');
        const choices = [{ text: collect(events).text, index: 0, finish_reason: final?.reason ?? null }];
        return { ...head, model, system_fingerprint: 'fp_ollama', choices, usage: usageOf(final) };
      },
      failure: v1Failure,
    };
  };
}

function wholeChat(events: readonly GenerationEvent[]): object {
  const { text, thinking, calls } = collect(events);
  const final = events.find((event) => event.kind === 'final');
  const message = {
    role: 'assistant',
    content: text,
    ...(thinking !== '' && { reasoning: thinking }),
    ...(calls.length > 0 && { tool_calls: calls.map(v1Call) }),
  };
  const reason = final?.reason === 'stop' && calls.length > 0 ? 'tool_calls' : (final?.reason ?? null);
  return { choices: [{ index: 0, message, finish_reason: reason }], usage: usageOf(final) };
}

function v1Call({ id, function: called }: ToolCall): object {
  const { index, name, arguments: values } = called;
  return { id, index, type: 'function', function: { name, arguments: JSON.stringify(values) } };
}

function usageOf(final: Extract<GenerationEvent, { kind: 'final' }> | undefined): object {
  const prompt = final?.metrics.prompt_eval_count ?? 0;
  const completion = final?.metrics.eval_count ?? 0;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function v1Failure({ status, message }: ErrorEvent): unknown {
  const type = status === 400 ? 'invalid_request_error' : status === 404 ? 'not_found_error' : 'api_error';
  return { error: { message, type, param: null, code: null } };
}

function sse(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
