import { createDismissals } from '../core/completion/dismissals.ts';
import { eagernessAt } from '../core/completion/eagerness.ts';
import { gate } from '../core/completion/gate.ts';
import { lineMode } from '../core/completion/lineMode.ts';
import { offerAt, type Offer } from '../core/completion/offer.ts';
import { sameSpot, type Spot } from '../core/completion/spot.ts';
import { beginning } from '../core/completion/suggestion.ts';
import { createSuggestionCache, type Known } from '../core/completion/suggestionCache.ts';
import { createModelLookup } from './completeInlineModels.ts';
import { createPace } from './completeInlinePace.ts';
import type { Ask, InlineCompletionPorts } from './completeInlinePorts.ts';
import { createPromptDesk } from './completeInlinePrompts.ts';
import { createRunner } from './completeInlineRunner.ts';
import { createServer, type Job } from './completeInlineServe.ts';
import { createWarmer } from './completeInlineWarm.ts';

/** Inline completion: what to show at a cursor, from what is known, from what is under way, or from a new request. */
export type InlineCompletion = {
  /** Resolves with what to show, or undefined when nothing will come or the signal aborts. The work itself goes on. */
  suggest(ask: Ask, signal: AbortSignal): Promise<Offer | undefined>;
  /** A key was typed and the cursor is here now; the editor will ask soon. */
  typed(ask: Ask): void;
  /** The cursor went elsewhere without a key, perhaps into another file. */
  moved(ask: Ask): void;
  /** The user took what was offered. */
  accepted(): void;
  /** The user waved away what was offered last: it is not offered there again for a while. */
  dismissed(): void;
  /** Resolves once the model has said all of a suggestion: true if that is more than was offered. */
  grown(suggestion: number): Promise<boolean>;
  /** The policy or the settings changed: nothing known before holds. */
  reset(): void;
  dispose(): void;
};

/** A place where a suggestion is wanted, by an editor that waits (`answer`) or by one that will ask. The newest counts. */
type Want = {
  readonly ask: Ask;
  answer?: ((offer: Offer | undefined) => void) | undefined;
  timer?: AbortController | undefined;
  job?: number;
};

/** How long the cursor must rest on an empty line before something is asked for there, in milliseconds. */
const dwellMs = 150;

