import { eagernessAt } from '../../core/completion/eagerness.ts';
import { keyAt, medianGap, unknownTempo } from '../../core/completion/tempo.ts';
import type { Ask, Clock, InlineSettings } from './ports.ts';

/** Requests that may be made in a burst, and how many more each key and each second allow. */
const mostCredit = 3;
const creditPerKey = 0.1;
const creditPerSecond = 0.3;

/** Milliseconds of waiting for another key, and which share of the time to the first token is spared of it. */
const shortest = 40;
const longest = 400;
const sparedShare = 0.25;

type Parts = {
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: () => Pick<InlineSettings, 'delay' | 'trigger'>;
  /** Milliseconds to the first token of the wished model, once measured. */
  readonly firstTokenMs: () => number | undefined;
};

/** Says when a request is worth its tokens: from how someone types, from the place, and from how many there were already. */
export function createPace({ clock, settings, firstTokenMs }: Parts) {
  let tempo = unknownTempo;
  let credit = mostCredit;
  let creditAt = clock.now();

  /** Longer than most gaps between keys; less so where the server takes its time anyway. */
  const restMs = (): number => {
    const gap = medianGap(tempo);
    const wait = Math.max(1.1 * gap, 1.5 * gap - sparedShare * (firstTokenMs() ?? 0));
    return Math.min(longest, Math.max(shortest, wait));
  };
  return {
    key: (): void => {
      const now = clock.now();
      tempo = keyAt(tempo, now);
      credit = Math.min(mostCredit, credit + creditPerKey + ((now - creditAt) / 1_000) * creditPerSecond);
      creditAt = now;
    },
    /** Milliseconds to wait for another key; undefined where only the user's command may ask. */
    delay: ({ spot, explicit, listOpen }: Ask): number | undefined => {
      if (explicit) return 0;
      if (settings().trigger === 'manual') return undefined;
      const fixed = settings().delay;
      if (fixed !== 'adaptive') return fixed;
      const eagerness = eagernessAt(spot);
      const rest = restMs();
      if (listOpen) return rest;
      if (eagerness === 'at once' || credit >= (eagerness === 'soon' ? 1 : 2)) return 0;
      return eagerness === 'soon' ? rest : rest * 1.5;
    },
    /** What comes after a suggestion that was taken is worth asking for at once. */
    accepted: (): void => void (credit = Math.max(credit, 1)),
    spend: (): void => void (credit = Math.max(-1, credit - 1)),
  };
}
