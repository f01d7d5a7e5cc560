import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import { createExplainedCompletion } from '../../../src/assistant/completeInline/explain/explain.ts';
import type { Ask, CompletionEvent, InlineSettings } from '../../../src/assistant/completeInline/ports.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import type { Guard, SendEvent } from '../../../src/core/exchange/guard.ts';
import type { ModelRef } from '../../../src/core/exchange/model.ts';
import type { BackendError } from '../../../src/core/exchange/stream.ts';
import type { Verdict } from '../../../src/core/exchange/verdict.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import type { Zone } from '../../../src/core/label/reach.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import { at, type Around } from '../../support/cursor.ts';
import { createVirtualClock } from '../../support/virtualClock.ts';

/** How one model behaves. Times in milliseconds; the answer is cut into pieces of one word or one line break. */
export type Behaviour = {
  readonly answer?: (prefix: string) => string;
  readonly ttft?: number;
  readonly tok?: number;
  readonly refuses?: boolean;
  readonly fails?: BackendError | undefined;
  /** Whether its answers end without saying so. */
  readonly breaksOff?: boolean;
  /** How long the model is loaded before it answers for the first time. */
  readonly loads?: number;
  readonly zone?: Zone;
};

export type Sent = {
  readonly at: number;
  readonly model: string;
  readonly intent: string;
  readonly prefix: string;
  readonly prompt: LabelledPrompt;
  aborted: boolean;
  ended: number | undefined;
};

/** A world around inline completion on a clock that only the test moves. Models are written `backend/model` by their backend. */
export function createWorld(models: Readonly<Record<string, Behaviour>>, changes: Partial<InlineSettings> = {}) {
  const clock = createVirtualClock();
  const sent: Sent[] = [];
  const events: CompletionEvent[] = [];
  const cold = new Set(Object.keys(models).filter((name) => models[name]?.loads !== undefined));
  const chatActivity = createChatActivity();
  const zones: Zone[] = [];
  let outstanding = 0;
  let mostOutstanding = 0;

  async function* send(prompt: LabelledPrompt, model: ModelRef, signal: AbortSignal): AsyncGenerator<SendEvent> {
    const {
      answer = () => '',
      ttft = 80,
      tok = 5,
      refuses,
      fails,
      breaksOff,
      loads,
      zone = 'device',
    } = models[model.backend] ?? {};
    const text = (role: string): string =>
      prompt.parts
        .filter((part) => part.role === role)
        .map((part) => reveal(part.text))
        .join('');
    const row: Sent = {
      at: clock.now(),
      model: model.backend,
      intent: prompt.intent,
      prefix: text('prefix'),
      prompt,
      aborted: false,
      ended: undefined,
    };
    sent.push(row);
    mostOutstanding = Math.max(mostOutstanding, ++outstanding);
    try {
      if (refuses) {
        yield { kind: 'decided', verdict: refusal(zone), label: { reach: 'none', origins: [] } };
        return;
      }
      if (fails) {
        yield { kind: 'error', error: fails };
        return;
      }
      if (loads !== undefined && cold.has(model.backend)) {
        yield { kind: 'loading' };
        await clock.delay(loads, signal);
        if (signal.aborted) return;
        cold.delete(model.backend);
      }
      await clock.delay(ttft, signal);
      for (const piece of answer(row.prefix).match(/\n[ \t]*|[^\n]\w*/g) ?? []) {
        if (signal.aborted) return;
        yield { kind: 'delta', text: piece };
        await clock.delay(tok, signal);
      }
      const reason = breaksOff ? 'incomplete' : 'stop';
      if (!signal.aborted) yield { kind: 'finish', reason, usage: {}, served: { model: model.model } };
    } finally {
      outstanding -= 1;
      row.aborted = signal.aborted;
      row.ended = clock.now();
    }
  }

  const guard: Pick<Guard, 'send' | 'describe' | 'load'> = {
    send,
    describe: async (model) => ({
      kind: 'described',
      info: { ref: model, capabilities: ['completion', 'insert'], contextLength: 32_768 },
      proof: {
        zone: models[model.backend]?.zone ?? 'device',
        because: [],
        evidence: {
          origin: '',
          peer: { kind: 'in-process' },
          server: { kind: 'unknown' },
          model: { kind: 'local', pinned: true },
          host: '',
        },
      },
      loaded: !cold.has(model.backend),
    }),
    load: async (model, signal) => {
      await clock.delay(models[model.backend]?.loads ?? 0, signal);
      if (!signal.aborted) cold.delete(model.backend);
      return undefined;
    },
  };
  const settings: InlineSettings = {
    models: Object.keys(models).map((backend) => ({ backend, model: 'qwen2.5-coder' })),
    trigger: 'automatic',
    delay: 'adaptive',
    lines: 'auto',
    maxLines: 12,
    contextLength: 8192,
    warm: false,
    templateFor: () => undefined,
    ...changes,
  };
  const { completion, explain } = createExplainedCompletion({
    guard,
    clock,
    elapsed: () => clock.now(),
    settings: () => settings,
    context: (_document, zone) => {
      zones.push(zone);
      return [];
    },
    chat: chatActivity,
    report: (event) => events.push(event),
  });
  let version = 0;
  const ask = (text: string, more: Partial<Ask> & { readonly around?: Partial<Around> } = {}): Ask => {
    const { around, ...rest } = more;
    return {
      spot: at(text, { version: ++version, ...around }),
      facts: { cursors: 1, hasSelection: false, aside: false },
      explicit: false,
      listOpen: false,
      ...rest,
    };
  };
  return {
    clock,
    completion,
    explain,
    sent,
    events,
    /** For which zones context was asked for. */
    zones,
    ask,
    mostOutstanding: () => mostOutstanding,
    /** A chat begins or ends, with the same model unless another is named. */
    chat: (on: boolean, model: ModelRef = { backend: 'local', model: 'qwen2.5-coder' }): void =>
      chatActivity.observe({ kind: on ? 'started' : 'ended', intent: 'chat', model }),
    /** Asks as the editor does and waits up to `ms` for what it gets. */
    suggest: async (text: string, ms = 1_000, more: Parameters<typeof ask>[1] = {}): Promise<Offer | undefined> => {
      const abort = new AbortController();
      const answer = completion.suggest(ask(text, more), abort.signal);
      const state = { done: false };
      void answer.then(() => (state.done = true));
      const end = clock.now() + ms;
      while (!state.done && clock.now() < end) await clock.advanceTo(clock.now() + 5);
      abort.abort();
      return answer;
    },
  };
}

function refusal(zone: Zone): Verdict {
  return {
    kind: 'refuse',
    zone,
    parts: [],
    cause: { reason: 'required-part', message: 'This file stays on this machine.' },
  };
}
