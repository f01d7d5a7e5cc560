/*
 * How a key becomes ghost text:
 *
 * 1. The editor reports the key (`typed`) and then asks (`suggest`). Both are one wish, which replaces the wish before.
 * 2. `advance` looks at the newest wish. Whatever the shelf knows for its place, also from an answer that is still under way,
 *    is offered at once.
 * 3. If there is nothing to offer, or only a stand-in, `pursue` lets the wish wait for the job under way where that may answer
 *    it. Otherwise it stops that job, and makes a new one as soon as `pace` finds a request worth its cost.
 * 4. `runner` runs one job at a time, while at most one more waits. As a job begins, `jobs` files an empty suggestion for it, so
 *    that the keys to come can wait for its answer.
 * 5. `dispatch` tries the models in order, and lets a chat go first; `complete` asks one of them, and `fillIn` lets the engine
 *    in this process stand in until that model speaks.
 * 6. The desk (`prompts`) builds the prompt, `generate` sends it through the guard, `listen` cleans what comes back. Each piece
 *    is put on the shelf and leads back to step 2.
 * 7. While an offer is on screen, `more` asks for what follows it. Where the cursor rests without a key, `warm` has `warmUp`
 *    evaluate the prompt ahead of need.
 *
 * Who owns which state. `wish`: the newest wish and its timer. `shelf`: every suggestion, and what was waved away. `runner`:
 * the running and the waiting job; a job: the model being asked. The desk: the context, windows and speeds that prompts are
 * built by, and what each server has read. `pace`: how someone types, and the credit for requests. `models`, `patience`: what
 * is known of each model, and which are left alone for now. `warm`: where the cursor rests. `why`: the last prompts, to
 * explain them. This file: where the cursor was last, what was offered last, and which offer was gone on from.
 */
import { eagernessAt } from '../../core/completion/eagerness.ts';
import { gate } from '../../core/completion/gate.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { sameSpot, type Spot } from '../../core/completion/spot.ts';
import { sameModel } from '../../core/exchange/model.ts';
import { createDispatch } from './dispatch.ts';
import { isWarmingFor } from './job.ts';
import { createJobs } from './jobs.ts';
import { createModelLookup } from './models.ts';
import { gatherAlternatives, goOn, grown } from './more.ts';
import { createPace } from './pace.ts';
import type { Ask, ChatEvent, InlineCompletionPorts } from './ports.ts';
import { createPatience } from './patience.ts';
import { createPromptDesk } from './prompts.ts';
import { pursue } from './pursue.ts';
import { createShelf } from './shelf.ts';
import { createWarmer } from './warm.ts';
import { createWhyBook, type Why } from './why.ts';
import { answer, answerBetter, createWishes, type Wish } from './wish.ts';

/** Inline completion: what to show at a cursor, from what is known, from what is under way, or from a new request. */
export type InlineCompletion = {
  /** Resolves with what to show; undefined when nothing will come or the signal aborts. A request under way goes on. */
  suggest(ask: Ask, signal: AbortSignal): Promise<Offer | undefined>;
  /** Several different suggestions, what is offered unasked first. Asks the model for more than it has said so far. */
  alternatives(ask: Ask, signal: AbortSignal): Promise<readonly Offer[]>;
  /** A key was typed and the cursor is here now; the editor will ask soon. */
  typed(ask: Ask): void;
  /** The cursor went elsewhere without a key, perhaps into another file. */
  moved(ask: Ask): void;
  /** The cursor is where it was, but there is other context to send, or another model to send it to. */
  ready(ask: Ask): void;
  /** The user took what was offered. */
  accepted(): void;
  /** The user waved away what was offered last: it is not offered there again for a while. */
  dismissed(): void;
  /**
   * Resolves with true once there is more to show than was offered: more lines of an offer that grows, or what the model says
   * in the place of a stand-in. False when that will not come.
   */
  grown(offer: Offer): Promise<boolean>;
  /** How a suggestion came about; without a number, what the last request was. */
  why(suggestion?: number): Why | undefined;
  /** The policy or the settings changed: nothing known before holds, and what is under way is stopped and shown to nobody. */
  reset(): void;
  dispose(): void;
};

/** How long the cursor must rest on an empty line before something is asked for there, in milliseconds. */
const dwellMs = 150;

