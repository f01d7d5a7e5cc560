import { pause, untilAborted } from '../fake-server/pause.ts';
import { runnerKey } from './runner-options.ts';
import { createSlots, type Slots } from './slots.ts';
import type { Settings, StoredModel } from './state.ts';

/** A model in memory. */
export interface Runner {
  readonly model: StoredModel;
  readonly key: string;
  readonly contextLength: number;
  readonly slots: Slots;
  /** Milliseconds since the epoch; Infinity for ever. Counts only while nobody uses the runner. */
  expiresAt: number;
  keepAliveMs: number;
  users: number;
  /** Settles when the last user has gone. */
  idle: Promise<void>;
  leave: () => void;
}

export interface RunnerWish {
  readonly model: StoredModel;
  readonly key: string;
  readonly contextLength: number;
  readonly keepAliveMs: number;
  readonly loadMs: number;
  readonly loadError: string | undefined;
  /** When it aborts during the load, the load is broken off and the model stays cold. */
  readonly signal: AbortSignal;
}

export type RunnerResult =
  | { readonly kind: 'ready'; readonly runner: Runner; readonly reloaded: boolean }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'gone' };

/** The scheduler: which models are in memory, and who waits for a load. */
export interface Runners {
  readonly counters: { loads: number; abortedLoads: number; reloads: number };
  acquire(wish: RunnerWish): Promise<RunnerResult>;
  release(runner: Runner): void;
  unload(name: string): void;
  preload(model: StoredModel): void;
  /** What /api/ps lists. */
  loaded(): readonly Runner[];
}

interface Scheduler {
  readonly settings: Settings;
  readonly memory: Map<string, Runner>;
  readonly loading: Map<string, Promise<unknown>>;
  readonly counters: Runners['counters'];
  waiting: number;
}

/** A scheduler with nothing in memory. */
export function createRunners(settings: Settings): Runners {
  const counters = { loads: 0, abortedLoads: 0, reloads: 0 };
  const scheduler: Scheduler = { settings, memory: new Map(), loading: new Map(), counters, waiting: 0 };
  const { memory } = scheduler;
  return {
    counters,
    acquire: (wish) => acquire(scheduler, wish),
    release,
    unload: (name) => {
      const runner = memory.get(name);
      if (runner !== undefined) Object.assign(runner, { keepAliveMs: 0, expiresAt: 0 });
    },
    preload: (model) => {
      const contextLength = Math.min(settings.defaultContext, model.contextLength);
      const runner = newRunner({ model, key: runnerKey({}, shiftsByDefault(model)), contextLength }, settings.parallel);
      memory.set(model.name, Object.assign(runner, { expiresAt: Infinity, keepAliveMs: Infinity }));
    },
    loaded: () => [...memory.keys()].map((name) => live(scheduler, name)).filter((runner) => runner !== undefined),
  };
}

async function acquire(scheduler: Scheduler, wish: RunnerWish): Promise<RunnerResult> {
  const runner = live(scheduler, wish.model.name);
  if (runner?.key === wish.key) return { kind: 'ready', runner: use(runner, wish.keepAliveMs), reloaded: false };
  if (scheduler.waiting >= scheduler.settings.maxQueue) return { kind: 'busy' };
  scheduler.waiting++;
  try {
    return await queue(scheduler, wish);
  } finally {
    scheduler.waiting--;
  }
}

/** The runner under that name unless its time is over. */
function live({ memory }: Scheduler, name: string): Runner | undefined {
  const runner = memory.get(name);
  if (runner === undefined || runner.users > 0 || Date.now() < runner.expiresAt) return runner;
  memory.delete(name);
  return undefined;
}

/** Waits for somebody else's load and for those who use a runner with other options, then loads. */
async function queue(scheduler: Scheduler, wish: RunnerWish): Promise<RunnerResult> {
  const { signal, model, key } = wish;
  while (!signal.aborted) {
    const runner = live(scheduler, model.name);
    if (runner?.key === key) return { kind: 'ready', runner: use(runner, wish.keepAliveMs), reloaded: false };
    const inUse = runner === undefined || runner.users === 0 ? undefined : runner.idle;
    const obstacle = scheduler.loading.get(model.name) ?? inUse;
    if (obstacle === undefined) return load(scheduler, wish);
    await Promise.race([obstacle, untilAborted(signal)]);
  }
  return { kind: 'gone' };
}

async function load({ memory, loading, counters, settings }: Scheduler, wish: RunnerWish): Promise<RunnerResult> {
  const { name } = wish.model;
  const reloaded = memory.delete(name);
  if (reloaded) counters.reloads++;
  const job = pause(wish.loadMs, wish.signal);
  loading.set(name, job);
  const finished = await job;
  loading.delete(name);
  if (!finished) {
    counters.abortedLoads++;
    return { kind: 'gone' };
  }
  if (wish.loadError !== undefined) return { kind: 'failed', message: wish.loadError };
  counters.loads++;
  const runner = newRunner(wish, settings.parallel);
  memory.set(name, runner);
  return { kind: 'ready', runner: use(runner, wish.keepAliveMs), reloaded };
}

function release(runner: Runner): void {
  runner.users--;
  if (runner.users > 0) return;
  runner.expiresAt = Date.now() + runner.keepAliveMs;
  runner.leave();
}

/** Context shift is on unless the architecture cannot do it. */
export function shiftsByDefault(model: StoredModel): boolean {
  return model.family !== 'deepseek2';
}

function newRunner(wish: Pick<RunnerWish, 'model' | 'key' | 'contextLength'>, parallel: number): Runner {
  const { model, key, contextLength } = wish;
  const idle = Promise.resolve();
  return {
    model,
    key,
    contextLength,
    slots: createSlots(parallel),
    expiresAt: 0,
    keepAliveMs: 0,
    users: 0,
    idle,
    leave: () => undefined,
  };
}

function use(runner: Runner, keepAliveMs: number): Runner {
  runner.keepAliveMs = keepAliveMs;
  if (runner.users === 0) {
    runner.idle = new Promise((resolve) => {
      runner.leave = resolve;
    });
  }
  runner.users++;
  return runner;
}
