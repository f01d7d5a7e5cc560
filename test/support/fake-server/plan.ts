import type { Ending } from './behaviour.ts';
import { tokenize } from './tokens.ts';

/** What the model is going to say, token by token. */
export interface Plan {
  readonly tokens: readonly PlannedToken[];
  readonly reason: 'stop' | 'length';
}

export interface PlannedToken {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
}

export interface PlanLimits {
  readonly stops: readonly string[];
  /** The most tokens, thinking included; undefined or below zero for no limit. */
  readonly most: number | undefined;
  /** A model that gets stuck repeats a token from `afterTokens` on. */
  readonly ending: Ending | undefined;
}

/** Applies stop sequences and the token limit, as a runner does. */
export function planAnswer(text: string, thinking: string, { stops, most = -1, ending }: PlanLimits): Plan {
  const all = [
    ...tokenize(thinking).map((token): PlannedToken => ({ kind: 'thinking', text: token })),
    ...tokenize(untilStop(text, stops)).map((token): PlannedToken => ({ kind: 'text', text: token })),
  ];
  const stuck = ending?.kind === 'repeat' ? repeating(all.slice(0, ending.afterTokens), ending.token) : all;
  const limit = most < 0 ? Infinity : most;
  if (stuck.length > limit) return { tokens: stuck.slice(0, limit), reason: 'length' };
  return { tokens: stuck, reason: stuck === all ? 'stop' : 'length' };
}

function repeating(start: readonly PlannedToken[], token: string): readonly PlannedToken[] {
  return [...start, ...Array.from({ length: 200 }, (): PlannedToken => ({ kind: 'text', text: token }))];
}

function untilStop(text: string, stops: readonly string[]): string {
  const ends = stops.filter((stop) => stop !== '' && text.includes(stop)).map((stop) => text.indexOf(stop));
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