/** Orders the steps: reuse before join, join before a request; at most one request runs and one waits. */
export function createInlineCompletion(ports: InlineCompletionPorts): InlineCompletion {
  const { clock, settings } = ports;
  const life = new AbortController();
  const cache = createSuggestionCache();
  const dismissals = createDismissals();
  const prompts = createPromptDesk(ports);
  const pace = createPace(clock, settings);
  const server = createServer(ports, { prompts, models: createModelLookup(ports, life.signal) });
  const growing = new Map<number, (grew: boolean) => void>();
  let lastId = 0;
  let want: Want | undefined;
  let offered: { readonly spot: Spot; readonly offer: Offer } | undefined;

  const runner = createRunner(server, {
    begun: expect,
    heard: (suggestion) => {
      cache.put(suggestion);
      advance();
    },
    ended: (job, end) => {
      growing.get(job.id)?.(end === 'served');
      growing.delete(job.id);
      if (end !== 'served') cache.remove(job.id);
      advance();
    },
  });
  const warmer = createWarmer({ clock, warm });

  return {
    suggest: (ask, signal) => {
      if (isClosed(ask)) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const wanted = wish(ask);
        settle(wanted, undefined);
        wanted.answer = resolve;
        signal.addEventListener('abort', () => settle(wanted, undefined), { once: true });
        advance();
      });
    },
    typed: (ask) => {
      if (isClosed(ask)) return;
      wish(ask);
      advance();
    },
    moved: (ask) => {
      replace(undefined);
      if (isClosed({ ...ask, explicit: true })) return;
      if (cache.find(ask.spot, fits(ask.spot)).length === 0 && runner.current()?.intent === 'completion') runner.stop();
      warmer.moved(ask.spot);
      if (!isClosed(ask) && eagernessAt(ask.spot) === 'at once') lookAhead(ask);
    },
    accepted: pace.accepted,
    dismissed: () => offered && dismissals.add(offered.spot, offered.offer.text, clock.now()),
    grown: (suggestion) =>
      new Promise((resolve) => {
        growing.get(suggestion)?.(false);
        if (runner.has(suggestion)) growing.set(suggestion, resolve);
        else resolve(true);
      }),
    reset: () => {
      cache.clear();
      server.reset();
    },
    dispose: () => {
      replace(undefined);
      warmer.dispose();
      runner.dispose();
      life.abort();
    },
  };

  function isClosed({ spot, facts, explicit }: Ask): boolean {
    return gate(spot, facts, { explicit }) !== undefined;
  }

  /** The newest wish replaces the one before, unless it is for the same place. */
  function wish(ask: Ask): Want {
    if (want && sameSpot(want.ask.spot, ask.spot) && want.ask.explicit === ask.explicit) return want;
    pace.key();
    prompts.touch();
    warmer.typed();
    return replace({ ask });
  }

  function replace<W extends Want | undefined>(wanted: W): W {
    want?.timer?.abort();
    if (want) settle(want, undefined);
    want = wanted;
    return wanted;
  }

  function settle(wanted: Want, offer: Offer | undefined): void {
    wanted.answer?.(offer);
    wanted.answer = undefined;
  }

  /** Someone has put the cursor on an empty line and may be about to type: what comes there is asked for while they look. */
  function lookAhead(ask: Ask): void {
    if (settings().trigger === 'manual') return;
    const wanted = replace<Want>({ ask });
    later(wanted, dwellMs, () => {
      wanted.timer = undefined;
      advance();
    });
  }

  /** Looks at the newest wish again: after a key, after a piece of an answer, after the end of one. */
  function advance(): void {
    if (!want) return;
    const known = cache.find(want.ask.spot, fits(want.ask.spot));
    const offer = best(known, want.ask.spot);
    if (offer) {
      if (want.answer) offered = { spot: want.ask.spot, offer };
      return settle(want, offer);
    }
    const saidAll = known.some(({ state, suggestion }) => state === 'exhausted' && suggestion.complete);
    if (saidAll && !want.ask.explicit) return settle(want, undefined);
    const current = runner.current();
    if (current && known.some(({ suggestion }) => suggestion.id === current.id)) return;
    if (current && !isWarmingFor(want.ask.spot)) runner.stop();
    if (want.job === undefined) schedule(want);
    else if (!runner.has(want.job)) settle(want, undefined);
  }

  /** What was said under another label, or by a model that is no longer wished for, is not shown. */
  function fits(spot: Spot): Parameters<typeof cache.find>[1] {
    const { models } = settings();
    const { reach } = spot.document.text.label;
    return ({ made }) =>
      made.reach === reach &&
      models.some(({ backend, model }) => backend === made.model.backend && model === made.model.model);
  }

  function best(known: readonly Known[], spot: Spot): Offer | undefined {
    for (const item of known) {
      const offer = item.state === 'rest' ? offerAt(spot, item, settings()) : undefined;
      if (offer && !dismissals.has(spot, offer.text, clock.now())) return offer;
    }
    return undefined;
  }

  /** Warming the same file evaluates just what the next request begins with. */
  function isWarmingFor({ document }: Spot): boolean {
    const current = runner.current();
    return current?.intent === 'warm' && current.spot.document.uri === document.uri;
  }

  function schedule(wanted: Want): void {
    if (wanted.timer) return;
    const delay = pace.delay(wanted.ask);
    if (delay === undefined) return settle(wanted, undefined);
    if (delay === 0) return start(wanted);
    later(wanted, delay, () => start(wanted));
  }

  function later(wanted: Want, ms: number, act: () => void): void {
    const timer = new AbortController();
    wanted.timer = timer;
    void clock.delay(ms, timer.signal).then(() => {
      if (!timer.signal.aborted && wanted === want) act();
    });
  }

  function start(wanted: Want): void {
    const job = newJob('completion', wanted.ask);
    wanted.job = job.id;
    pace.spend();
    runner.submit(job);
  }

  function warm(spot: Spot): void {
    const needed = settings().warm && !runner.current() && !prompts.isCurrent(spot.document.uri);
    if (needed) runner.submit(newJob('warm', { spot, explicit: false }));
  }

  function newJob(intent: Job['intent'], { spot, explicit }: Pick<Ask, 'spot' | 'explicit'>): Job {
    const lines = lineMode(spot, settings().lines);
    return { id: ++lastId, intent, spot, lines, explicit, abort: new AbortController(), loading: false };
  }

  /** From now on typing may go on in the hope of this job. */
  function expect({ id, intent, spot, lines }: Job): void {
    const model = settings().models[0];
    if (intent === 'warm' || !model) return;
    cache.put(beginning({ id, spot, made: { model, lines, reach: spot.document.text.label.reach } }));
  }
}
