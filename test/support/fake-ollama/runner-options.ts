import type { JsonRecord } from '../fake-server/json.ts';

/** The options of a request that the server takes, or the error text of the first one with a wrong type. */
export type CheckedOptions =
  { readonly kind: 'ok'; readonly options: JsonRecord } | { readonly kind: 'wrong-type'; readonly message: string };

const integers = new Set([
  'num_keep', 'seed', 'num_predict', 'top_k', 'repeat_last_n', // sampling
  'num_ctx', 'num_batch', 'num_gpu', 'main_gpu', 'num_thread', 'draft_num_predict', // runner
]); // prettier-ignore
const floats = new Set([
  'top_p', 'min_p', 'typical_p', 'temperature', 'repeat_penalty', 'presence_penalty', 'frequency_penalty',
]); // prettier-ignore

/** Checks types as the server does. Unknown options and nulls are ignored there, with a warning in its log only. */
export function checkOptions(options: JsonRecord): CheckedOptions {
  for (const [key, value] of Object.entries(options)) {
    const wanted = value === null ? undefined : wrongType(key, value);
    if (wanted !== undefined) return { kind: 'wrong-type', message: `option "${key}" must be of ${wanted}` };
  }
  return { kind: 'ok', options };
}

function wrongType(key: string, value: unknown): string | undefined {
  if (integers.has(key) && typeof value !== 'number') return 'type integer';
  if (floats.has(key) && typeof value !== 'number') return 'type float32';
  if (key === 'use_mmap' && typeof value !== 'boolean') return 'type boolean';
  if (key !== 'stop') return undefined;
  if (!Array.isArray(value)) return 'type array';
  return value.every((item) => typeof item === 'string') ? undefined : 'an array of strings';
}

const runnerDefaults: JsonRecord = {
  num_ctx: 'auto',
  num_batch: 512,
  num_gpu: -1,
  main_gpu: null,
  use_mmap: null,
  num_thread: 0,
  draft_num_predict: 4,
};

/**
 * Two requests with different keys cannot share a runner: the server loads the model again. A default that is spelled
 * out equals the default, but an explicit `num_ctx` never equals the automatic one.
 */
export function runnerKey(options: JsonRecord, shift: boolean): string {
  const chosen = Object.entries(runnerDefaults).map(([key, usual]) => [key, options[key] ?? usual]);
  return JSON.stringify([...chosen, ['shift', shift]]);
}
