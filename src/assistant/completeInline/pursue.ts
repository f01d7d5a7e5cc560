import type { Known } from '../../core/completion/suggestionCache.ts';
import { isEmbedded } from '../../core/embedded/embeddedModel.ts';
import { isWarmingFor, type Job } from './job.ts';
import type { Jobs } from './jobs.ts';
import type { createPace } from './pace.ts';
import type { Clock, InlineSettings } from './ports.ts';
import type { PromptDesk } from './prompts.ts';
import type { Shelf } from './shelf.ts';
import { giveUp, type Wish, type Wishes } from './wish.ts';

type Parts = {
  readonly wishes: Wishes;
  readonly shelf: Pick<Shelf, 'isAway'>;
  readonly jobs: Jobs;
  readonly prompts: Pick<PromptDesk, 'speedOf'>;
  readonly pace: Pick<ReturnType<typeof createPace>, 'delay' | 'spend'>;
  readonly settings: () => InlineSettings;
  readonly clock: Pick<Clock, 'now'>;
};

/** An answer that nobody waits for may end by itself within so many milliseconds: servers look for aborts once a second. */
const nearlyOverMs = 300;

/**
 * No model has said anything yet that could be shown where the newest wish is: it waits for the request under way if that may
 * answer it, else a request is made for it when its time comes, or it is given up because nothing would come of one.
 */
export function pursue(parts: Parts, wish: Wish, known: readonly Known[]): void {
  const { shelf, jobs, settings } = parts;
  const { spot, explicit } = wish.ask;
  if (!explicit && (known.some((each) => isLastWord(each, settings())) || shelf.isAway(spot, known)))
    return giveUp(wish);
  const current = jobs.current();
  if (current && known.some(({ suggestion }) => suggestion.id === current.id)) return;
  if (current && !isWarmingFor(current, spot) && !isNearlyOver(current, parts)) jobs.stop();
  if (wish.job === undefined) schedule(parts, wish);
  else if (!jobs.has(wish.job)) giveUp(wish);
}

/**
 * Whether it was typed to its end, and the model itself had come to its end there. The engine in this process has the last
 * word only where it is the wished model: one that was not there when the engine spoke may be by now.
 */
function isLastWord({ state, suggestion: { end, made } }: Known, { models }: InlineSettings): boolean {
  const [wished] = models;
  const mayEnd = !isEmbedded(made.model) || (wished !== undefined && isEmbedded(wished));
  return state === 'exhausted' && (end === 'complete' || end === 'closed') && mayEnd;
}

/**
 * Whether an answer that is no longer wanted is about to end by itself: what it says serves whoever goes back a step, and a
 * server of one's own has its place free no sooner after an abort.
 */
function isNearlyOver({ asking, lines }: Job, { prompts, clock }: Pick<Parts, 'prompts' | 'clock'>): boolean {
  if (!asking || asking.zone === 'cloud') return false;
  const usual = prompts.speedOf(asking.model).answerMs?.[lines] ?? 0;
  const left = 1.25 * usual - (clock.now() - asking.since);
  return left > 0 && left < nearlyOverMs;
}

function schedule(parts: Parts, wish: Wish): void {
  if (wish.timer) return;
  const delay = parts.pace.delay(wish.ask);
  if (delay === undefined) return giveUp(wish);
  if (delay === 0) return start(parts, wish);
  parts.wishes.later(wish, delay, () => start(parts, wish));
}

function start({ jobs, pace }: Pick<Parts, 'jobs' | 'pace'>, wish: Wish): void {
  const job = jobs.make('completion', wish.ask);
  wish.job = job.id;
  pace.spend();
  jobs.submit(job);
}