/** Orders the steps: reuse before join, join before a request; at most one request runs and one waits. */
export function createInlineCompletion(ports: InlineCompletionPorts): InlineCompletion {
  const { clock, settings } = ports;
  const life = new AbortController();
  const book = createWhyBook();
  const prompts = createPromptDesk(ports);
  const pace = createPace({ clock, settings, firstTokenMs });
  const patience = createPatience(clock);
  const shelf = createShelf({ clock, settings, patience });
  const models = createModelLookup(ports, life.signal);
  const dispatch = createDispatch(ports, { prompts, book, models, patience });
  const jobs = createJobs(ports, { dispatch, shelf, changed: advance });
  const wishes = createWishes(clock);
  const warmer = createWarmer({ clock, warm });
  const parts = { clock, settings, wishes, shelf, jobs, prompts, pace };
  const unwatch = ports.chat.watch(chatted);
  /** Where the cursor was last; undefined where nothing may be asked. */
  let lastSpot: Spot | undefined;
  let offered: { readonly spot: Spot; readonly offer: Offer } | undefined;
  /** The suggestion last offered to its end for which what may follow was asked for. */
  let followed: number | undefined;

  return {
    suggest,
    alternatives: async (ask, signal) => {
      const first = await suggest(ask, signal);
      if (!first || !(await jobs.over(first.suggestion))) return [];
      return gatherAlternatives(parts, ask, signal);
    },
    typed: (ask) => {
      if (isClosed(ask)) return wishes.end();
      wishFor(ask);
      advance();
    },
    moved: (ask) => {
      wishes.end();
      lastSpot = undefined;
      if (isClosed({ ...ask, explicit: true })) return;
      lastSpot = ask.spot;
      leaveFor(ask.spot);
      warmer.moved(ask.spot);
      if (!isClosed(ask) && eagernessAt(ask.spot) === 'at once') lookAhead(ask);
    },
    ready: (ask) => {
      if (isClosed({ ...ask, explicit: true })) return;
      lastSpot = ask.spot;
      warmer.moved(ask.spot);
    },
    accepted: pace.accepted,
    dismissed: () => {
      if (offered) shelf.dismiss(offered.spot, offered.offer);
      const wish = wishes.newest();
      if (wish) answerBetter(wish, false);
    },
    grown: (offer) => (offer.standIn ? better(offer) : grown(parts, offer, life.signal)),
    why: book.of,
    reset: () => {
      wishes.end();
      jobs.abandon();
      lastSpot = undefined;
      shelf.clear();
      prompts.reset();
      patience.reset();
    },
    dispose: () => {
      unwatch();
      wishes.end();
      warmer.dispose();
      jobs.abandon();
      life.abort();
    },
  };

  function suggest(ask: Ask, signal: AbortSignal): Promise<Offer | undefined> {
    if (isClosed(ask)) {
      wishes.end();
      return Promise.resolve(undefined);
    }
    return new Promise((resolve) => {
      const wish = wishFor(ask);
      answer(wish, undefined);
      wish.answer = resolve;
      signal.addEventListener('abort', () => answer(wish, undefined), { once: true });
      advance();
    });
  }

  /** Whether the model will have something else to put in the place of the stand-in that is shown. */
  async function better(shown: Offer): Promise<boolean> {
    const wish = wishes.newest();
    if (!wish) return false;
    const came = new Promise<boolean>((resolve) => {
      answerBetter(wish, false);
      wish.better = resolve;
      advance();
    });
    if (!(await came)) return false;
    const [now] = shelf.offers(wish.ask, shelf.at(wish.ask.spot));
    return now !== undefined && now.text !== shown.text;
  }

  function firstTokenMs(): number | undefined {
    const [wished] = settings().models;
    return wished && prompts.speedOf(wished).firstTokenMs;
  }

  function isClosed({ spot, facts, explicit }: Ask): boolean {
    return gate(spot, facts, { explicit }) !== undefined;
  }

  /** The editor reports a key and then asks for the same place: that is one wish. */
  function wishFor(ask: Ask): Wish {
    const before = wishes.newest();
    const same = before && sameSpot(before.ask.spot, ask.spot) && before.ask.explicit === ask.explicit;
    // Who asks by a command once more wants another try where nothing came of the first.
    if (same && !(ask.explicit && isOver(before))) return before;
    pace.key();
    if (prompts.touch(ask.spot)) shelf.clear();
    warmer.typed();
    lastSpot = ask.spot;
    return wishes.replace({ ask });
  }

  function isOver({ job }: Wish): boolean {
    return job !== undefined && !jobs.has(job);
  }

  /** Someone has put the cursor on an empty line and may be about to type: what comes there is asked for while they look. */
  function lookAhead(ask: Ask): void {
    if (settings().trigger === 'manual') return;
    wishes.later(wishes.replace({ ask }), dwellMs, advance);
  }

  /** Looks at the newest wish again: after a key, after a piece of an answer, after the end of one. */
  function advance(): void {
    const wish = wishes.newest();
    if (!wish) return;
    const { spot } = wish.ask;
    const known = shelf.at(spot);
    const [offer] = shelf.offers(wish.ask, known);
    if (offer) show(wish, offer);
    if (!offer || offer.standIn) return pursue(parts, wish, known);
    wish.timer?.abort();
    answerBetter(wish, true);
    // Once: the end of a request that brought nothing would begin the next one without end.
    if (!offered || !sameSpot(offered.spot, spot) || followed === offer.suggestion) return;
    if (goOn(parts, spot, { offer, known })) followed = offer.suggestion;
  }

  function show(wish: Wish, offer: Offer): void {
    if (!wish.answer) return;
    offered = { spot: wish.ask.spot, offer };
    answer(wish, offer);
  }

  /** A chat takes the model at once, and leaves its own text in the model's cache: what was evaluated there is lost. */
  function chatted({ kind, model }: ChatEvent): void {
    const current = jobs.current();
    if (kind === 'began' && current?.asking && sameModel(current.asking.model, model)) {
      const wish = wishes.newest();
      // It is still wanted: another job is made for it, which waits for the chat.
      if (wish?.job === current.id) wish.job = undefined;
      jobs.stop();
    }
    if (kind === 'began' || !settings().models.some((ours) => sameModel(ours, model))) return;
    prompts.forget(model);
    if (lastSpot) warmer.moved(lastSpot);
  }

  /** Warms up if need be; false where that must wait until something else is over. */
  function warm(spot: Spot): boolean {
    if (!settings().warm) return true;
    // A job that was loading a model when its file was left could not be stopped then.
    leaveFor(spot);
    const current = jobs.current();
    if (current) return isWarmingFor(current, spot);
    if (!prompts.isWarm(spot)) jobs.submit(jobs.make('warm', { spot, explicit: false }));
    return true;
  }

  /** Stops what is of no use where the cursor has gone: warming is for a file, anything else for a place. */
  function leaveFor(spot: Spot): void {
    const current = jobs.current();
    if (!current) return;
    const isOfUse = current.intent === 'warm' ? isWarmingFor(current, spot) : shelf.at(spot).length > 0;
    if (!isOfUse) jobs.stop();
  }
}
