import { asIfAccepted } from '../../core/completion/asIfAccepted.ts';
import type { Offer } from '../../core/completion/offer.ts';
import type { Spot } from '../../core/completion/spot.ts';
import type { Known } from '../../core/completion/suggestionCache.ts';
import type { Jobs } from './jobs.ts';
import type { Ask, Clock, InlineSettings } from './ports.ts';
import type { PromptDesk } from './prompts.ts';
import type { Shelf } from './shelf.ts';
import type { Wishes } from './wish.ts';

type Parts = {
  readonly wishes: Pick<Wishes, 'newest'>;
  readonly shelf: Shelf;
  readonly jobs: Jobs;
  readonly clock: Pick<Clock, 'delay'>;
  readonly prompts: Pick<PromptDesk, 'speedOf'>;
  readonly settings: () => InlineSettings;
};

/** What follows an offer is asked for ahead of need where the first token comes within this many milliseconds. */
const soonMs = 600;

/**
 * Asks for what follows an offer that the user is looking at, where the model was cut short just there: when the offer is
 * taken, the next is known. Only where the answer would come soon and nobody else waits. Whether it was asked for.
 */
export function goOn(
  { shelf, jobs, prompts, settings }: Omit<Parts, 'wishes' | 'clock'>,
  spot: Spot,
  { offer, known }: { readonly offer: Offer; readonly known: readonly Known[] },
): boolean {
  const shown = known.find(({ suggestion }) => suggestion.id === offer.suggestion);
  const wasCut = shown?.suggestion.end === 'closed' || shown?.suggestion.end === 'cut';
  if (!shown || !wasCut || shown.rest.trimEnd() !== offer.text) return false;
  if (jobs.current() || settings().trigger === 'manual') return false;
  if ((prompts.speedOf(shown.suggestion.made.model).firstTokenMs ?? Infinity) > soonMs) return false;
  const after = asIfAccepted(spot, offer, shown.suggestion.label);
  if (shelf.at(after).some((other) => tells(other, shown))) return false;
  jobs.submit(jobs.make('completion', { spot: after, explicit: false }));
  return true;
}

/** Whether a suggestion goes on where another ends, or may yet, or has shown that nothing comes there. */
function tells({ state, suggestion }: Known, ending: Known): boolean {
  switch (state) {
    case 'rest':
      return true;
    case 'ahead':
      return suggestion.end === undefined;
    case 'exhausted':
      return suggestion.end === 'complete' || (suggestion.end === 'closed' && suggestion.id !== ending.suggestion.id);
  }
}

/** How many different suggestions there are to choose from, and how freely the further ones are made. */
const mostOffers = 3;
const otherTemperature = 0.7;

/** Asks for further suggestions one after the other, until there are enough or the signal aborts. */
export async function gatherAlternatives(
  { shelf, jobs }: Pick<Parts, 'shelf' | 'jobs'>,
  ask: Ask,
  signal: AbortSignal,
): Promise<readonly Offer[]> {
  const offers = (): readonly Offer[] => shelf.offers(ask, shelf.at(ask.spot));
  for (let extra = 1; extra < mostOffers && offers().length < mostOffers && !signal.aborted; extra++) {
    const job = jobs.make('completion', { ...ask, explicit: true }, otherTemperature);
    signal.addEventListener('abort', () => job.abort.abort(), { once: true });
    jobs.submit(job);
    if (!(await jobs.over(job.id))) break;
  }
  return offers();
}

/** How long the lines of a block are gathered before those that came are added to what is shown, in milliseconds. */
const gatherMs = 2_000;

/**
 * Resolves with true once there is more of an offer than is shown: when the model has said all of it, or as much as came in a
 * while; with false when there will not be more.
 */
export async function grown(
  { wishes, shelf, jobs, clock }: Omit<Parts, 'prompts' | 'settings'>,
  offer: Offer,
  signal: AbortSignal,
): Promise<boolean> {
  const over = jobs.over(offer.suggestion);
  while (!signal.aborted) {
    const whole = await Promise.race([over, clock.delay(gatherMs, signal)]);
    const ask = wishes.newest()?.ask;
    if (ask && shelf.offers(ask, shelf.at(ask.spot)).some((now) => isLonger(now, offer))) return true;
    if (whole !== undefined) return false;
  }
  return false;
}

/** Whether there is more to show now than what was offered. */
function isLonger(now: Offer, before: Offer): boolean {
  return now.suggestion === before.suggestion && now.text.length > before.text.length;
}
