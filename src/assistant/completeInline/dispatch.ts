import type { Suggestion } from '../../core/completion/suggestion.ts';
import { sameModel, type ModelRef } from '../../core/exchange/model.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import type { AskingParts, Candidate, CandidateEnd } from './candidate.ts';
import { complete } from './complete.ts';
import { fillIn, fillInLate } from './fillIn.ts';
import { broken } from './generate.ts';
import type { Hearing, Job, JobEnd } from './job.ts';
import { createPatience } from './patience.ts';
import type { InlineCompletionPorts } from './ports.ts';
import { warmUp } from './warmUp.ts';

/** Finds who serves a job. */
export type Dispatch = {
  /** Resolves once the job is over, whoever served it; `heard` is told of every change of the suggestion. Never rejects. */
  serve(job: Job, heard: (suggestion: Suggestion) => void): Promise<JobEnd>;
  /** What the engine in this process knows, at once, for a job that has to wait for a model to be loaded. Never rejects. */
  fillIn(job: Job, heard: (suggestion: Suggestion) => void): Promise<void>;
  /** A new policy, new settings: every candidate gets another chance. */
  reset(): void;
};

type Refused = { readonly model: ModelRef; readonly refusal: Refusal };

/** Serves a job by the first candidate that may have the file, can fill in code, and answers. */
export function createDispatch(
  ports: InlineCompletionPorts,
  known: Pick<AskingParts, 'models' | 'prompts' | 'book'>,
): Dispatch {
  const { clock, report, settings } = ports;
  const patience = createPatience(clock);
  const parts: AskingParts = { ports, ...known, patience };

  return {
    serve: async (job, heard) => {
      const refused: Refused[] = [];
      for (const model of settings().models) {
        if (job.abort.signal.aborted) return 'aborted';
        if (!job.explicit && patience.isClosed(model, textOf(job))) continue;
        const end = await serveBy(model, { job, heard }).catch((cause: unknown) => broke(model, job, cause));
        if (end.kind === 'aborted') return 'aborted';
        if (end.kind === 'refused') refused.push({ model, refusal: end.refusal });
        if (end.kind !== 'served') continue;
        tellRefused(refused, job, { servedBy: model });
        return 'served';
      }
      tellRefused(refused, job, {});
      return 'nobody';
    },
    fillIn: async (job, heard) => {
      const [wished] = settings().models;
      if (wished) await fillIn(parts, wished, { job, heard });
    },
    reset: patience.reset,
  };

  /** A refusal is remembered only once it was told: until then the next job asks again. */
  function tellRefused(refused: readonly Refused[], job: Job, instead: { readonly servedBy?: ModelRef }): void {
    for (const { model, refusal } of refused) {
      patience.refused(model, textOf(job));
      report({ kind: 'refused', model, refusal, ...instead });
    }
  }

  /** What breaks on the way to one candidate is told like any other failure, and the next one is asked. */
  function broke(model: ModelRef, { abort }: Job, cause: unknown): CandidateEnd {
    if (abort.signal.aborted) return { kind: 'aborted' };
    const error = broken(model, cause);
    patience.failed(model, error);
    report({ kind: 'failed', model, error });
    return { kind: 'next' };
  }

  async function serveBy(model: ModelRef, hearing: Hearing): Promise<CandidateEnd> {
    const told = new AbortController();
    if (hearing.job.intent === 'completion') void fillInLate(parts, model, { ...hearing, spoke: told.signal });
    const facts = await parts.models.of(model).finally(() => told.abort());
    switch (facts.kind) {
      case 'unfit':
        report({ kind: 'unfit', model, why: facts.why });
        return { kind: 'next' };
      case 'failed':
        patience.failed(model, facts.error);
        report({ kind: 'failed', model, error: facts.error });
        return { kind: 'next' };
      case 'fit':
        // What steps in for another never lies in the cloud: an outage or a rule moves no code outward.
        if (facts.zone === 'cloud' && !isWished(model)) return { kind: 'next' };
        return askInTurn({ model, facts }, hearing);
    }
  }

  function isWished(model: ModelRef): boolean {
    const [wished] = settings().models;
    return wished !== undefined && sameModel(wished, model);
  }

  async function askInTurn(candidate: Candidate, hearing: Hearing): Promise<CandidateEnd> {
    const { model, facts } = candidate;
    const { job } = hearing;
    await chatFirst(candidate, job);
    if (job.abort.signal.aborted) return { kind: 'aborted' };
    job.asking = { model, zone: facts.zone, since: clock.now(), loading: !facts.loaded };
    const asked = job.intent === 'warm' ? warmUp(parts, candidate, job) : complete(parts, candidate, hearing);
    return asked.finally(() => (job.asking = undefined));
  }

  /** Servers beyond one's own serve many at a time. */
  async function chatFirst({ model, facts: { loaded, zone } }: Candidate, job: Job): Promise<void> {
    const needed = { model, loaded };
    if (zone === 'cloud' || !ports.chat.active(needed)) return;
    report({ kind: 'waiting for chat', model });
    await ports.chat.idle(needed, job.abort.signal);
    report({ kind: 'idle' });
  }
}

/** What a refusal holds for: the document, as far as its text may go. With something put in that may go less far it is another. */
function textOf({ spot: { document } }: Job): string {
  return `${document.uri} ${document.text.label.reach}`;
}
