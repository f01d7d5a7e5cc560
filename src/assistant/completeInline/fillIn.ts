import type { ModelRef } from '../../core/exchange/model.ts';
import { generate } from './generate.ts';
import { shownOf, type Hearing } from './job.ts';
import type { ModelLookup } from './models.ts';
import type { InlineCompletionPorts } from './ports.ts';
import type { PromptDesk } from './prompts.ts';
import type { WhyBook } from './why.ts';

/** How long a model that is in memory may say nothing until the code itself is asked, in milliseconds. */
const silentMs = 2_000;
const options = { maxTokens: 256, temperature: 0 } as const;

/** Lets the engine in this process say what it knows, in the place of a model that has not spoken. Never rejects. */
export function createFillIn(
  ports: InlineCompletionPorts,
  { models, prompts, book }: { readonly models: ModelLookup; readonly prompts: PromptDesk; readonly book: WhyBook },
) {
  const { clock, settings } = ports;

  /** While a model is being loaded. */
  const atOnce = async (model: ModelRef, { job, heard }: Hearing): Promise<void> => {
    const engine = settings().models.find(({ backend }) => backend === 'embedded' && backend !== model.backend);
    const facts = engine && (await models.of(engine));
    if (!engine || facts?.kind !== 'fit') return;
    const { spot, lines, abort, standIn: id } = job;
    const desk = prompts.glance(spot, { model: engine, facts, intent: 'completion' }, options);
    book.asked({ suggestion: id, standIn: true, model: engine, lines, at: clock.now(), charsPerToken: 1 }, desk);
    const shown = shownOf(job, settings());
    const plan = { id, spot, model: engine, lines, ...shown, standIn: true, prompt: desk.prompt, lookaheadMs: 0 };
    const end = await generate(plan, ports, {
      signal: abort.signal,
      progress: (event) => event.kind === 'text' && heard(event.suggestion),
    });
    book.ended(id, end);
  };
  return {
    atOnce,
    /** A model that is in memory and says nothing serves somebody else first, or hangs, or has much to read. */
    late: async (model: ModelRef, hearing: Hearing, broken: AbortSignal): Promise<void> => {
      const over = AbortSignal.any([hearing.job.abort.signal, broken]);
      await clock.delay(silentMs, over);
      if (!over.aborted) await atOnce(model, hearing);
    },
  };
}
