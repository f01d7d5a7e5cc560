import type { Reach, Zone } from '../label/reach.ts';

import type { ServedView } from './view.ts';

/** A zone in words that stand alone in a line: `qwen2.5-coder:1.5b · this machine`. */
export const zoneWords: Readonly<Record<Zone, string>> = {
  device: 'this machine',
  perimeter: 'your servers',
  cloud: 'cloud',
};

/** The same of a model that no server has told of yet. */
export function placeWord(zone: Zone | undefined): string {
  return zone === undefined ? 'not listed' : zoneWords[zone];
}

/** How far a text may go, for a chip or a screen reader. */
export const reachWords: Readonly<Record<Reach, string>> = {
  none: 'for no model',
  device: 'stays on this machine',
  perimeter: 'stays on your servers',
  cloud: 'may go to the cloud',
};

/** One line on who answered: model, place, time, tokens. */
export function servedLine(served: ServedView): string {
  return [
    served.model,
    served.where,
    durationWord(served.durationMs),
    ...(served.outputTokens === undefined ? [] : [`${served.outputTokens} tokens`]),
  ].join(' · ');
}

/** `92 ms`, `1.2 s`, `2 min 5 s`. */
export function durationWord(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `986 MB`, `4.7 GB`; decimal units, as model pages count. */
export function bytesWord(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${Math.round(bytes / 1_000_000)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
