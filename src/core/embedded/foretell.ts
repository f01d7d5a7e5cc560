import { mayReach } from '../label/reach.ts';
import { confidence, features, type Features } from './confidence.ts';
import { contextLimit, type Cursor } from './cursor.ts';
import type { Standing } from './locate.ts';
import type { Corpus } from './corpus.ts';
import { firstWord, isBreak, opaque } from './vocabulary.ts';
import { vote, type Nominee } from './vote.ts';

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

/** Where the cursor is, as text and in the corpus. */
export type Position = { readonly cursor: Cursor; readonly standing: Standing };

/** Most tokens foretold. */
const stepLimit = 40;

/**
 * Foretells the rest of the cursor's line, one token after the other, until the line ends, nothing is known, or what is
 * foretold has become less likely than `floor`.
 */
export function foretell(corpus: Corpus, { cursor, standing }: Position, floor: number): readonly Step[] {
  const context = [...cursor.context];
  const steps: Step[] = [];
  const mayMatch = voters(corpus, standing);
  let likely = 1;
  while (steps.length < stepLimit && likely >= floor) {
    const partial = steps.length === 0 ? cursor.partial : '';
    const fits = (token: number): boolean =>
      partial === '' || (token >= firstWord && corpus.vocabulary.word(token).startsWith(partial));
    const nominees = vote(corpus.arena, {
      context: context.slice(-contextLimit),
      here: standing.owner,
      mayMatch,
      fits,
    });
    const best = nominees[0];
    if (!best || best.token === opaque) break;
    const circumstances = { typed: partial.length, onLine: cursor.onLine + steps.length, ahead: steps.length };
    const added = steps.length === 0 ? firstText(best, cursor, corpus) : nextText(best, corpus);
    const step = stepOf(best, added, features(nominees, circumstances));
    steps.push(step);
    likely *= step.confidence;
    if (step.endsLine) break;
    context.push(best.token);
  }
  return steps;
}

/** What a token adds behind the cursor: of a word that has begun, the rest. */
function firstText(best: Nominee, { partial, afterBlank }: Cursor, { vocabulary }: Corpus): string {
  const blanks = partial !== '' || afterBlank ? 0 : best.gap;
  return ' '.repeat(blanks) + vocabulary.word(best.token).slice(partial.length);
}

function nextText({ token, gap }: Nominee, { vocabulary }: Corpus): string {
  return ' '.repeat(gap) + vocabulary.word(token);
}

function stepOf({ token, owners }: Nominee, added: string, values: Features): Step {
  const endsLine = isBreak(token);
  return { token, owners, confidence: confidence(values), features: values, text: endsLine ? '' : added, endsLine };
}

/**
 * Who may vote: never the cursor's own line, the line below only by what stands on that line itself (else it would be
 * offered a second time), and never a file that may go less far than the one being written: a text accepted into this file
 * goes where this file goes.
 */
function voters(corpus: Corpus, standing: Standing): (place: number) => number {
  const allowed = new Map<number, boolean>();
  const { arena } = corpus;
  return (place) => {
    const owner = arena.owners[place] ?? 0;
    if (owner === standing.owner) {
      if (place >= standing.line.from && place < standing.line.to) return 0;
      if (place >= standing.below.from && place < standing.below.to) return place - standing.below.from;
      return contextLimit;
    }
    let may = allowed.get(owner);
    if (may === undefined) {
      may = mayReach(corpus.owned(owner)?.label.reach ?? 'none', standing.zone);
      allowed.set(owner, may);
    }
    return may ? contextLimit : 0;
  };
}
