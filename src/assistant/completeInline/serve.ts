import type { Suggestion } from '../../core/completion/suggestion.ts';
import { sameModel, type ModelRef } from '../../core/exchange/model.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import { createFillIn } from './fillIn.ts';
import { generate, type GenerationProgress } from './generate.ts';
import { shownOf, type Hearing, type Job } from './job.ts';
import type { FitModel, ModelLookup } from './models.ts';
import { createPatience } from './patience.ts';
import type { InlineCompletionPorts } from './ports.ts';
import type { PromptDesk } from './prompts.ts';
import type { WhyBook } from './why.ts';

export type JobEnd = 'served' | 'nobody' | 'aborted';

export type InlineServer = {
  /** Resolves once the job is over, whoever served it; `heard` is told of every change of the suggestion. Never rejects. */
  serve(job: Job, heard: (suggestion: Suggestion) => void): Promise<JobEnd>;
  /** What the engine in this process knows, at once, for a job that has to wait for a model to be loaded. Never rejects. */
  fillIn(job: Job, heard: (suggestion: Suggestion) => void): Promise<void>;
  /** A new policy, new settings: every candidate gets another chance. */
  reset(): void;
};

type Refused = { readonly model: ModelRef; readonly refusal: Refusal };
type CandidateEnd = 'served' | 'aborted' | 'next' | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Most tokens of one answer, unasked and by hand; it is stopped earlier where it has said enough. */
const maxTokens = { automatic: 256, byHand: 512 } as const;
/** What warming up may take, in milliseconds: somewhat more than a whole prompt is to cost. */
const warmMs = 2_000;

