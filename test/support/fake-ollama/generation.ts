import { breakOff } from '../fake-server/break-off.ts';
import type { Exchange } from '../fake-server/fake-server.ts';
import { list, number, type JsonRecord } from '../fake-server/json.ts';
import { pause } from '../fake-server/pause.ts';
import { planAnswer, type Plan } from '../fake-server/plan.ts';
import { sharedTokens, tokenId, tokenize } from '../fake-server/tokens.ts';
import type { GenerationEvent, ToolCall } from './events.ts';
import { parseKeepAlive } from './keep-alive.ts';
import { metricsOf } from './metrics.ts';
import type { FullAnswer, OllamaBehaviour } from './options.ts';
import { fitPrompt } from './prompt-window.ts';
import { createRepeatGuard } from './repeat-guard.ts';
import { checkOptions, runnerKey } from './runner-options.ts';
import { shiftsByDefault, type Runner, type RunnerResult } from './runners.ts';
import type { Slot } from './slots.ts';
import type { OllamaState, StoredModel } from './state.ts';

/** One thing for a model to do. */
export interface Generation {
  readonly state: OllamaState;
  readonly exchange: Exchange;
  readonly behaviour: OllamaBehaviour;
  readonly model: StoredModel;
  /** The request in Ollama's own form: options, keep_alive, shift and truncate are read from it. */
  readonly body: JsonRecord;
  /** What the model evaluates; undefined when it is only to be loaded. */
  readonly prompt: string | undefined;
  readonly answer: () => FullAnswer;
  readonly thinks: boolean;
  /** The last frame carries the token ids of prompt and answer. */
  readonly withContext: boolean;
}

/** Loads, waits for a slot, evaluates, says the tokens. Ends early, without a word, when the client leaves. */
export async function* generate(job: Generation): AsyncGenerator<GenerationEvent> {
  const { state, exchange } = job;
  state.outstanding++;
  state.peaks.outstanding = Math.max(state.peaks.outstanding, state.outstanding);
  try {
    const startedAt = performance.now();
    const result = await schedule(job);
    if (result.kind !== 'ready') {
      const failure = scheduleFailure(result);
      if (failure !== undefined) yield failure;
      return;
    }
    if (result.reloaded) exchange.note({ reloaded: true });
    try {
      if (job.prompt === undefined) yield { kind: 'alone', reason: 'load' };
      else yield* onRunner({ job, runner: result.runner, prompt: job.prompt, startedAt, loadedAt: performance.now() });
    } finally {
      state.runners.release(result.runner);
    }
  } finally {
    state.outstanding--;
  }
}

type Scheduled = RunnerResult | { readonly kind: 'refused'; readonly status: number; readonly message: string };

async function schedule({ state, exchange, behaviour, model, body }: Generation): Promise<Scheduled> {
  const keepAlive = parseKeepAlive(body['keep_alive']);
  if (keepAlive.kind === 'invalid') return { kind: 'refused', status: 400, message: keepAlive.message };
  const checked = checkOptions(optionsOf(body));
  if (checked.kind === 'wrong-type') return { kind: 'refused', status: 500, message: checked.message };
  const asked = number(checked.options['num_ctx']) ?? state.settings.defaultContext;
  return state.runners.acquire({
    model,
    key: runnerKey(checked.options, shifts(body, model)),
    contextLength: Math.min(Math.max(4, asked), model.contextLength),
    keepAliveMs: keepAlive.ms,
    loadMs: behaviour.loadMs ?? model.loadMs,
    loadError: behaviour.loadError,
    signal: exchange.signal,
  });
}

function scheduleFailure(result: Exclude<Scheduled, { kind: 'ready' }>): GenerationEvent | undefined {
  switch (result.kind) {
    case 'busy':
      // The two spaces are the server's.
      return {
        kind: 'error',
        status: 503,
        message: 'server busy, please try again.  maximum pending requests exceeded',
      };
    case 'failed':
      return { kind: 'error', status: 500, message: result.message };
    case 'refused':
      return { kind: 'error', status: result.status, message: result.message };
    case 'gone':
      return undefined;
  }
}

interface Run {
  readonly job: Generation;
  readonly runner: Runner;
  readonly prompt: string;
  /** Milliseconds on the monotonic clock. */
  readonly startedAt: number;
  readonly loadedAt: number;
}

