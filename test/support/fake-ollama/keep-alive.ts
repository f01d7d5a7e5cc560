/** How long a runner stays after its last request: milliseconds, Infinity for ever. */
export type KeepAlive =
  { readonly kind: 'ms'; readonly ms: number } | { readonly kind: 'invalid'; readonly message: string };

const defaultMs = 5 * 60_000;

/** Reads `keep_alive`: seconds as a number, a Go duration as a string, below zero for ever, nothing for five minutes. */
export function parseKeepAlive(value: unknown): KeepAlive {
  if (value === undefined || value === null) return { kind: 'ms', ms: defaultMs };
  if (typeof value === 'number') return { kind: 'ms', ms: value < 0 ? Infinity : value * 1000 };
  if (typeof value !== 'string') return { kind: 'invalid', message: `Unsupported type: '${typeof value}'` };
  const ms = goDuration(value);
  if (ms === undefined) return { kind: 'invalid', message: `time: invalid duration ${JSON.stringify(value)}` };
  return { kind: 'ms', ms: ms < 0 ? Infinity : ms };
}

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

function goDuration(source: string): number | undefined {
  const sign = source.startsWith('-') ? -1 : 1;
  const rest = source.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(rest)) return undefined;
  let ms = 0;
  for (const [, amount, unit] of rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    ms += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  }
  return sign * ms;
}
