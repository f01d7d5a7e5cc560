import { eagernessAt } from '../core/completion/eagerness.ts';
import { gate, type GateReason } from '../core/completion/gate.ts';
import { lineMode } from '../core/completion/lineMode.ts';
import { createDismissals } from '../core/completion/dismissals.ts';
import { offerAt, type Offer } from '../core/completion/offer.ts';
import { originOf } from '../core/completion/origin.ts';
import { sameSpot, type Spot } from '../core/completion/spot.ts';
import { unlabelled } from '../core/label/labelled.ts';
import type { Suggestion } from '../core/completion/suggestion.ts';
import { createSuggestionCache, type Known } from '../core/completion/suggestionCache.ts';
import { createModelFacts } from './completeInlineModels.ts';
import { createPace } from './completeInlinePace.ts';
import type { Ask, InlineCompletionPorts } from './completeInlinePorts.ts';
import { createPromptDesk } from './completeInlinePrompts.ts';
import { createServer, type Job } from './completeInlineServe.ts';

/** Inline completion: what to show at a cursor, from what is known, from what is under way, or from a new request. */
export type InlineCompletion = {
  /** Resolves with what to show, or undefined when nothing will come or the signal aborts. The work itself goes on. */
  suggest(ask: Ask, signal: AbortSignal): Promise<Offer | undefined>;
  /** A key was typed and the cursor is here now; the editor will ask soon. */
  typed(ask: Ask): void;
  /** The cursor went elsewhere without a key. */
  moved(ask: Ask): void;
  /** The user took a suggestion. */
  accepted(suggestion: number): void;
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
  timer?: AbortController;
  job?: number;
};

/** How long the cursor must rest on an empty line before something is asked for there, in milliseconds. */
const dwellMs = 150;

/** Orders the steps: reuse before join, join before a request; at most one request runs and one waits. */
export function createInlineCompletion(ports: InlineCompletionPorts): InlineCompletion {
  const { clock, settings } = ports;
  const life = new AbortController();
  const cache = createSuggestionCache();
  const prompts = createPromptDesk(ports);
  const pace = createPace(clock, settings);
  const server = createServer(ports, { prompts, models: createModelFacts(ports, life.signal) });
  let want: Want | undefined;
  let running: Job | undefined;
  let next: Job | undefined;
  let lastId = 0;
  const dismissals = createDismissals();
  let offered: { readonly spot: Spot; readonly offer: Offer } | undefined;
  const growing = new Map<number, (grew: boolean) => void>();

  return {
    suggest: (ask, signal) => {
      if (closed(ask)) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const wanted = wish(ask);
        wanted.answer?.(undefined);
        wanted.answer = resolve;
        signal.addEventListener('abort', () => settle(wanted, undefined), { once: true });
        advance();
      });
    },
    typed: (ask) => {
      if (closed(ask)) return;
      wish(ask);
      advance();
    },
    moved: (ask) => {
      want?.timer?.abort();
      settle(want, undefined);
      want = undefined;
      if (!closed(ask) && eagernessAt(ask.spot) === 'at once') lookAhead(ask);
    },
    accepted: () => pace.accepted(),
    dismissed: () => offered && dismissals.add(offered.spot, offered.offer.text, clock.now()),
    grown: (suggestion) =>
      new Promise((resolve) => {
        growing.get(suggestion)?.(false);
        if (running?.id === suggestion) growing.set(suggestion, resolve);
        else resolve(true);
      }),
    reset: () => {
      cache.clear();
      server.reset();
    },
    dispose: () => {
      life.abort();
      running?.abort.abort();
      want?.timer?.abort();
      settle(want, undefined);
    },
  };

  function closed({ spot, facts, explicit }: Ask): GateReason | undefined {
    return gate(spot, facts, { explicit });
  }

  /** The newest wish replaces the one before, unless it is the same place. */
  function wish(ask: Ask): Want {
    if (want && sameSpot(want.ask.spot, ask.spot) && want.ask.explicit === ask.explicit) return want;
    pace.key();
    prompts.touch();
    want?.timer?.abort();
    settle(want, undefined);
    want = { ask };
    return want;
  }

  /** Someone has put the cursor on an empty line and may be about to type: what comes there is asked for while they look. */
  function lookAhead(ask: Ask): void {
    const wanted: Want = { ask, timer: new AbortController() };
    want = wanted;
    const dwell = wanted.timer?.signal ?? life.signal;
    void clock.delay(dwellMs, dwell).then(() => {
      if (dwell.aborted || wanted !== want || settings().trigger === 'manual') return;
      delete wanted.timer;
      advance();
    });
  }

  function settle(wanted: Want | undefined, offer: Offer | undefined): void {
    wanted?.answer?.(offer);
    if (wanted) wanted.answer = undefined;
  }

  /** Looks at the newest wish again: after a key, after a piece of an answer, after the end of one. */
  function advance(): void {
    if (!want) return;
    const known = cache.find(want.ask.spot, () => true);
    const offer = best(known);
    if (offer) {
      if (want.answer) offered = { spot: want.ask.spot, offer };
      return settle(want, offer);
    }
    if (known.some(({ state, suggestion }) => state === 'exhausted' && suggestion.complete))
      return settle(want, undefined);
    if (running && !running.abort.signal.aborted) {
      if (known.some(({ suggestion }) => suggestion.id === running?.id)) return;
      if (!running.loading) running.abort.abort();
    }
    if (want.job === undefined) schedule(want);
    else if (want.job !== running?.id && want.job !== next?.id) settle(want, undefined);
  }

  function best(known: readonly Known[]): Offer | undefined {
    for (const item of known) {
      const offer = want && item.state === 'rest' ? offerAt(want.ask.spot, item) : undefined;
      if (!want || !offer || dismissals.has(want.ask.spot, offer.text, clock.now())) continue;
      return offer;
    }
    return undefined;
  }

  function schedule(wanted: Want): void {
    if (wanted.timer) return;
    const delay = pace.delay(wanted.ask);
    if (delay === undefined) return settle(wanted, undefined);
    if (delay === 0) return start(wanted);
    const timer = new AbortController();
    wanted.timer = timer;
    void clock.delay(delay, timer.signal).then(() => {
      if (!timer.signal.aborted && wanted === want) start(wanted);
    });
  }

  function start(wanted: Want): void {
    const { spot, explicit } = wanted.ask;
    const lines = lineMode(spot, settings().lines);
    const job: Job = { id: ++lastId, spot, lines, explicit, abort: new AbortController(), loading: false };
    wanted.job = job.id;
    pace.spend();
    next = job;
    runNext();
  }

  function runNext(): void {
    if (running || !next) return;
    const job = next;
    next = undefined;
    running = job;
    cache.put(beginning(job));
    void server.serve(job, hear).then((end) => {
      running = undefined;
      growing.get(job.id)?.(end === 'served');
      growing.delete(job.id);
      if (end !== 'served') cache.remove(job.id);
      if (next) runNext();
      else if (want?.job === job.id) settle(want, undefined);
      else advance();
    });
  }

  function hear(suggestion: Suggestion): void {
    cache.put(suggestion);
    advance();
  }

  function beginning({ id, spot, lines }: Job): Suggestion {
    const model = settings().models[0] ?? { backend: '', model: '' };
    return {
      id,
      origin: originOf(spot),
      made: { model, label: unlabelled, lines },
      text: '',
      settled: 0,
      done: false,
      complete: false,
    };
  }
}
