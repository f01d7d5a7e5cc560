import { setTimeout as wait } from 'node:timers/promises';
import { createStage, type Stage, type StageOptions } from './stage/stage.ts';
import { Leak } from './stage/leak.ts';
import type { Servers } from './stage/servers.ts';

/** One way of playing a vector. It plants words, tries to get them out, and asserts what else must be true. */
export type Play = {
  readonly vector: number;
  /** What is special about this play, where a vector has several. */
  readonly how?: string;
  readonly options?: StageOptions;
  readonly run: (stage: Stage) => Promise<void>;
};

export type Outcome =
  | { readonly kind: 'blocked' }
  /** A planted word was seen too far away. */
  | { readonly kind: 'leaked'; readonly error: Error }
  /** Nothing was seen, and yet something is not as it must be: no record, no refusal, an ordinary file that was stopped. */
  | { readonly kind: 'failed'; readonly error: Error };

/** Runs a play on a stage of its own. A leak outweighs whatever else went wrong. */
export async function runPlay({ run, options }: Play, servers: Servers): Promise<Outcome> {
  servers.forget();
  const stage = await createStage(servers, options);
  let failure: Error | undefined;
  try {
    await within(limitMs, run(stage));
  } catch (error) {
    failure = asError(error);
  }
  try {
    stage.watch.check();
  } catch (error) {
    failure = asError(error);
  } finally {
    await stage.dispose();
  }
  if (!failure) return { kind: 'blocked' };
  return { kind: failure instanceof Leak ? 'leaked' : 'failed', error: failure };
}

/** Longest time for one play, in milliseconds; on a machine at rest none takes a tenth of it. */
const limitMs = 20_000;

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const ending = new AbortController();
  const late = wait(milliseconds, undefined, { signal: ending.signal }).then(
    () => Promise.reject(new Error(`The play did not end within ${milliseconds / 1000} s.`)),
    () => undefined,
  );
  try {
    await Promise.race([work, late]);
  } finally {
    ending.abort();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
