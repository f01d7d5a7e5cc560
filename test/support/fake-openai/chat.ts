import { plainChatAnswer } from '../fake-server/continuation.ts';
import { list, record, text } from '../fake-server/json.ts';
import { answerOf, prepare, remember, wantsUsage, type Prepared } from './prepare.ts';
import { routerMetadata, servedByHeaders, type Serving } from './served-by.ts';
import { say, type SayEvent } from './saying.ts';
import { chatChoice, chunkHead, reasoningFields, sse, streamedError, toolCallDeltas, wholeToolCall } from './shapes.ts';

/** POST /chat/completions. */
export async function answerChat(serving: Serving): Promise<void> {
  const messages = list(serving.exchange.body['messages']).map(record);
  const prompt = messages.map(({ content }) => contentText(content)).join('\n');
  const answer = answerOf(serving, { prompt, suffix: undefined, messages, usual: plainChatAnswer });
  const prepared = await prepare(serving, { prompt, answer, refusal: undefined });
  if (prepared === undefined) return;
  if (serving.streams) await stream(serving, prepared);
  else await whole(serving, prepared);
}

async function stream(serving: Serving, { speech, usage }: Prepared): Promise<void> {
  const { exchange, behaviour } = serving;
  const { wire } = exchange;
  const head = chunkHead(serving, 'chat.completion.chunk');
  const chunk = (delta: object, reason: string | null, extra: object = {}): string =>
    sse({ ...head, choices: [chatChoice(serving, delta, reason)], ...extra });
  let opened = false;
  for await (const event of say(serving, speech.plan)) {
    if (event.kind === 'reset' || event.kind === 'error' || event.kind === 'cut') exchange.note({ outcome: 'error' });
    if (event.kind === 'reset') return wire.reset();
    if (!opened) await wire.write(chunk({ role: 'assistant', content: '' }, null));
    opened = true;
    await wire.write(line(serving, event, (delta) => chunk(deltaOf(delta, speech.spelling), null)));
    if (event.kind === 'error' || event.kind === 'cut') return wire.end();
  }
  if (exchange.signal.aborted) return;
  const calls = speech.answer.toolCalls ?? [];
  if (!opened) await wire.write(chunk({ role: 'assistant', content: '' }, null));
  for (const delta of toolCallDeltas(calls)) await wire.write(chunk(delta, null));
  const reason = calls.length > 0 && speech.plan.reason === 'stop' ? 'tool_calls' : speech.plan.reason;
  const where = wantsUsage(serving) ? (behaviour.usageIn ?? 'own-chunk') : 'nowhere';
  await wire.write(chunk({}, reason, where === 'finish-chunk' ? { usage } : {}));
  const last = { ...(where === 'own-chunk' && { usage }), ...routerMetadata(serving) };
  if (Object.keys(last).length > 0) await wire.write(sse({ ...head, choices: [], ...last }));
  if (behaviour.withoutDone !== true) await wire.write('data: [DONE]\n\n');
  remember(serving, usage);
  wire.end();
}

type Said = Extract<SayEvent, { kind: 'text' | 'thinking' }>;

function line(serving: Serving, event: Exclude<SayEvent, { kind: 'reset' }>, chunk: (said: Said) => string): string {
  switch (event.kind) {
    case 'text':
    case 'thinking':
      return chunk(event);
    case 'error':
      return streamedError(serving, event.message);
    case 'garbage':
      return 'data: {"id":"chatcmpl-1","obj\n\n';
    case 'cut':
      return '';
  }
}

function deltaOf(said: Said, spelling: Prepared['speech']['spelling']): object {
  return said.kind === 'text' ? { content: said.text } : reasoningFields(spelling, said.text);
}

async function whole(serving: Serving, { speech, usage }: Prepared): Promise<void> {
  const { exchange } = serving;
  const said = { text: '', thinking: '' };
  for await (const event of say(serving, speech.plan)) {
    if (event.kind === 'text' || event.kind === 'thinking') said[event.kind] += event.text;
    else if (event.kind === 'error') {
      return exchange.wire.json(500, {
        error: { message: event.message, type: 'server_error', param: null, code: null },
      });
    } else if (event.kind === 'reset' || event.kind === 'cut') {
      exchange.note({ outcome: 'error' });
      return exchange.wire.reset();
    }
  }
  if (exchange.signal.aborted) return;
  const calls = speech.answer.toolCalls ?? [];
  const message = {
    role: 'assistant',
    content: said.text,
    ...(said.thinking !== '' && reasoningFields(speech.spelling, said.thinking)),
    ...(calls.length > 0 && { tool_calls: calls.map(wholeToolCall) }),
  };
  const reason = calls.length > 0 && speech.plan.reason === 'stop' ? 'tool_calls' : speech.plan.reason;
  const choices = [{ index: 0, message, finish_reason: reason, logprobs: null }];
  remember(serving, usage);
  const head = chunkHead(serving, 'chat.completion');
  const reply = { ...head, choices, usage, ...routerMetadata(serving) };
  await exchange.wire.json(200, reply, servedByHeaders(serving));
}

function contentText(content: unknown): string {
  return (
    text(content) ??
    list(content)
      .map((part) => text(record(part)['text']) ?? '')
      .join('')
  );
}
