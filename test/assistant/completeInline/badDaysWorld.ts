import { createChatActivity } from '../../../src/assistant/chatActivity.ts';
import { createExplainedCompletion } from '../../../src/assistant/completeInline/explain/explain.ts';
import type { Ask, CompletionEvent, InlineSettings } from '../../../src/assistant/completeInline/ports.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import type { Guard } from '../../../src/core/exchange/guard.ts';
import { at, type Around } from '../../support/cursor.ts';
import type { FakeOllamaOptions, OllamaBehaviour } from '../../support/fake-ollama/options.ts';
import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import type { SeenRequest } from '../../support/fake-server/seen-request.ts';
import { createWorld, type Worldly } from '../../egress/support/world.ts';

export const coder = {
  name: 'qwen2.5-coder:1.5b',
  family: 'qwen2',
  template: '{{ .Prompt }}{{ .Suffix }}',
  loaded: true,
} as const;

type Played = FakeOllamaOptions & {
  readonly settings?: Partial<InlineSettings>;
  /** How requests for text are served, by their number from one. */
  readonly generating?: (count: number) => OllamaBehaviour | undefined;
  readonly world?: Partial<Worldly>;
  /** Stands between completion and the guard. */
  readonly through?: (guard: Guard) => Guard;
  /** Called with all that completion tells. */
  readonly report?: (event: CompletionEvent) => void;
};

/**
 * Inline completion on the real guard, the real transport and a server that speaks Ollama's protocol. Time is the machine's,
 * moved on by `jump`. Ends with the test run: `stop` is kept in `running`.
 */
export async function startBadDay({ settings, generating, world: worldly, through, report, ...options }: Played) {
  const server = await startFakeOllama({
    models: [coder],
    defaultContext: 8192,
    answer: () => 'model();',
    ...options,
    behaviour: (request) => {
      if (request.path !== '/api/generate') return options.behaviour?.(request);
      return generating?.(server.requests.filter(isGenerating).length) ?? options.behaviour?.(request);
    },
  });
  running.add(server);
  const backends = [{ id: 'ollama', kind: 'ollama', url: server.url } as const];
  const { guard, receipts } = createWorld({ backends, ...worldly });
  const events: CompletionEvent[] = [];
  const current: { settings: InlineSettings } = { settings: { ...defaults, ...settings } };
  let jumped = 0;
  let version = 0;
  const now = (): number => performance.now() + jumped;
  const { completion, explain } = createExplainedCompletion({
    guard: through?.(guard) ?? guard,
    clock: { now, delay },
    elapsed: now,
    settings: () => current.settings,
    context: () => [],
    chat: createChatActivity(),
    report: (event) => {
      events.push(event);
      report?.(event);
    },
  });
  const ask = (text: string, more: Partial<Ask> & { readonly around?: Partial<Around> } = {}): Ask => {
    const { around, ...rest } = more;
    const facts = { cursors: 1, hasSelection: false, aside: false };
    return { spot: at(text, { version: ++version, ...around }), facts, explicit: false, listOpen: false, ...rest };
  };
  return {
    server,
    guard,
    receipts,
    completion,
    explain,
    events,
    current,
    ask,
    /** The clock goes on by so many milliseconds at once, or back. */
    jump: (ms: number): void => void (jumped += ms),
    /** Requests for text so far, those that only load a model left out. */
    asked: (): number => server.requests.filter(isGenerating).length,
    /** What the user was told, each once. */
    told: (): readonly string[] => [
      ...new Set(events.flatMap((event) => (event.kind === 'failed' ? [event.error.message] : []))),
    ],
    /** Asks as the editor does, and waits up to `ms` for what it gets. */
    suggest: async (text: string, ms = 3_000, more: Parameters<typeof ask>[1] = {}): Promise<Offer | undefined> =>
      completion.suggest(ask(text, more), AbortSignal.timeout(ms)),
  };
}

export type BadDay = Awaited<ReturnType<typeof startBadDay>>;

const running = new Set<FakeOllama>();

/** To be called after all tests of a file. */
export async function endBadDays(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
  running.clear();
}

export function isGenerating({ path, body }: SeenRequest): boolean {
  return (
    path === '/api/generate' && typeof body === 'object' && body !== null && 'prompt' in body && body.prompt !== ''
  );
}

const defaults: InlineSettings = {
  models: [{ backend: 'ollama', model: coder.name }],
  trigger: 'automatic',
  delay: 0,
  lines: 'auto',
  maxLines: 12,
  contextLength: 8192,
  warm: false,
  templateFor: () => undefined,
};

function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    if (signal.aborted) resolve();
  });
}
