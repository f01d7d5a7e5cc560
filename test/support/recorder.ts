import type { OutgoingHttpHeaders } from 'node:http';
import { startFakeServer, type Exchange, type FakeServer } from './fake-server/fake-server.ts';
import { text } from './fake-server/json.ts';
import type { LoopbackPlace } from './fake-server/loopback.ts';
import type { SeenRequest } from './fake-server/seen-request.ts';

export interface RecorderReply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

export interface RecorderOptions extends LoopbackPlace {
  /** The reply to one request; undefined for the usual one. */
  readonly reply?: (request: SeenRequest) => RecorderReply | undefined;
}

/**
 * A server that takes anything on any path, keeps every byte and answers so that clients go on: model lists, whole chat
 * answers, event streams and NDJSON streams, whichever the request looks for. Ask `saw(canary)` what has leaked.
 */
export function startRecorder(options: RecorderOptions = {}): Promise<FakeServer> {
  return startFakeServer(options, (exchange) => {
    const { status, headers, body } = options.reply?.(exchange.seen()) ?? usualReply(exchange);
    return exchange.wire.whole(status, headers, body);
  });
}

function usualReply({ seen, body }: Exchange): RecorderReply {
  const { path, headers } = seen();
  const model = text(body['model']) ?? 'recorder';
  if (path.startsWith('/api/')) return nativeReply(model, body['stream'] !== false);
  const accepts = headers.accept ?? '';
  if (body['stream'] === true || accepts.includes('text/event-stream')) return eventStream(model);
  if (path.endsWith('/models'))
    return json({ object: 'list', data: [{ id: model, object: 'model', owned_by: 'recorder' }] });
  const message = { role: 'assistant', content: 'recorded' };
  return json({
    id: 'chatcmpl-recorder',
    object: 'chat.completion',
    created: 1_790_856_000,
    model,
    choices: [{ index: 0, message, text: 'recorded', finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

function nativeReply(model: string, stream: boolean): RecorderReply {
  const created_at = '2026-10-01T12:00:00Z';
  const said = { response: 'recorded', message: { role: 'assistant', content: 'recorded' } };
  const last = { model, created_at, done: true, done_reason: 'stop' };
  if (!stream) return json({ ...last, ...said });
  const empty = { response: '', message: { role: 'assistant', content: '' } };
  const frames = [
    { model, created_at, ...said, done: false },
    { ...last, ...empty },
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/x-ndjson' },
    body: frames.map((frame) => `${JSON.stringify(frame)}\n`).join(''),
  };
}

function eventStream(model: string): RecorderReply {
  const head = { id: 'chatcmpl-recorder', object: 'chat.completion.chunk', created: 1_790_856_000, model };
  const chunks = [
    { index: 0, delta: { role: 'assistant', content: 'recorded' }, text: 'recorded', finish_reason: null },
    { index: 0, delta: {}, text: '', finish_reason: 'stop' },
  ];
  const lines = chunks.map((choice) => `data: ${JSON.stringify({ ...head, choices: [choice] })}\n\n`);
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: `${lines.join('')}data: [DONE]\n\n`,
  };
}

function json(value: unknown): RecorderReply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