/** Serves a job by the first candidate that may have the file, can fill in code, and answers. */
export function createServer(
  ports: InlineCompletionPorts,
  { models, prompts, book }: { readonly models: ModelLookup; readonly prompts: PromptDesk; readonly book: WhyBook },
): InlineServer {
  const { clock, report, settings } = ports;
  const patience = createPatience(clock);
  const fillIn = createFillIn(ports, { models, prompts, book });

  return {
    serve: async (job, heard) => {
      const refused: Refused[] = [];
      for (const model of settings().models) {
        if (job.abort.signal.aborted) return 'aborted';
        if (!job.explicit && patience.isClosed(model, job.spot.document.uri)) continue;
        const end = await serveBy(model, job, heard);
        if (typeof end === 'object') refused.push({ model, refusal: end.refusal });
        else if (end === 'aborted') return end;
        else if (end === 'served') {
          tellRefused(refused, job, { servedBy: model });
          return end;
        }
      }
      tellRefused(refused, job, {});
      return 'nobody';
    },
    fillIn: async (job, heard) => {
      const [wished] = settings().models;
      if (wished) await fillIn.atOnce(wished, { job, heard });
    },
    reset: patience.reset,
  };

  /** Until someone was told, the next job asks again. */
  function tellRefused(refused: readonly Refused[], { spot }: Job, instead: { readonly servedBy?: ModelRef }): void {
    for (const { model, refusal } of refused) {
      patience.refused(model, spot.document.uri);
      report({ kind: 'refused', model, refusal, ...instead });
    }
  }

  async function serveBy(model: ModelRef, job: Job, heard: (suggestion: Suggestion) => void): Promise<CandidateEnd> {
    const facts = await models.of(model);
    switch (facts.kind) {
      case 'unfit':
        report({ kind: 'unfit', model, why: facts.why });
        return 'next';
      case 'failed':
        patience.failed(model, facts.error);
        report({ kind: 'failed', model, error: facts.error });
        return 'next';
      case 'fit':
        // What steps in for another never lies in the cloud: an outage or a rule moves no code outward.
        if (facts.zone === 'cloud' && !isWished(model)) return 'next';
        await chatFirst(model, facts, job);
        if (job.abort.signal.aborted) return 'aborted';
        job.asking = { model, zone: facts.zone, since: clock.now() };
        return (job.intent === 'warm' ? warm(model, facts, job) : complete(model, facts, { job, heard })).finally(
          () => (job.asking = undefined),
        );
    }
  }

  function isWished(model: ModelRef): boolean {
    const [wished] = settings().models;
    return wished !== undefined && sameModel(wished, model);
  }

  async function complete(model: ModelRef, facts: FitModel, { job, heard }: Hearing): Promise<CandidateEnd> {
    const { id, spot, lines, temperature } = job;
    const options = { maxTokens: job.explicit ? maxTokens.byHand : maxTokens.automatic, temperature };
    const desk = prompts.build(spot, { model, facts, intent: 'completion' }, options);
    const { tokenMs, charsPerToken } = prompts.speedOf(model);
    book.asked({ suggestion: id, standIn: false, model, lines, at: clock.now(), charsPerToken }, desk);
    report({ kind: 'running', model });
    job.loading = !facts.loaded;
    const silence = new AbortController();
    if (facts.loaded) void fillIn.late(model, { job, heard }, silence.signal);
    else void fillIn.atOnce(model, { job, heard });
    const progress = (event: GenerationProgress): void => {
      silence.abort();
      job.loading = event.kind === 'loading';
      if (event.kind === 'text') {
        prompts.evaluated(desk);
        return heard(event.suggestion);
      }
      report({ kind: 'loading', model });
      if (facts.loaded) void fillIn.atOnce(model, { job, heard });
    };
    const length = { lines, ...shownOf(job, settings()), lookaheadMs: lookahead(tokenMs) };
    const plan = { id, spot, model, ...length, standIn: false, prompt: desk.prompt };
    const end = await generate(plan, ports, { signal: job.abort.signal, progress });
    silence.abort();
    job.loading = false;
    book.ended(id, end);
    report({ kind: 'idle' });
    switch (end.kind) {
      case 'answered':
        patience.answered(model);
        models.isLoaded(model);
        prompts.learn(desk, end.measured);
        return 'served';
      case 'aborted':
        return 'aborted';
      case 'refused':
        return end;
      case 'failed':
        if (end.error.reason === 'too-long') prompts.tooLong(desk);
        patience.failed(model, end.error);
        report({ kind: 'failed', model, error: end.error });
        return 'next';
    }
  }

  /**
   * Only servers of one's own are warmed: elsewhere it would send text and cost money before anyone typed, and there is nothing
   * to load. A prompt that begins with the text below the cursor begins otherwise at the next place: its model is only loaded.
   * The engine in this process has nothing to warm.
   */
  async function warm(model: ModelRef, facts: FitModel, job: Job): Promise<CandidateEnd> {
    if (model.backend === 'embedded') return 'next';
    if (facts.zone === 'cloud') return 'served';
    job.loading = !facts.loaded;
    if (!facts.loaded) report({ kind: 'loading', model });
    const failure = facts.loaded ? undefined : await ports.guard.load(model, job.abort.signal);
    job.loading = false;
    report({ kind: 'idle' });
    if (failure) return 'next';
    models.isLoaded(model);
    if (facts.order === 'suffix-first') return 'served';
    const desk = prompts.build(job.spot, { model, facts, intent: 'warm' }, { maxTokens: 1, temperature: 0 });
    const { evaluated, charsPerToken } = prompts.speedOf(model);
    const fresh = (desk.total - desk.shared) / charsPerToken;
    if (evaluated !== undefined && fresh / evaluated > warmMs) return 'served';
    const started = clock.now();
    let firstTokenMs: number | undefined;
    for await (const event of ports.guard.send(desk.prompt, model, job.abort.signal)) {
      if (event.kind === 'delta') firstTokenMs ??= clock.now() - started;
      if (event.kind === 'delta' || event.kind === 'finish') prompts.evaluated(desk);
      if (event.kind === 'finish' && firstTokenMs !== undefined)
        prompts.learn(desk, { usage: event.usage, firstTokenMs, streamMs: 0, pieces: 1 });
    }
    return 'served';
  }

  /** Servers beyond one's own serve many at a time. */
  async function chatFirst(model: ModelRef, { loaded, zone }: FitModel, job: Job): Promise<void> {
    const needed = { model, loaded };
    if (zone === 'cloud' || !ports.chat.active(needed)) return;
    report({ kind: 'waiting for chat', model });
    await ports.chat.idle(needed, job.abort.signal);
    report({ kind: 'idle' });
  }
}

/** A slow model is stopped soon after its line, a quick one may say what comes next. */
function lookahead(tokenMs: number | undefined): number {
  return tokenMs !== undefined && tokenMs > 60 ? 0 : 600;
}