async function* onRunner(run: Run): AsyncGenerator<GenerationEvent> {
  const { job, runner } = run;
  const fitted = fitPrompt(tokenize(run.prompt), {
    contextLength: runner.contextLength,
    keep: number(optionsOf(job.body)['num_keep']) ?? 4,
    truncate: job.body['truncate'] !== false,
    shift: shifts(job.body, job.model),
  });
  if (fitted.kind === 'too-long') {
    yield { kind: 'error', status: 400, message: fitted.message };
    return;
  }
  job.exchange.note({ truncated: fitted.truncated, promptTokens: fitted.tokens.length });
  const slot = await runner.slots.take(fitted.tokens, job.exchange.signal);
  if (slot === undefined) return;
  const { state } = job;
  state.running++;
  state.peaks.running = Math.max(state.peaks.running, state.running);
  try {
    yield* inSlot(run, slot, fitted.tokens);
  } finally {
    state.running--;
    runner.slots.give(slot);
  }
}

async function* inSlot(run: Run, slot: Slot, prompt: readonly string[]): AsyncGenerator<GenerationEvent> {
  const { job } = run;
  const { note } = job.exchange;
  const { settings } = job.state;
  const cachedTokens = sharedTokens(slot.cached, prompt);
  note({ cachedTokens });
  // The runner evaluates at least one token again to have something to sample from.
  const fresh = Math.max(1, prompt.length - cachedTokens);
  if (!(await evaluate(job, slot, prompt))) return;
  const answer = job.answer();
  const plan = planFor(job, answer);
  const held = [...prompt];
  slot.cached = held;
  const finished = yield* speak(job, plan, held);
  if (!finished) return;
  const calls = toolCalls(answer);
  if (calls.length > 0 && answer.toolCallsLast !== true) yield { kind: 'tools', calls };
  yield {
    kind: 'final',
    reason: plan.reason,
    text: '',
    calls: answer.toolCallsLast === true ? calls : [],
    metrics: metricsOf({
      startedAt: run.startedAt,
      loadedAt: run.loadedAt,
      promptTokens: prompt.length,
      freshTokens: fresh,
      promptTokenMs: settings.promptTokenMs,
      saidTokens: plan.tokens.length,
      tokenMs: job.behaviour.tokenMs ?? settings.tokenMs,
    }),
    context: job.withContext ? held.map(tokenId) : undefined,
  };
}

/**
 * Whoever leaves meanwhile is missed only between two batches. What the slot held beyond the common beginning is gone by then,
 * and what was evaluated stays. Gives false when nobody waits any more.
 */
async function evaluate(
  { state, exchange: { signal } }: Generation,
  slot: Slot,
  prompt: readonly string[],
): Promise<boolean> {
  const { promptTokenMs, batchTokens } = state.settings;
  const never = new AbortController().signal;
  let done = Math.min(sharedTokens(slot.cached, prompt), prompt.length - 1);
  while (done < prompt.length) {
    slot.cached = prompt.slice(0, done);
    if (signal.aborted) return false;
    const batch = Math.min(batchTokens, prompt.length - done);
    if (!(await pause(batch * promptTokenMs, Number.isFinite(batchTokens) ? never : signal))) return false;
    done += batch;
  }
  slot.cached = prompt;
  return !signal.aborted;
}

function planFor({ body, behaviour, thinks }: Generation, answer: FullAnswer): Plan {
  const options = optionsOf(body);
  return planAnswer(answer.text, thinks ? (answer.thinking ?? 'Let me think about that.') : '', {
    stops: list(options['stop']).filter((stop) => typeof stop === 'string'),
    most: number(options['num_predict']),
    ending: behaviour.ending,
  });
}

/** Says the planned tokens and adds them to what the slot holds. Gives false when the answer broke off. */
async function* speak(job: Generation, plan: Plan, held: string[]): AsyncGenerator<GenerationEvent, boolean> {
  const { signal, note } = job.exchange;
  const { ending, tokenMs = job.state.settings.tokenMs } = job.behaviour;
  const repeats = createRepeatGuard();
  for (const [index, token] of plan.tokens.entries()) {
    if (ending?.afterTokens === index && (yield* breakOff(ending, signal))) return false;
    if (!(await pause(tokenMs, signal))) return false;
    if (repeats(token.text)) {
      yield { kind: 'cut' };
      return false;
    }
    note({ tokens: index + 1 });
    held.push(token.text);
    yield token;
  }
  const atTheEnd = ending !== undefined && ending.afterTokens >= plan.tokens.length;
  return !(atTheEnd && (yield* breakOff(ending, signal)));
}

function toolCalls(answer: FullAnswer): readonly ToolCall[] {
  return (answer.toolCalls ?? []).map((call, index) => ({
    id: `call_${tokenId(call.name + index)
      .toString(36)
      .padStart(8, 'a')
      .slice(-8)}`,
    function: { index, name: call.name, arguments: call.arguments },
  }));
}

function optionsOf(body: JsonRecord): JsonRecord {
  const options = body['options'];
  return typeof options === 'object' && options !== null ? { ...options } : {};
}

function shifts(body: JsonRecord, model: StoredModel): boolean {
  return typeof body['shift'] === 'boolean' ? body['shift'] : shiftsByDefault(model);
}
