import { keywords } from '../context/words.ts';
import type { Step } from './foretell.ts';
import { isWordCode } from './scan.ts';

/** The part of what was foretold that is sure enough to be offered. */
export type SurePart = {
  /** To be inserted at the cursor. */
  readonly text: string;
  /** How likely all of it is right. */
  readonly confidence: number;
  /** Whether it is the whole rest of the line. */
  readonly wholeLine: boolean;
  /** The files that taught it, by owner. */
  readonly owners: ReadonlySet<number>;
};

/**
 * Chooses how much of what was foretold is offered: as far as it is at least as likely as `threshold`, ending where a
 * developer could go on typing, and only if it saves more than it costs to read.
 */
export function surePart(steps: readonly Step[], threshold: number): SurePart | undefined {
  let likely = 1;
  let text = '';
  const owners = new Set<number>();
  let best: SurePart | undefined;
  for (const [at, step] of steps.entries()) {
    likely *= step.confidence;
    if (likely < threshold) break;
    text += step.text;
    for (const owner of step.owners) owners.add(owner);
    const next = steps[at + 1];
    if (!step.endsLine && next !== undefined && !mayEnd(text, next)) continue;
    if (worthReading(text, step.endsLine))
      best = { text, confidence: likely, wholeLine: step.endsLine, owners: new Set(owners) };
  }
  return best;
}

/** A part of a line ends behind a word or an opening bracket, not in front of what belongs to it. */
function mayEnd(text: string, next: Step): boolean {
  if (next.endsLine) return false;
  const last = text.charCodeAt(text.length - 1);
  return isWordCode(last) || '([{'.includes(text.slice(-1));
}

/**
 * Whether reading a text takes less time than typing it: not closing brackets and the like, and not keywords alone unless the
 * line is done with them. The rest of a word that has begun is no keyword.
 */
export function worthReading(text: string, wholeLine: boolean): boolean {
  const words = text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
  if (text.replaceAll(/\s/g, '').length < 4 || words.join('').length < 3) return false;
  return wholeLine || words.some((word) => !keywords.has(word));
}
