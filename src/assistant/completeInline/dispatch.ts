import { ownReach } from '../../core/completion/spot.ts';
import type { Suggestion } from '../../core/completion/suggestion.ts';
import { sameModel, type ModelRef } from '../../core/exchange/model.ts';
import type { BackendError } from '../../core/exchange/stream.ts';
import type { Refusal } from '../../core/exchange/verdict.ts';
import { mayReach, type Zone } from '../../core/label/reach.ts';
import { broken } from './broken.ts';
import type { AskingParts, Candidate, CandidateEnd } from './candidate.ts';
import { complete } from './complete.ts';
import { fillIn, fillInLate } from './fillIn.ts';
import type { Hearing, Job, JobEnd } from './job.ts';
import type { InlineCompletionPorts } from './ports.ts';
import { warmUp } from './warmUp.ts';

/** Finds who serves a job. */
export type Dispatch = {
  /** Resolves once the job is over, whoever served it; `heard` is told of every change of the suggestion. Never rejects. */
  serve(job: Job, heard: (suggestion: Suggestion) => void): Promise<JobEnd>;
  /** What the engine in this process knows, at once, for a job that has to wait for a model to be loaded. Never rejects. */
  fillIn(job: Job, heard: (suggestion: Suggestion) => void): Promise<void>;
};

type Refused = { readonly model: ModelRef; readonly refusal: Refusal };

/** Serves a job by the first candidate that may have the file, can fill in code, and answers. */
export function createDispatch(ports: InlineCompletionPorts, shared: Omit<AskingParts, 'ports'>): Dispatch {
  const { clock, report, settings } = ports;
  const { patience } = shared;
  const parts: AskingParts = { ports, ...shared };

  return {
    serve: async (job, heard) => {
      const refused: Refused[] = [];
      for (const model of settings().models) {
        if (job.abort.signal.aborted) return 'aborted';
        if (!job.explicit && patience.isClosed(model, job.spot.document)) continue;
        const end = await serveBy(model, { job, heard }).catch((cause: unknown) => broke(model, job, cause));
        if (end.kind === 'aborted') return 'aborted';
        if (end.kind === 'refused') refused.push({ model, refusal: end.refusal });
        if (end.kind === 'failed') tellFailed(model, end.error);
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
  };

  /** A refusal is remembered only once it was told: until then the next job asks again. */
  function tellRefused(refused: readonly Refused[], job: Job, instead: { readonly servedBy?: ModelRef }): void {
    for (const { model, refusal } of refused) {
      patience.refused(model, job.spot.document);
      report({ kind: 'refused', model, refusal, ...instead });
    }
  }

  function tellFailed(model: ModelRef, error: BackendError): void {
    patience.failed(model, error);
    report({ kind: 'failed', model, error });
  }

  /** What throws on the way to a model is a failure like any other, unless the abort made it throw. */
  function broke(model: ModelRef, { abort }: Job, cause: unknown): CandidateEnd {
    return abort.signal.aborted ? { kind: 'aborted' } : { kind: 'failed', error: broken(model, cause) };
  }

  async function serveBy(model: ModelRef, hearing: Hearing): Promise<CandidateEnd> {
    const known = new AbortController();
    if (hearing.job.intent === 'completion') void fillInLate(parts, model, { ...hearing, over: known.signal });
    const facts = await parts.models.of(model).finally(() => known.abort());
    switch (facts.kind) {
      case 'unfit':
        report({ kind: 'unfit', model, why: facts.why });
        return { kind: 'next' };
      case 'failed':
        return facts;
      case 'fit':
        // What steps in for another never lies in the cloud: an outage or a rule moves no code outward.
        if (facts.zone === 'cloud' && !isWished(model)) return { kind: 'next' };
        if (isHeldByWhatIsNotTaken(hearing.job, facts.zone)) return { kind: 'next' };
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

/**
 * Whether a text may not go there only for something in it that the user has not taken yet: a selected item, an offer. The
 * guard would refuse it; who is nearer is asked without ado, for the document itself is not held back.
 */
function isHeldByWhatIsNotTaken({ spot }: Job, zone: Zone): boolean {
  return mayReach(ownReach(spot), zone) && !mayReach(spot.document.text.label.reach, zone);
}
