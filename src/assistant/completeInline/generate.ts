import type { LineMode } from '../../core/completion/lineMode.ts';
import type { Suggestion } from '../../core/completion/suggestion.ts';
import { formatModelRef, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError, Usage } from '../../core/exchange/stream.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import type { LabelledPrompt } from '../../core/prompt/labelledPrompt.ts';
import { broken } from './broken.ts';
import { createListener, type Expected } from './listen.ts';
import type { InlineCompletionPorts } from './ports.ts';

/** One request to one model. */
export type GenerationPlan = Expected & { readonly prompt: LabelledPrompt };

export type GenerationEnd =
  | { readonly kind: 'answered'; readonly measured: Measured }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: BackendError }
  | { readonly kind: 'aborted' };

export type Measured = {
  readonly usage: Usage;
  readonly firstTokenMs: number;
  readonly streamMs: number;
  readonly pieces: number;
  readonly lines?: LineMode;
};

/** `loading` is told before the first text of a model that was not in memory. */
export type GenerationProgress =
  { readonly kind: 'loading' } | { readonly kind: 'text'; readonly suggestion: Suggestion };

type Hearer = { readonly progress: (event: GenerationProgress) => void; readonly signal: AbortSignal };

/**
 * Sends one prompt and turns what comes back into a growing suggestion. Stops the model once nothing that it could add would be
 * shown. Ends by itself; never throws.
 */
export async function generate(
  plan: GenerationPlan,
  ports: Pick<InlineCompletionPorts, 'guard' | 'clock'>,
  hearer: Hearer,
): Promise<GenerationEnd> {
  try {
    return await hearOut(plan, ports, hearer);
  } catch (cause) {
    return hearer.signal.aborted ? { kind: 'aborted' } : { kind: 'failed', error: broken(plan.made.model, cause) };
  }
}

async function hearOut(
  plan: GenerationPlan,
  { guard, clock }: Pick<InlineCompletionPorts, 'guard' | 'clock'>,
  { progress, signal }: Hearer,
): Promise<GenerationEnd> {
  const { prompt, made } = plan;
  const enough = new AbortController();
  const listener = createListener(plan, clock);
  const answered = (usage: Usage): GenerationEnd => ({
    kind: 'answered',
    measured: { usage, ...listener.timing(), lines: made.lines },
  });
  const tell = (suggestion: Suggestion): void => progress({ kind: 'text', suggestion });
  let end: GenerationEnd | undefined;
  for await (const event of guard.send(prompt, made.model, AbortSignal.any([signal, enough.signal]))) {
    switch (event.kind) {
      case 'decided':
        listener.madeFrom(event.label);
        if (event.verdict.kind === 'refuse') end = { kind: 'refused', refusal: event.verdict.cause };
        break;
      case 'loading':
        progress(event);
        break;
      case 'delta':
        if (enough.signal.aborted || signal.aborted) break;
        tell(listener.hear(event.text));
        if (!listener.heardEnough()) break;
        tell(listener.cutOff());
        enough.abort();
        break;
      case 'finish':
        // An empty answer that breaks off, such as a proxy's error page, does not say that nothing comes here.
        if (event.reason === 'incomplete' && !listener.heardAny()) break;
        tell(listener.finish(event.reason === 'stop' ? 'complete' : 'cut'));
        end = answered(event.usage);
        break;
      case 'error':
        end = { kind: 'failed', error: event.error };
        break;
      case 'reasoning':
      case 'receipt':
        break;
    }
  }
  if (enough.signal.aborted) return answered({});
  if (signal.aborted) return { kind: 'aborted' };
  return end ?? { kind: 'failed', error: withoutAnswer(made.model) };
}

function withoutAnswer(model: ModelRef): BackendError {
  return { reason: 'broken-stream', message: `${formatModelRef(model)} ended without an answer.` };
}
