import { formatModelRef, type ModelRef } from '../core/exchange/model.ts';
import type { BackendError } from '../core/exchange/stream.ts';
import type { LineMode } from '../core/completion/lineMode.ts';
import type { Spot } from '../core/completion/spot.ts';
import type { Suggestion } from '../core/completion/suggestion.ts';
import { generate } from './completeInlineGenerate.ts';
import type { createModelFacts } from './completeInlineModels.ts';
import type { InlineCompletionPorts } from './completeInlinePorts.ts';
import type { PromptDesk } from './completeInlinePrompts.ts';

/** One wish for a suggestion, before it is known who serves it. */
export type Job = {
  readonly id: number;
  readonly spot: Spot;
  readonly lines: LineMode;
  readonly explicit: boolean;
  readonly abort: AbortController;
  /** Set while the model is being loaded: an abort would undo the load. */
  loading: boolean;
};

/** How long a refusal by the policy is remembered, and the first pause after a server that does not answer, in milliseconds. */
const refusedMs = 10_000;
const backoffMs = 1_000;
const longestBackoffMs = 60_000;

/** Serves a job by the first candidate that may have the file, can fill in code, and answers. */
export function createServer(
  ports: InlineCompletionPorts,
  { models, prompts }: { readonly models: ReturnType<typeof createModelFacts>; readonly prompts: PromptDesk },
) {
  const { clock, report, settings, chat } = ports;
  const closed = new Map<string, { readonly until: number; readonly pause: number }>();

  return {
    /** Resolves once the job is over, whoever served it; `heard` is told of every change of the suggestion. */
    serve: async (job: Job, heard: (suggestion: Suggestion) => void): Promise<'served' | 'nobody' | 'aborted'> => {
      for (const model of settings().models) {
        if (job.abort.signal.aborted) return 'aborted';
        if (!job.explicit && isClosed(model, job)) continue;
        const end = await tryModel(model, job, heard);
        if (end !== 'next') return end;
      }
      return 'nobody';
    },
    /** A new policy, new settings: every candidate gets another chance. */
    reset: (): void => closed.clear(),
  };

  async function tryModel(
    model: ModelRef,
    job: Job,
    heard: (suggestion: Suggestion) => void,
  ): Promise<'served' | 'aborted' | 'next'> {
    const facts = await models(model);
    if (facts.kind === 'unfit') {
      report({ kind: 'unfit', model, why: facts.why });
      return 'next';
    }
    if (facts.kind === 'failed') return failed(model, facts.error);
    await chatFirst(model, job);
    if (job.abort.signal.aborted) return 'aborted';
    const { lines, spot, id } = job;
    const speed = prompts.speedOf(model);
    const desk = prompts.build(spot, { model, facts, intent: 'completion' }, { maxTokens: 192, temperature: 0 });
    report({ kind: 'running', model });
    job.loading = !facts.loaded;
    const plan = {
      id,
      spot,
      model,
      lines,
      maxLines: settings().maxLines,
      prompt: desk.prompt,
      lookaheadMs: lookahead(speed.tokenMs),
    };
    const end = await generate(plan, ports, {
      signal: job.abort.signal,
      progress: (event) => {
        job.loading = event.kind === 'loading';
        if (event.kind === 'loading') report({ kind: 'loading', model });
        else heard(event.suggestion);
      },
    });
    job.loading = false;
    report({ kind: 'idle' });
    switch (end.kind) {
      case 'answered':
        closed.delete(closedKey(model));
        prompts.learn(model, desk, end.measured);
        return 'served';
      case 'aborted':
        return 'aborted';
      case 'refused':
        report({ kind: 'refused', model, refusal: end.refusal });
        closed.set(closedKey(model, job), { until: clock.now() + refusedMs, pause: refusedMs });
        return 'next';
      case 'failed':
        return failed(model, end.error);
    }
  }

  function failed(model: ModelRef, error: BackendError): 'next' {
    report({ kind: 'failed', model, error });
    const pause = Math.min(longestBackoffMs, (closed.get(closedKey(model))?.pause ?? backoffMs / 2) * 2);
    const wait = error.retryAfterMs ?? pause;
    closed.set(closedKey(model), { until: clock.now() + wait, pause });
    return 'next';
  }

  async function chatFirst(model: ModelRef, job: Job): Promise<void> {
    if (!chat.active(model)) return;
    report({ kind: 'waiting for chat', model });
    await chat.idle(model, job.abort.signal);
  }

  function isClosed(model: ModelRef, job: Job): boolean {
    const now = clock.now();
    return [closedKey(model), closedKey(model, job)].some((key) => (closed.get(key)?.until ?? -Infinity) > now);
  }
}

/** A failure closes a model for every file, a refusal only for this one. */
function closedKey(model: ModelRef, job?: Job): string {
  return job ? `${formatModelRef(model)} ${job.spot.document.uri}` : formatModelRef(model);
}

/** A slow model is stopped soon after its line, a quick one may say what comes next: about 600 ms either way. */
function lookahead(tokenMs: number | undefined): number {
  return tokenMs !== undefined && tokenMs > 60 ? 0 : 600;
}
