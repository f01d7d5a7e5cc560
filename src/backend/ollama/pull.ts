import type { PullEvent } from '../../core/exchange/guard.ts';
import { pipeErrorIn } from '../../core/exchange/pipeError.ts';
import { nameSource } from '../../core/zone/cloudName.ts';
import type { Probe } from '../backend.ts';
import { HttpFailure } from '../httpFailure.ts';
import { numberIn, objectOf, present, textIn } from '../json.ts';
import { ollamaClient } from './client.ts';
import { explainOllama } from './failure.ts';

/** Downloads a model, with progress per layer. Ends with `done` or `error`; an abort ends it without a word, and the download can be resumed. */
export async function* pullOllama(
  { fetch }: Probe,
  { base, model }: { readonly base: string; readonly model: string },
  signal: AbortSignal,
): AsyncGenerator<PullEvent> {
  if (nameSource(model) === 'cloud') {
    const message = `${model} is a cloud model: there is nothing to download.`;
    yield { kind: 'error', error: { reason: 'bad-request', message, action: 'Choose a local model.' } };
    return;
  }
  const ending = new AbortController();
  try {
    const client = ollamaClient(fetch, base, AbortSignal.any([signal, ending.signal]));
    for await (const frame of await client.pull({ model, stream: true })) {
      const event = eventOf(frame);
      yield event;
      if (event.kind === 'done') return;
    }
  } catch (error) {
    if (!signal.aborted) yield { kind: 'error', error: explainPull(error, { base, model }) };
  } finally {
    ending.abort();
  }
}

function eventOf(value: unknown): PullEvent {
  const frame = objectOf(value);
  const status = textIn(frame, 'status') ?? '';
  if (status === 'success') return { kind: 'done' };
  const amounts = present<{ completed: number; total: number }>({
    completed: numberIn(frame, 'completed'),
    total: numberIn(frame, 'total'),
  });
  return { kind: 'progress', status, ...amounts };
}

function explainPull(error: unknown, { base, model }: { readonly base: string; readonly model: string }) {
  if (pipeErrorIn(error) || error instanceof HttpFailure) return explainOllama(error, { origin: base, model });
  const text = error instanceof Error ? error.message : '';
  if (/manifest.*(does not exist|unknown)|file does not exist/.test(text))
    return {
      reason: 'model-missing',
      message: `There is no model ${model} to download.`,
      action: 'Check its name on ollama.com/library.',
    } as const;
  if (/no space left|disk/.test(text))
    return {
      reason: 'load-failed',
      message: 'The disk of the server is full.',
      action: 'Free some space and pull again.',
    } as const;
  return {
    reason: 'broken-stream',
    message: `The download of ${model} stopped.`,
    action: 'Pull again; it goes on where it stopped.',
  } as const;
}
