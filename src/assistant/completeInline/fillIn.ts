import { isEmbedded } from '../../core/embedded/embeddedModel.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import type { AskingParts } from './candidate.ts';
import { generate } from './generate.ts';
import { madeBy, shownLines, type Hearing } from './job.ts';

const options = { maxTokens: 256, temperature: 0 } as const;

/**
 * Lets the engine in this process say what it knows in the place of a model that is being loaded. Nothing where the engine is
 * switched off, or was asked itself. Never rejects.
 */
export async function fillIn(parts: AskingParts, model: ModelRef, { job, heard }: Hearing): Promise<void> {
  const { ports, models, prompts, book } = parts;
  const engine = isEmbedded(model) ? undefined : ports.settings().models.find(isEmbedded);
  const facts = engine && (await models.of(engine));
  if (!engine || facts?.kind !== 'fit') return;
  const { standInId: id, spot, lines, abort } = job;
  const desk = prompts.glance(spot, { model: engine, facts, intent: 'completion' }, options);
  book.asked({ suggestion: id, standIn: true, model: engine, lines, charsPerToken: 1 }, desk);
  const made = { ...madeBy(engine, job), temperature: options.temperature, standIn: true };
  const shown = { shownLines: shownLines(job, ports.settings()), lookaheadMs: 0 };
  const end = await generate({ id, spot, made, prompt: desk.prompt, ...shown }, ports, {
    signal: abort.signal,
    progress: (event) => event.kind === 'text' && heard(event.suggestion),
  });
  book.ended(id, end);
}

/** How long a server may say nothing until the engine fills in for it, in milliseconds. */
const silentMs = 2_000;

/**
 * The same for a model that says nothing though none is being loaded: it serves somebody else first, or hangs, or has much to
 * read. `over` aborts when the silence is over.
 */
export async function fillInLate(
  parts: AskingParts,
  model: ModelRef,
  { job, heard, over }: Hearing & { readonly over: AbortSignal },
): Promise<void> {
  const stop = AbortSignal.any([job.abort.signal, over]);
  await parts.ports.clock.delay(silentMs, stop);
  if (!stop.aborted) await fillIn(parts, model, { job, heard });
}
