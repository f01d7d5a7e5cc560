/**
 * Bytes as a person reads them: `512 B`, `3.4 kB`, `986 MB`, `4.7 GB`. Decimal units, as Ollama and the pages of models
 * count; a tenth below ten of a unit.
 */
export function formatBytes(bytes: number): string {
  const at = byteUnits.findIndex(([, size]) => bytes >= size * roundsUp);
  const [unit, size] = byteUnits[at] ?? ['B', 1];
  return `${size === 1 ? Math.round(bytes) : shortNumber(bytes / size)} ${unit}`;
}

/** Milliseconds as a person reads them: `92 ms`, `1.2 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${shortNumber(ms / 1000)} s`;
  return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
}

const byteUnits: readonly (readonly [unit: string, size: number])[] = [
  ['GB', 1_000_000_000],
  ['MB', 1_000_000],
  ['kB', 1000],
];

/** From here on the smaller unit would be written as a thousand. */
const roundsUp = 0.9995;

function shortNumber(value: number): string {
  const tenths = value.toFixed(1);
  return Number(tenths) < 10 ? tenths : String(Math.round(value));
}
