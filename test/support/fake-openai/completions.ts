import { continuation } from '../fake-server/continuation.ts';
import { text } from '../fake-server/json.ts';
import { answerOf, prepare, remember, wantsUsage, type Prepared } from './prepare.ts';
import { suffixRefusal } from './refusals.ts';
import { routerMetadata, servedByHeaders, type Serving } from './served-by.ts';
import { say } from './saying.ts';
import { chunkHead, sse, streamedError } from './shapes.ts';

/** POST /completions: plain text in, plain text out, with a `suffix` where the product takes one. */
export async function answerCompletions(serving: Serving): Promise<void> {
  const { body } = serving.exchange;
  const prompt = text(body['prompt']) ?? '';
  const usual = continuation(prompt, serving.state.options.completions ?? []);
  const answer = answerOf(serving, { prompt, suffix: text(body['suffix']), messages: [], usual });
  const prepared = await prepare(serving, { prompt, answer, refusal: suffixRefusal(serving) });
  if (prepared === undefined) return;
  if (serving.streams) await stream(serving, prepared);
  else await whole(serving, prepared);
}

async function stream(serving: Serving, { speech, usage }: Prepared): Promise<void> {
  const { exchange, behaviour } = serving;
  const { wire } = exchange;
  const head = chunkHead(serving, 'text_completion');
  const chunk = (said: string, reason: string | null): string =>
    sse({ ...head, choices: [{ index: 0, text: said, finish_reason: reason, logprobs: null }] });
  for await (const event of say(serving, speech.plan)) {
    if (event.kind === 'reset' || event.kind === 'error' || event.kind === 'cut') exchange.note({ outcome: 'error' });
    if (event.kind === 'reset') return wire.reset();
    if (event.kind === 'text') await wire.write(chunk(event.text, null));
    if (event.kind === 'garbage') await wire.write('data: {"id":"cmpl-1","obj\n\n');
    if (event.kind === 'error') await wire.write(streamedError(serving, event.message));
    if (event.kind === 'error' || event.kind === 'cut') return wire.end();
  }
  if (exchange.signal.aborted) return;
  await wire.write(chunk('', speech.plan.reason));
  if (wantsUsage(serving)) await wire.write(sse({ ...head, choices: [], usage, ...routerMetadata(serving) }));
  if (behaviour.withoutDone !== true) await wire.write('data: [DONE]\n\n');
  remember(serving, usage);
  wire.end();
}

async function whole(serving: Serving, { speech, usage }: Prepared): Promise<void> {
  const { exchange } = serving;
  let said = '';
  for await (const event of say(serving, speech.plan)) {
    if (event.kind === 'text') said += event.text;
    else if (event.kind === 'error')
      return exchange.wire.json(500, { error: { message: event.message, type: 'server_error' } });
    else if (event.kind === 'reset' || event.kind === 'cut') {
      exchange.note({ outcome: 'error' });
      return exchange.wire.reset();
    }
  }
  if (exchange.signal.aborted) return;
  const choices = [{ index: 0, text: said, finish_reason: speech.plan.reason, logprobs: null }];
  remember(serving, usage);
  await exchange.wire.json(200, { ...chunkHead(serving, 'text_completion'), choices, usage }, servedByHeaders(serving));
}
