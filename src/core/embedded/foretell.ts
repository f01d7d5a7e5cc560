import { mayReach, type Reach, type Zone } from '../label/reach.ts';
import { confidence, features, type Features } from './confidence.ts';
import { contextLimit, type Cursor } from './cursor.ts';
import type { Standing } from './locate.ts';
import type { Shelf } from './shelf.ts';
import { firstWord, isBreak, opaque } from './vocabulary.ts';
import { vote, type Tally } from './vote.ts';

/** One token ahead of the cursor. */
export type Step = {
  readonly token: number;
  /** What it adds behind the step before, blanks included. Empty for the end of the line. */
  readonly text: string;
  readonly endsLine: boolean;
  /** How likely this step is right, given that those before are. */
  readonly confidence: number;
  readonly features: Features;
  /** Owners of every place that voted for it. */
  readonly owners: ReadonlySet<number>;
};

/** Most tokens foretold. */
export const stepLimit = 40;

/**
 * Foretells the rest of the cursor's line, one token after the other, until the line ends, nothing is known, or what is
 * foretold has become less likely than `floor`.
 */
export function foretell(shelf: Shelf, cursor: Cursor, standing: Standing, floor: number): readonly Step[] {
  const context = [...cursor.context];
  const steps: Step[] = [];
  const reachOf = voters(shelf, standing);
  let likely = 1;
  while (steps.length < stepLimit && likely >= floor) {
    const partial = steps.length === 0 ? cursor.partial : '';
    const fits = (token: number): boolean =>
      partial === '' || (token >= firstWord && shelf.vocabulary.word(token).startsWith(partial));
    const tallies = vote(shelf.arena, { context: context.slice(-contextLimit), here: standing.owner, reachOf, fits });
    const best = tallies[0];
    if (!best || best.token === opaque) break;
    const step = stepOf(
      shelf,
      cursor,
      best,
      features(tallies, { typed: partial.length, onLine: cursor.onLine + steps.length, ahead: steps.length }),
      steps.length === 0,
    );
    steps.push(step);
    likely *= step.confidence;
    if (step.endsLine) break;
    context.push(best.token);
  }
  return steps;
}

function stepOf(shelf: Shelf, cursor: Cursor, best: Tally, values: Features, first: boolean): Step {
  const { token, owners } = best;
  const common = { token, owners, confidence: confidence(values), features: values };
  if (isBreak(token)) return { ...common, text: '', endsLine: true };
  const word = shelf.vocabulary.word(token);
  const blanks = first && (cursor.partial !== '' || cursor.afterBlank) ? 0 : best.gap;
  return { ...common, text: ' '.repeat(blanks) + word.slice(first ? cursor.partial.length : 0), endsLine: false };
}

/**
 * Who may vote: never the cursor's own line, the line below only by what stands on that line itself (else it would be
 * offered a second time), and never a file that may go less far than the one being written: a text accepted into this file
 * goes where this file goes.
 */
function voters(shelf: Shelf, standing: Standing): (place: number) => number {
  const allowed = new Map<number, boolean>();
  const { arena } = shelf;
  return (place) => {
    const owner = arena.owners[place] ?? 0;
    if (owner === standing.owner) {
      if (place >= standing.line.from && place < standing.line.to) return 0;
      if (place >= standing.below.from && place < standing.below.to) return place - standing.below.from;
      return contextLimit;
    }
    let may = allowed.get(owner);
    if (may === undefined) {
      may = reachesAsFar(shelf.owned(owner)?.label.reach ?? 'none', standing.reach);
      allowed.set(owner, may);
    }
    return may ? contextLimit : 0;
  };
}

function reachesAsFar(reach: Reach, zone: Zone): boolean {
  return mayReach(reach, zone);
}
