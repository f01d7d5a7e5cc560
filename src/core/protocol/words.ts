import type { Reach, Zone } from '../label/reach.ts';
import { formatDuration } from './amounts.ts';
import type { ServedView } from './view.ts';

/** A zone in words that stand alone in a line: `qwen2.5-coder:1.5b · this machine`. */
export const zoneWords: Readonly<Record<Zone, string>> = {
  device: 'this machine',
  perimeter: "your organisation's servers",
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
  perimeter: "stays on your organisation's servers",
  cloud: 'may go to the cloud',
};

/** One line on who answered: model, place, time, tokens. */
export function servedLine(served: ServedView): string {
  return [
    served.model,
    served.where,
    formatDuration(served.durationMs),
    ...(served.outputTokens === undefined ? [] : [`${served.outputTokens} tokens`]),
  ].join(' · ');
}
