import type { Guard, SendEvent } from '../../../src/core/exchange/guard.ts';
import { reveal } from '../../../src/core/label/labelled.ts';
import { renderFim } from '../../../src/core/prompt/fim.ts';
import { templateOf } from '../../../src/core/prompt/fimFamilies.ts';
import type { LabelledPrompt } from '../../../src/core/prompt/labelledPrompt.ts';
import type { VirtualClock } from '../../support/virtualClock.ts';

/** How the simulated server behaves. `slots` 0 is no limit; times in milliseconds, `prefillUs` for each new byte. */
export type ServerSettings = {
  readonly ttft: number;
  readonly tok: number;
  readonly slots: number;
  readonly prefillUs: number;
};

/** What happened to one request. */
export type Row = {
  readonly id: number;
  readonly t: number;
  readonly intent: string;
  /** Characters of the prompt, and those of them that stood at the start of the prompt before. */
  readonly size: number;
  readonly shared: number;
  /** Tokens of the rest: what has to be evaluated. */
  readonly evaluated: number;
  text: string;
  tokens: number;
  firstAt: number | undefined;
  end: number | undefined;
  aborted: boolean;
};

/** A server behind a guard that lets everything pass, on a clock of its own. `answer` gets what stands before the cursor. */
export function simulateServer(clock: VirtualClock, settings: ServerSettings, answer: (prefix: string) => string) {
  const rows: Row[] = [];
  let running = 0;
  let outstanding = 0;
  let mostOutstanding = 0;
  const queue: (() => void)[] = [];
  let wireBefore = '';
  let evaluated = '';
  const never = new AbortController().signal;

  async function* send(prompt: LabelledPrompt, model: unknown, signal: AbortSignal): AsyncGenerator<SendEvent> {
    void model;
    const parts = prompt.parts.map((part) => ({ ...part, text: reveal(part.text) }));
    const wire = renderFim(parts, templateOf('qwen')).prompt;
    const shared = common(wireBefore, wire);
    const row: Row = {
      id: rows.length + 1,
      t: clock.now(),
      intent: prompt.intent,
      size: wire.length,
      shared,
      evaluated: tokenize(wire.slice(shared)).length,
      text: '',
      tokens: 0,
      firstAt: undefined,
      end: undefined,
      aborted: false,
    };
    rows.push(row);
    wireBefore = wire;
    mostOutstanding = Math.max(mostOutstanding, ++outstanding);
    try {
      if (settings.slots > 0 && running >= settings.slots) await new Promise<void>((resolve) => queue.push(resolve));
      running += 1;
      try {
        if (signal.aborted) return;
        const fresh = wire.length - common(evaluated, wire);
        evaluated = wire;
        const promptMs = settings.ttft + (fresh * settings.prefillUs * wavering(row.id)) / 1000;
        await clock.delay(promptMs, signal);
        const prefix = parts
          .filter((part) => part.role === 'prefix')
          .map((part) => part.text)
          .join('');
        const pieces = tokenize(answer(prefix)).slice(0, prompt.options.maxTokens);
        for (const [index, piece] of pieces.entries()) {
          if (index > 0) await clock.delay(settings.tok, signal);
          if (signal.aborted) return;
          row.firstAt ??= clock.now();
          row.text += piece;
          row.tokens += 1;
          yield { kind: 'delta', text: piece };
        }
        const usage = { outputTokens: pieces.length, promptTokens: tokenize(wire).length, promptMs };
        yield { kind: 'finish', reason: 'stop', usage, served: { model: 'sim' } };
      } finally {
        running -= 1;
        queue.shift()?.();
      }
    } finally {
      outstanding -= 1;
      row.aborted = signal.aborted;
      row.end = clock.now();
    }
  }

  const info = {
    ref: { backend: 'sim', model: 'qwen2.5-coder:1.5b' },
    capabilities: ['completion', 'insert'] as const,
    family: 'qwen2',
    contextLength: 32768,
  };
  const proof = {
    zone: 'device' as const,
    because: [],
    evidence: {
      origin: 'sim',
      peer: { kind: 'in-process' as const },
      server: { kind: 'unknown' as const },
      model: { kind: 'local' as const, pinned: true },
      host: 'sim',
    },
  };
  const guard: Pick<Guard, 'send' | 'describe' | 'load'> = {
    send,
    describe: async () => ({ kind: 'described', info, proof, loaded: true }),
    load: async () => undefined,
  };
  return { guard, rows, never, mostOutstanding: () => mostOutstanding };
}

/** A machine that does other things as well: what takes one millisecond takes from 0.75 to 1.25 of them. */
function wavering(request: number): number {
  return 0.75 + ((request * 0.618) % 1) / 2;
}

/** About as many pieces as a model's tokenizer makes of code. */
export function tokenize(text: string): readonly string[] {
  return text.match(/\n[ \t]*|[ \t]*[A-Za-z_]{1,6}|[ \t]*\d{1,3}|[ \t]*[^\sA-Za-z_\d]{1,2}|[ \t]+|[\s\S]/g) ?? [];
}

/** How many characters two texts begin with in common. */
export function common(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}
