import { createDismissals } from '../../core/completion/dismissals.ts';
import { offerAt, type Offer } from '../../core/completion/offer.ts';
import { ownReach, type Spot } from '../../core/completion/spot.ts';
import type { Suggestion } from '../../core/completion/suggestion.ts';
import { createSuggestionCache, type Known } from '../../core/completion/suggestionCache.ts';
import { isEmbedded } from '../../core/embedded/embeddedModel.ts';
import { sameModel } from '../../core/exchange/model.ts';
import type { Patience } from './patience.ts';
import type { Ask, InlineCompletionPorts } from './ports.ts';

/** All suggestions that were made, and what was waved away: tells what is known at a place, and what of it may be shown. */
export type Shelf = {
  put(suggestion: Suggestion): void;
  remove(id: number): void;
  clear(): void;
  /** Everything that agrees with the text at a spot, best first. */
  at(spot: Spot): readonly Known[];
  /**
   * All different offers, the best first. Who asks by a command gets everything that is known; what was waved away comes last.
   */
  offers(wish: Pick<Ask, 'spot' | 'explicit'>, known: readonly Known[]): readonly Offer[];
  /** Whether something that a model has said for a spot was waved away there not long ago. */
  isAway(spot: Spot, known: readonly Known[]): boolean;
  /** The offer was waved away: it is not made on this line for a while. */
  dismiss(spot: Spot, offer: Offer): void;
};

type Sources = Pick<InlineCompletionPorts, 'clock' | 'settings'> & { readonly patience: Pick<Patience, 'isDue'> };

export function createShelf({ clock, settings, patience }: Sources): Shelf {
  const cache = createSuggestionCache();
  const dismissals = createDismissals();

  /** What was said under another label, or by a model that is no longer wished for, is not shown. */
  const fitsIn = (spot: Spot): ((suggestion: Suggestion) => boolean) => {
    const { models } = settings();
    const reach = ownReach(spot);
    return ({ made }) => made.reach === reach && models.some((model) => sameModel(model, made.model));
  };
  const all = (spot: Spot, known: readonly Known[], maxLines: number): readonly Offer[] => {
    const length = { lines: settings().lines, maxLines };
    return known.flatMap((item) => {
      const offer = item.state === 'rest' ? offerAt(spot, item, length) : undefined;
      return offer ? { ...offer, standIn: offer.standIn || isOutdated(item) } : [];
    });
  };
  /** What the engine in this process said because the model had failed stands only until that model may be asked again. */
  const isOutdated = ({ suggestion: { made } }: Known): boolean => {
    const [wished] = settings().models;
    return isEmbedded(made.model) && wished !== undefined && patience.isDue(wished);
  };
  const isDismissed = (spot: Spot, { text }: Offer): boolean => dismissals.has(spot, text, clock.now());
  return {
    put: (suggestion) => cache.put(suggestion),
    remove: (id) => cache.remove(id),
    clear: () => cache.clear(),
    at: (spot) => cache.find(spot, fitsIn(spot)),
    offers: ({ spot, explicit }, known) => {
      const offers = all(spot, known, explicit ? Infinity : settings().maxLines);
      const welcome = offers.filter((offer) => !isDismissed(spot, offer));
      const wanted = explicit ? [...welcome, ...offers.filter((offer) => isDismissed(spot, offer))] : welcome;
      return wanted.filter(({ text }, index) => wanted.findIndex((other) => other.text === text) === index);
    },
    isAway: (spot, known) =>
      all(spot, known, settings().maxLines).some((offer) => !offer.standIn && isDismissed(spot, offer)),
    dismiss: (spot, { text }) => dismissals.add(spot, text, clock.now()),
  };
}
