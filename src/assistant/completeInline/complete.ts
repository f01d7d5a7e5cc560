import type { AskingParts, Candidate, CandidateEnd } from './candidate.ts';
import { fillIn, fillInLate } from './fillIn.ts';
import { generate, type GenerationEnd, type GenerationProgress } from './generate.ts';
import { madeBy, shownLines, type Hearing } from './job.ts';
import type { DeskPrompt } from './prompts.ts';

/** Most tokens of one answer, unasked and asked for by a command; the model is stopped earlier where it has said enough. */
const maxTokens = { automatic: 256, explicit: 512 } as const;

/** Asks one candidate for a completion, and lets the engine in this process speak for it until it does. */
export async function complete(
  parts: AskingParts,
  candidate: Candidate,
  { job, heard }: Hearing,
): Promise<CandidateEnd> {
  const { ports, prompts, book } = parts;
  const { model, facts } = candidate;
  const { id, spot, lines, temperature, explicit, abort } = job;
  const options = { maxTokens: explicit ? maxTokens.explicit : maxTokens.automatic, temperature };
  const desk = prompts.build(spot, { model, facts, intent: 'completion' }, options);
  const { tokenMs, charsPerToken } = prompts.speedOf(model);
  book.asked({ suggestion: id, standIn: false, model, lines, charsPerToken }, desk);
  ports.report({ kind: 'running', model });
  const spoke = new AbortController();
  if (facts.loaded) void fillInLate(parts, model, { job, heard, over: spoke.signal });
  else void fillIn(parts, model, { job, heard });
  const progress = (event: GenerationProgress): void => {
    spoke.abort();
    if (job.asking) job.asking.loading = event.kind === 'loading';
    if (event.kind === 'text') {
      prompts.evaluated(desk);
      return heard(event.suggestion);
    }
    ports.report({ kind: 'loading', model });
    if (facts.loaded) void fillIn(parts, model, { job, heard });
  };
  const shown = { shownLines: shownLines(job, ports.settings()), lookaheadMs: lookahead(tokenMs) };
  const plan = { id, spot, made: madeBy(model, job), prompt: desk.prompt, ...shown };
  const end = await generate(plan, ports, { signal: abort.signal, progress });
  spoke.abort();
  book.ended(id, end);
  ports.report({ kind: 'idle' });
  return conclude(parts, desk, end);
}

/** A slow model is stopped soon after its line, a quick one may say what comes next. */
function lookahead(tokenMs: number | undefined): number {
  return tokenMs !== undefined && tokenMs > 60 ? 0 : 600;
}

/** Learns from how it ended. */
function conclude({ models, prompts, patience }: AskingParts, desk: DeskPrompt, end: GenerationEnd): CandidateEnd {
  const { model } = desk.to;
  switch (end.kind) {
    case 'answered':
      patience.answered(model);
      models.noteLoaded(model);
      prompts.learn(desk, end.measured);
      return { kind: 'served' };
    case 'aborted':
    case 'refused':
      return end;
    case 'failed':
      if (end.error.reason === 'too-long') prompts.tooLong(desk);
      return end;
  }
}
