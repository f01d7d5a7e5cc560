import type { Receipt } from '../../../core/audit/receipt.ts';
import type { Guard, SendEvent } from '../../../core/exchange/guard.ts';
import type { Verdict } from '../../../core/exchange/verdict.ts';
import type { LabelledPrompt } from '../../../core/prompt/labelledPrompt.ts';
import type { ZoneProof } from '../../../core/zone/evidence.ts';

/** What led to a request: a key or the cursor (`wanted`), or a suggestion on screen, for what may follow it (`ahead`). */
export type Cause = { readonly kind: 'wanted' | 'ahead'; readonly at: number };

/** One sending as it went on. Times in milliseconds of the clock it was measured by; absent until the moment has come. */
export type SendTrace = {
  readonly cause: Cause;
  readonly startedAt: number;
  readonly decidedAt?: number;
  readonly firstAt?: number;
  readonly endedAt?: number;
  /** Time that the listener took to work on the pieces. */
  readonly heardMs: number;
  readonly pieces: number;
  readonly loaded: boolean;
  readonly verdict?: Verdict;
  readonly proof?: ZoneProof;
  readonly receipt?: Receipt;
};

type Sender = Pick<Guard, 'send' | 'describe' | 'load'>;

/**
 * The same guard, with every completion request timed as it passes; nothing is changed. `traceOf` finds a trace by the prompt
 * that was sent, and forgets it with the prompt.
 */
export function traceSends(
  guard: Sender,
  { elapsed, cause }: { readonly elapsed: () => number; readonly cause: () => Cause },
) {
  const traces = new WeakMap<LabelledPrompt, SendTrace>();
  let warmed = 0;

  async function* watch(prompt: LabelledPrompt, events: AsyncIterable<SendEvent>): AsyncGenerator<SendEvent> {
    let trace: SendTrace = { cause: cause(), startedAt: elapsed(), heardMs: 0, pieces: 0, loaded: false };
    const set = (change: Partial<SendTrace>): void => {
      trace = { ...trace, ...change };
      traces.set(prompt, trace);
    };
    set({});
    try {
      for await (const event of events) {
        const at = elapsed();
        set(changeBy(event, trace, at));
        yield event;
        if (event.kind === 'delta') set({ heardMs: trace.heardMs + elapsed() - at });
      }
    } finally {
      set({ endedAt: trace.endedAt ?? elapsed() });
    }
  }
  return {
    guard: {
      ...guard,
      send: (prompt, model, signal) => {
        const events = guard.send(prompt, model, signal);
        if (prompt.intent === 'completion') return watch(prompt, events);
        warmed += 1;
        return events;
      },
    } satisfies Sender,
    traceOf: (prompt: LabelledPrompt): SendTrace | undefined => traces.get(prompt),
    /** How often a prompt was evaluated ahead of need. */
    warmed: (): number => warmed,
  };
}

function changeBy(event: SendEvent, trace: SendTrace, at: number): Partial<SendTrace> {
  switch (event.kind) {
    case 'decided':
      return { decidedAt: at, verdict: event.verdict, ...(event.proof && { proof: event.proof }) };
    case 'loading':
      return { loaded: true };
    case 'delta':
      return { firstAt: trace.firstAt ?? at, pieces: trace.pieces + 1 };
    case 'finish':
    case 'error':
      return { endedAt: at };
    case 'receipt':
      return { receipt: event.receipt, endedAt: trace.endedAt ?? at };
    case 'reasoning':
      return {};
  }
}
