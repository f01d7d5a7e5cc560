import { eagernessAt } from '../../core/completion/eagerness.ts';
import { gate } from '../../core/completion/gate.ts';
import type { Offer } from '../../core/completion/offer.ts';
import { sameSpot, type Spot } from '../../core/completion/spot.ts';
import type { Known } from '../../core/completion/suggestionCache.ts';
import { sameModel } from '../../core/exchange/model.ts';
import { createDispatch } from './dispatch.ts';
import type { Job } from './job.ts';
import { createJobs } from './jobs.ts';
import { createModelLookup } from './models.ts';
import { gatherAlternatives, goOn } from './more.ts';
import { createPace } from './pace.ts';
import type { Ask, ChatEvent, InlineCompletionPorts } from './ports.ts';
import { createPromptDesk } from './prompts.ts';
import { createShelf } from './shelf.ts';
import { answer, answerBetter, giveUp, type Want } from './want.ts';
import { createWarmer } from './warm.ts';
import { createWhyBook, type Why } from './why.ts';

/** Inline completion: what to show at a cursor, from what is known, from what is under way, or from a new request. */
export type InlineCompletion = {
  /** Resolves with what to show, or undefined when nothing will come or the signal aborts. The work itself goes on. */
  suggest(ask: Ask, signal: AbortSignal): Promise<Offer | undefined>;
  /** Several different suggestions, what is offered unasked first. Asks the model for more than it has said so far. */
  alternatives(ask: Ask, signal: AbortSignal): Promise<readonly Offer[]>;
  /** A key was typed and the cursor is here now; the editor will ask soon. */
  typed(ask: Ask): void;
  /** The cursor went elsewhere without a key, perhaps into another file. */
  moved(ask: Ask): void;
  /** The cursor is where it was, but there is more to tell or somebody new to be told: other context, a model. */
  ready(ask: Ask): void;
  /** The user took what was offered. */
  accepted(): void;
  /** The user waved away what was offered last: it is not offered there again for a while. */
  dismissed(): void;
  /**
   * Resolves once the model has said all of an offer that grows, or after a while more of it than was offered, or something of
   * its own in the place of a stand-in; false when that will not come.
   */
  grown(offer: Offer): Promise<boolean>;
  /** How a suggestion came about; without a number, what the last request was. */
  why(suggestion?: number): Why | undefined;
  /** The policy or the settings changed: nothing known before holds. */
  reset(): void;
  dispose(): void;
};

/** How long the cursor must rest on an empty line before something is asked for there, in milliseconds. */
const dwellMs = 150;
/** An answer nobody waits for is let end where that takes no longer, in milliseconds: aborts are looked for once a second. */
const nearlyOverMs = 300;
/** How long the lines of a block are gathered before those that came are added to what is shown, in milliseconds. */
const gatherMs = 2_000;

