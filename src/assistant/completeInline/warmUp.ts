import { isEmbedded } from '../../core/embedded/embeddedModel.ts';
import type { AskingParts, Candidate, CandidateEnd } from './candidate.ts';
import type { Job } from './job.ts';
import type { DeskPrompt } from './prompts.ts';

/** What warming up may take, in milliseconds: somewhat more than a whole prompt is to cost. */
const warmMs = 2_000;

/**
 * Loads a model and has it evaluate the prompt of a place ahead of need. Only servers of one's own are warmed: elsewhere it
 * would send text and cost money before anyone typed, and there is nothing to load. A prompt that begins with the text below
 * the cursor begins otherwise at the next place: its model is only loaded. The engine in this process has nothing to warm.
 */
export async function warmUp(parts: AskingParts, { model, facts }: Candidate, job: Job): Promise<CandidateEnd> {
  const { ports, models, prompts } = parts;
  if (isEmbedded(model)) return { kind: 'next' };
  if (facts.zone === 'cloud') return { kind: 'served' };
  if (!facts.loaded) ports.report({ kind: 'loading', model });
  const failure = facts.loaded ? undefined : await ports.guard.load(model, job.abort.signal);
  if (job.asking) job.asking.loading = false;
  ports.report({ kind: 'idle' });
  if (failure) return { kind: 'next' };
  models.noteLoaded(model);
  if (facts.order === 'suffix-first') return { kind: 'served' };
  const desk = prompts.build(job.spot, { model, facts, intent: 'warm' }, { maxTokens: 1, temperature: 0 });
  const { evaluated, charsPerToken } = prompts.speedOf(model);
  const fresh = (desk.total - desk.shared) / charsPerToken;
  const takesTooLong = evaluated !== undefined && fresh / evaluated > warmMs;
  if (!takesTooLong) await evaluate(parts, desk, job);
  return { kind: 'served' };
}

async function evaluate({ ports, prompts }: AskingParts, desk: DeskPrompt, job: Job): Promise<void> {
  const started = ports.clock.now();
  let firstTokenMs: number | undefined;
  for await (const event of ports.guard.send(desk.prompt, desk.to.model, job.abort.signal)) {
    if (event.kind === 'delta') firstTokenMs ??= ports.clock.now() - started;
    if (event.kind === 'delta' || event.kind === 'finish') prompts.evaluated(desk);
    if (event.kind === 'finish' && firstTokenMs !== undefined)
      prompts.learn(desk, { usage: event.usage, firstTokenMs, streamMs: 0, pieces: 1 });
  }
}
