import { gate } from '../../../core/completion/gate.ts';
import type { Offer } from '../../../core/completion/offer.ts';
import { sameSpot, type Spot } from '../../../core/completion/spot.ts';
import type { Answered, Explanation, Nothing, Outcome, Trouble } from '../../../core/completion/why/explanation.ts';
import { fileLineOf } from '../../../core/completion/why/fileLine.ts';
import { createInlineCompletion, type InlineCompletion } from '../completeInline.ts';
import { explainedRequest } from './explainRequest.ts';
import type { Ask, InlineCompletionPorts } from '../ports.ts';
import { createRouteBook } from './routes.ts';
import { traceSends, type Cause, type SendTrace } from './trace.ts';
import { createTroubles } from './troubles.ts';
import type { Why } from '../why.ts';

export type ExplainedCompletion = {
  readonly completion: InlineCompletion;
  /** How the last question was answered, from what was noted: no model is asked. */
  readonly explain: () => Explanation;
};

type Ports = InlineCompletionPorts & {
  /** Milliseconds that never go backwards, finer than the clock's. */
  readonly elapsed: () => number;
};

/** One question, as it was asked and as far as it is answered. */
type Question = {
  readonly ask: Ask;
  readonly keyAt: number;
  shown?: { readonly suggestion: number; readonly outcome: Outcome };
  over?: 'answered' | 'withdrawn';
  /** What stood in the way when it was over. Kept, because a new policy or setting clears the troubles. */
  trouble?: Trouble | undefined;
};

/** A request, by what was asked and how its sending went. */
type Request = { readonly why: Why; readonly trace: SendTrace };

/** Inline completion that can say afterwards why it showed something, or nothing. Taking notes is all that it adds. */
export function createExplainedCompletion(ports: Ports): ExplainedCompletion {
  const { elapsed, settings } = ports;
  let cause: Cause = { kind: 'wanted', at: elapsed() };
  let key: { readonly spot: Spot; readonly at: number } | undefined;
  let last: Question | undefined;
  let shown: Question | undefined;
  let counted: number | undefined;
  const tracing = traceSends(ports.guard, { elapsed, cause: () => cause });
  const troubles = createTroubles(elapsed);
  const routes = createRouteBook((suggestion) => requestFor(suggestion)?.trace);
  const completion = createInlineCompletion({ ...ports, guard: tracing.guard, report });

  return {
    completion: {
      ...completion,
      suggest: async (ask, signal) => {
        const question = begin(ask);
        const offer = await completion.suggest(ask, signal);
        conclude(question, offer, signal);
        return offer;
      },
      alternatives: async (ask, signal) => {
        const question = begin(ask);
        const offers = await completion.alternatives(ask, signal);
        conclude(question, offers[0], signal);
        return offers;
      },
      typed: (ask) => {
        routes.count('keys');
        noteKey(ask);
        completion.typed(ask);
      },
      moved: (ask) => {
        noteKey(ask);
        completion.moved(ask);
      },
      reset: () => {
        troubles.clear();
        completion.reset();
      },
    },
    explain: () => ({
      ...(last && { last: answered(last) }),
      ...(shown && shown !== last && { before: answered(shown) }),
      counters: { ...routes.counters(), warmed: tracing.warmed() },
    }),
  };

  function report(event: Parameters<InlineCompletionPorts['report']>[0]): void {
    if (key) troubles.hear(event, key.spot.document.uri);
    if (event.kind === 'idle') countEnd();
    ports.report(event);
  }

  /** Idle is told after warming up as well, when no further request for a completion has ended. */
  function countEnd(): void {
    const why = completion.why();
    if (!why?.end || why.suggestion === counted) return;
    counted = why.suggestion;
    routes.ended(why.end);
    if (why.end.kind === 'answered' && key) troubles.answered(why.model, key.spot.document.uri);
  }

  /** What is asked for from now on is asked for because of this key, or because the cursor came here. */
  function noteKey({ spot }: Ask): void {
    key = { spot, at: elapsed() };
    cause = { kind: 'wanted', at: key.at };
  }

  function begin(ask: Ask): Question {
    routes.count('questions');
    if (!key || ask.explicit || !sameSpot(key.spot, ask.spot)) noteKey(ask);
    last = { ask, keyAt: key?.at ?? elapsed() };
    return last;
  }

  function conclude(question: Question, offer: Offer | undefined, signal: AbortSignal): void {
    const { ask, keyAt } = question;
    question.over = signal.aborted ? 'withdrawn' : 'answered';
    question.trouble = troubles.find(ask.spot.document.uri, keyAt);
    if (!offer) return;
    const route = routes.routeOf(offer, { keyAt, spot: ask.spot });
    const at = elapsed();
    question.shown = { suggestion: offer.suggestion, outcome: { kind: 'shown', route, shownMs: at - keyAt } };
    shown = question;
    // Without another key, what is asked for from now on is what may follow the offer.
    cause = { kind: 'ahead', at };
  }

  /** The request that brought a suggestion; without one, the request made last. */
  function requestFor(suggestion?: number): Request | undefined {
    const why = completion.why(suggestion);
    const trace = why && tracing.traceOf(why.prompt);
    return why && trace && { why, trace };
  }

  function answered(question: Question): Answered {
    const { ask, keyAt, shown: offer } = question;
    const request = requestFor(offer?.suggestion);
    const trouble = troubles.find(ask.spot.document.uri, keyAt) ?? question.trouble;
    // A refusal that still holds is explained by the request that it was told of.
    const held = trouble?.kind === 'refused' && request?.why.end?.kind === 'refused';
    const own = request && (offer || held || request.trace.startedAt >= keyAt) ? request : undefined;
    return {
      place: fileLineOf(ask.spot),
      outcome: offer?.outcome ?? { kind: 'nothing', because: whyNothing(question, own, trouble) },
      ...(own && { request: explainedRequest(own.why, own.trace) }),
      ...(own && trouble && trouble.model.backend !== own.why.model.backend && { instead: trouble }),
    };
  }

  function whyNothing({ ask, over }: Question, own: Request | undefined, trouble: Trouble | undefined): Nothing {
    const closed = gate(ask.spot, ask.facts, { explicit: ask.explicit });
    if (closed) return { kind: 'closed', reason: closed };
    if (own?.why.end?.kind === 'answered') return { kind: own.trace.pieces > 0 ? 'filtered' : 'silent' };
    if (trouble) return trouble;
    const { models, trigger } = settings();
    if (models.length === 0) return { kind: 'no model' };
    if (over === undefined) return { kind: 'waiting' };
    if (over === 'withdrawn') return { kind: 'typed on' };
    if (trigger === 'manual' && !ask.explicit) return { kind: 'by hand' };
    return { kind: 'spent' };
  }
}
