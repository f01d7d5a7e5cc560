import { clean } from '../../core/completion/clean/clean.ts';
import { placeOf } from '../../core/completion/clean/place.ts';
import type { LineMode } from '../../core/completion/lineMode.ts';
import { countLines } from '../../core/completion/offer.ts';
import { originOf } from '../../core/completion/origin.ts';
import type { Spot } from '../../core/completion/spot.ts';
import type { Suggestion } from '../../core/completion/suggestion.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import { formatModelRef } from '../../core/exchange/model.ts';
import type { BackendError, Usage } from '../../core/exchange/stream.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import type { LabelledPrompt } from '../../core/prompt/labelledPrompt.ts';
import type { InlineCompletionPorts } from './ports.ts';

/** One request to one model, as it goes on. */
export type GenerationPlan = {
  readonly id: number;
  readonly spot: Spot;
  readonly model: ModelRef;
  readonly lines: LineMode;
  /** How many lines are shown at once; all of them where they were asked for by hand. */
  readonly shownLines: number;
  readonly byHand: boolean;
  readonly standIn: boolean;
  readonly prompt: LabelledPrompt;
  /** How long the model may speak on after what is shown is there, in milliseconds: what it says then needs no request. */
  readonly lookaheadMs: number;
};

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

/**
 * Sends one prompt and turns what comes back into a growing suggestion. Stops the model once nothing that it could add would be
 * shown. Ends by itself; never throws.
 */
export async function generate(
  plan: GenerationPlan,
  { guard, clock }: Pick<InlineCompletionPorts, 'guard' | 'clock'>,
  { progress, signal }: { readonly progress: (event: GenerationProgress) => void; readonly signal: AbortSignal },
): Promise<GenerationEnd> {
  const enough = new AbortController();
  const listen = createListener(plan, clock);
  let end: GenerationEnd | undefined;
  for await (const event of guard.send(plan.prompt, plan.model, AbortSignal.any([signal, enough.signal]))) {
    switch (event.kind) {
      case 'decided':
        if (event.verdict.kind === 'refuse') end = { kind: 'refused', refusal: event.verdict.cause };
        break;
      case 'loading':
        progress(event);
        break;
      case 'delta':
        if (enough.signal.aborted || signal.aborted) break;
        progress({ kind: 'text', suggestion: listen.hear(event.text) });
        if (listen.heardEnough()) {
          progress({ kind: 'text', suggestion: listen.cutOff() });
          enough.abort();
        }
        break;
      case 'finish':
        // A page of a proxy, say: it is no answer that nothing comes here.
        if (event.reason === 'incomplete' && !listen.heardAny()) break;
        progress({ kind: 'text', suggestion: listen.finish({ complete: event.reason === 'stop' }) });
        end = { kind: 'answered', measured: listen.measured(event.usage) };
        break;
      case 'error':
        end = { kind: 'failed', error: event.error };
        break;
      case 'reasoning':
      case 'receipt':
        break;
    }
  }
  if (enough.signal.aborted) return { kind: 'answered', measured: listen.measured({}) };
  if (signal.aborted) return { kind: 'aborted' };
  return (
    end ?? {
      kind: 'failed',
      error: { reason: 'broken-stream', message: `${formatModelRef(plan.model)} ended without an answer.` },
    }
  );
}

function createListener(plan: GenerationPlan, clock: InlineCompletionPorts['clock']) {
  const place = placeOf(plan.spot);
  const { model, lines, spot, prompt, byHand, standIn } = plan;
  const temperature = prompt.options.temperature ?? 0;
  const made = { model, lines, temperature, byHand, standIn, reach: spot.document.text.label.reach };
  const origin = originOf(plan.spot);
  const started = clock.now();
  let raw = '';
  let pieces = 0;
  let firstAt: number | undefined;
  let shownAt: number | undefined;
  let ended = false;

  const suggestion = (done: boolean, complete: boolean): Suggestion => {
    const cleaned = clean(raw, place, { done });
    ended = cleaned.ended;
    if (countLines(cleaned.text.slice(0, cleaned.settled)) >= plan.shownLines) shownAt ??= clock.now();
    const { id } = plan;
    return {
      id,
      origin,
      made,
      text: cleaned.text,
      settled: cleaned.settled,
      done: done || ended,
      complete,
      closed: ended,
    };
  };
  return {
    hear: (text: string): Suggestion => {
      firstAt ??= clock.now();
      pieces += 1;
      raw += text;
      return suggestion(false, false);
    },
    heardAny: (): boolean => pieces > 0,
    /** The end has come, or what is shown is there and the model has spoken on for as long as that may take. */
    heardEnough: (): boolean => ended || (shownAt !== undefined && clock.now() - shownAt > plan.lookaheadMs),
    finish: ({ complete }: { complete: boolean }): Suggestion => suggestion(true, complete),
    /** Leaves out the line that the model was in the middle of, unless it had come to its end there. */
    cutOff: (): Suggestion => {
      if (!ended) raw = raw.slice(0, raw.lastIndexOf('\n') + 1);
      return suggestion(true, false);
    },
    measured: (usage: Usage): Measured => {
      const now = clock.now();
      return { usage, firstTokenMs: (firstAt ?? now) - started, streamMs: now - (firstAt ?? now), pieces, lines };
    },
  };
}
