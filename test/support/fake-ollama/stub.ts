import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { STATUS_CODES } from 'node:http';
import { list, number, parseJson, record, text, type JsonRecord } from '../fake-server/json.ts';
import { send, type Call } from './call.ts';
import { askCloud, deviceSignature } from './cloud-request.ts';
import type { GenerationEvent, Metrics, ToolCall } from './events.ts';
import type { StubTarget } from './options.ts';

/**
 * A stub under an innocent name: the server asks the remote host itself and stamps `remote_model` and `remote_host` on
 * every frame, under the name that the client asked for. The OpenAI routes have no place for the stamps and lose them.
 */
export function relayStub(call: Call, path: '/api/generate' | '/api/chat', target: StubTarget): Promise<void> {
  return send(call, { model: text(call.body['model']) ?? '', stub: target }, remoteEvents(call, path, target));
}

async function* remoteEvents(call: Call, path: string, target: StubTarget): AsyncGenerator<GenerationEvent> {
  const { state, exchange, body } = call;
  try {
    const reply = await askCloud({
      url: new URL(path, state.cloudUrl),
      method: 'POST',
      headers: {
        host: 'ollama.com',
        'content-type': 'application/json',
        accept: 'application/x-ndjson',
        'user-agent': `ollama/${state.version} (amd64 linux) Go/go1.26.0`,
        authorization: deviceSignature,
      },
      body: JSON.stringify({ ...body, model: target.remoteModel }),
      signal: exchange.signal,
    });
    yield* (reply.statusCode ?? 500) >= 400 ? remoteFailure(reply) : remoteFrames(reply);
  } catch {
    if (exchange.signal.aborted) return;
    const message = `Post "${target.remoteHost}${path}": dial tcp: connect: connection refused`;
    yield { kind: 'error', status: 500, message };
  }
}

async function* remoteFailure(reply: IncomingMessage): AsyncGenerator<GenerationEvent> {
  const status = reply.statusCode ?? 500;
  const parts: string[] = [];
  for await (const part of reply) parts.push(String(part));
  const message = text(record(parseJson(parts.join('')))['error']) ?? parts.join('');
  if (status === 401) {
    const body = { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=this-device&key=ZmFrZQ' };
    yield { kind: 'error', status, message: 'unauthorized', body };
    return;
  }
  // The server serialises its client's error type as it is, capital letters included.
  const body = { StatusCode: status, Status: `${status} ${STATUS_CODES[status] ?? ''}`, error: message };
  yield { kind: 'error', status, message, body };
}

async function* remoteFrames(reply: IncomingMessage): AsyncGenerator<GenerationEvent> {
  for await (const line of createInterface({ input: reply, crlfDelay: Infinity })) {
    const frame = record(parseJson(line));
    const message = record(frame['message']);
    const failure = text(frame['error']);
    if (failure !== undefined) {
      yield { kind: 'error', status: 500, message: failure };
      return;
    }
    const said = text(frame['response']) ?? text(message['content']) ?? '';
    const thought = text(frame['thinking']) ?? text(message['thinking']) ?? '';
    const calls = list(message['tool_calls']).map(toolCall);
    if (thought !== '') yield { kind: 'thinking', text: thought };
    if (frame['done'] === true) yield finalEvent(frame, said, calls);
    else if (calls.length > 0) yield { kind: 'tools', calls };
    else if (said !== '') yield { kind: 'text', text: said };
  }
}

function toolCall(value: unknown): ToolCall {
  const called = record(record(value)['function']);
  return {
    id: text(record(value)['id']) ?? '',
    function: { index: number(called['index']) ?? 0, name: text(called['name']) ?? '', arguments: called['arguments'] },
  };
}

const metricNames = [
  'total_duration',
  'load_duration',
  'prompt_eval_count',
  'prompt_eval_duration',
  'eval_count',
  'eval_duration',
] as const satisfies readonly (keyof Metrics)[];

function finalEvent(frame: JsonRecord, said: string, calls: readonly ToolCall[]): GenerationEvent {
  const metrics = Object.fromEntries(metricNames.map((name) => [name, number(frame[name]) ?? 0]));
  return { kind: 'final', reason: text(frame['done_reason']), text: said, calls, metrics, context: undefined };
}