/** Orders the steps: reuse before join, join before a request; at most one request runs and one waits. */
export function createInlineCompletion(ports: InlineCompletionPorts): InlineCompletion {
  const { clock, settings } = ports;
  const life = new AbortController();
  const book = createWhyBook();
  const prompts = createPromptDesk(ports);
  const pace = createPace({ clock, settings, firstTokenMs });
  const shelf = createShelf(ports);
  const dispatch = createDispatch(ports, { prompts, book, models: createModelLookup(ports, life.signal) });
  const jobs = createJobs(ports, { dispatch, shelf, changed: advance });
  const warmer = createWarmer({ clock, warm });
  const unwatch = ports.chat.watch(chatted);
  /** The newest counts. */
  let want: Want | undefined;
  let latest: Spot | undefined;
  let offered: { readonly spot: Spot; readonly offer: Offer } | undefined;

  return {
    suggest,
    alternatives: async (ask, signal) => {
      const first = await suggest(ask, signal);
      if (!first || !(await jobs.over(first.suggestion))) return [];
      return gatherAlternatives({ shelf, jobs }, ask, signal);
    },
    typed: (ask) => {
      if (isClosed(ask)) return replace(undefined);
      wish(ask);
      advance();
    },
    moved: (ask) => {
      replace(undefined);
      latest = undefined;
      if (isClosed({ ...ask, explicit: true })) return;
      latest = ask.spot;
      if (jobs.current()?.intent === 'completion' && shelf.at(ask.spot).length === 0) jobs.stop();
      warmer.moved(ask.spot);
      if (!isClosed(ask) && eagernessAt(ask.spot) === 'at once') lookAhead(ask);
    },
    ready: (ask) => {
      if (isClosed({ ...ask, explicit: true })) return;
      latest = ask.spot;
      warmer.moved(ask.spot);
    },
    accepted: pace.accepted,
    dismissed: () => {
      if (offered) shelf.dismiss(offered.spot, offered.offer);
      if (want) answerBetter(want, false);
    },
    grown: (offer) => (offer.standIn ? better() : grown(offer)),
    why: book.of,
    reset: () => {
      latest = undefined;
      shelf.clear();
      dispatch.reset();
    },
    dispose: () => {
      unwatch();
      replace(undefined);
      warmer.dispose();
      jobs.dispose();
      life.abort();
    },
  };

  function suggest(ask: Ask, signal: AbortSignal): Promise<Offer | undefined> {
    if (isClosed(ask)) return Promise.resolve(replace(undefined));
    return new Promise((resolve) => {
      const wanted = wish(ask);
      answer(wanted, undefined);
      wanted.answer = resolve;
      signal.addEventListener('abort', () => answer(wanted, undefined), { once: true });
      advance();
    });
  }

  /** Whether the model will have something to put in the place of the stand-in that is shown. */
  function better(): Promise<boolean> {
    const wanted = want;
    if (!wanted) return Promise.resolve(false);
    return new Promise((resolve) => {
      answerBetter(wanted, false);
      wanted.better = resolve;
      advance();
    });
  }

  async function grown(offer: Offer): Promise<boolean> {
    const over = jobs.over(offer.suggestion);
    while (!life.signal.aborted) {
      const whole = await Promise.race([over, clock.delay(gatherMs, life.signal)]);
      if (want && shelf.offers(want.ask, shelf.at(want.ask.spot)).some((now) => isLonger(now, offer))) return true;
      if (whole !== undefined) return false;
    }
    return false;
  }

  function firstTokenMs(): number | undefined {
    const [wished] = settings().models;
    return wished && prompts.speedOf(wished).firstTokenMs;
  }

  function isClosed({ spot, facts, explicit }: Ask): boolean {
    return gate(spot, facts, { explicit }) !== undefined;
  }

  /** The newest wish replaces the one before, unless it is for the same place. */
  function wish(ask: Ask): Want {
    if (want && sameSpot(want.ask.spot, ask.spot) && want.ask.explicit === ask.explicit) return want;
    pace.key();
    if (prompts.touch(ask.spot)) shelf.clear();
    warmer.typed();
    latest = ask.spot;
    return replace({ ask });
  }

  function replace<W extends Want | undefined>(wanted: W): W {
    want?.timer?.abort();
    if (want) giveUp(want);
    want = wanted;
    return wanted;
  }

  /** Someone has put the cursor on an empty line and may be about to type: what comes there is asked for while they look. */
  function lookAhead(ask: Ask): void {
    if (settings().trigger === 'manual') return;
    const wanted = replace<Want>({ ask });
    later(wanted, dwellMs, advance);
  }

  /** Looks at the newest wish again: after a key, after a piece of an answer, after the end of one. */
  function advance(): void {
    if (!want) return;
    const { spot } = want.ask;
    const known = shelf.at(spot);
    const offer = shelf.offers(want.ask, known)[0];
    if (offer) show(want, offer);
    if (!offer || offer.standIn) return pursue(want, known);
    want.timer?.abort();
    answerBetter(want, true);
    if (offered && sameSpot(offered.spot, spot)) goOn({ shelf, jobs, prompts, settings }, spot, { offer, known });
  }

  function show(wanted: Want, offer: Offer): void {
    if (!wanted.answer) return;
    offered = { spot: wanted.ask.spot, offer };
    answer(wanted, offer);
  }

  /** The model has said nothing yet that could be shown: it is waited for, or asked, or there is nothing more to come. */
  function pursue(wanted: Want, known: readonly Known[]): void {
    const { spot, explicit } = wanted.ask;
    if (!explicit && (known.some(isLastWord) || shelf.isAway(spot, known))) return giveUp(wanted);
    const current = jobs.current();
    if (current && known.some(({ suggestion }) => suggestion.id === current.id)) return;
    if (current && !isWarmingFor(spot) && !isNearlyOver(current)) jobs.stop();
    if (wanted.job === undefined) schedule(wanted);
    else if (!jobs.has(wanted.job)) giveUp(wanted);
  }

  /**
   * Whether it was typed to its end, and the model itself had come to its end there. The engine in this process has the last
   * word only where no model is wished for: one that was not there may be by now.
   */
  function isLastWord({ state, suggestion: { complete, closed, made } }: Known): boolean {
    const [wished] = settings().models;
    const mayEnd = made.model.backend !== 'embedded' || wished?.backend === 'embedded';
    return state === 'exhausted' && (complete || closed) && mayEnd;
  }

  /**
   * Whether an answer that is no longer wanted is about to end by itself: what it says serves whoever goes back a step, and
   * a server of one's own has its place free no sooner after an abort.
   */
  function isNearlyOver({ asking, lines }: Job): boolean {
    if (!asking || asking.zone === 'cloud') return false;
    const usual = prompts.speedOf(asking.model).answerMs?.[lines] ?? 0;
    const left = 1.25 * usual - (clock.now() - asking.since);
    return left > 0 && left < nearlyOverMs;
  }

  /** Warming the same file evaluates just what the next request begins with. */
  function isWarmingFor({ document }: Spot): boolean {
    const current = jobs.current();
    return current?.intent === 'warm' && current.spot.document.uri === document.uri;
  }

  function schedule(wanted: Want): void {
    if (wanted.timer) return;
    const delay = pace.delay(wanted.ask);
    if (delay === undefined) return giveUp(wanted);
    if (delay === 0) return start(wanted);
    later(wanted, delay, () => start(wanted));
  }

  function later(wanted: Want, ms: number, act: () => void): void {
    const timer = new AbortController();
    wanted.timer = timer;
    void clock.delay(ms, timer.signal).then(() => {
      if (timer.signal.aborted || wanted !== want) return;
      wanted.timer = undefined;
      act();
    });
  }

  function start(wanted: Want): void {
    const job = jobs.make('completion', wanted.ask);
    wanted.job = job.id;
    pace.spend();
    jobs.submit(job);
  }

  /** A chat takes the model at once, and leaves its own text in the model's cache: what was evaluated there is lost. */
  function chatted({ kind, model }: ChatEvent): void {
    const current = jobs.current();
    if (kind === 'began' && current?.asking && sameModel(current.asking.model, model)) {
      // Wanted still: it is asked for again, and waits.
      if (want?.job === current.id) want.job = undefined;
      jobs.stop();
    }
    if (kind === 'began' || !settings().models.some((ours) => sameModel(ours, model))) return;
    prompts.forget(model);
    if (latest) warmer.moved(latest);
  }

  function warm(spot: Spot): void {
    const needed = settings().warm && !jobs.current() && !prompts.isWarm(spot);
    if (needed) jobs.submit(jobs.make('warm', { spot, explicit: false }));
  }
}

/** Whether there is more to show now than what was offered. */
function isLonger(now: Offer, before: Offer): boolean {
  return now.suggestion === before.suggestion && now.text.length > before.text.length;
}
