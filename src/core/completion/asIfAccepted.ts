import { joinLabels, labelled, reveal, unlabelled, type Label } from '../label/labelled.ts';
import type { Offer } from './offer.ts';
import { ownReach, type Spot } from './spot.ts';

/**
 * The spot as it would be with an offer taken. Its version lies between the document's and the next. Nobody has taken it yet:
 * its text goes no farther than what it was made from, whose label is `madeFrom`.
 */
export function asIfAccepted(
  spot: Spot,
  { text, covers }: Pick<Offer, 'text' | 'covers'>,
  madeFrom: Label = unlabelled,
): Spot {
  const { document, offset } = spot;
  const whole = reveal(document.text);
  const label = joinLabels([document.text.label, madeFrom]);
  const accepted = labelled(whole.slice(0, offset) + text + whole.slice(offset + covers), label);
  return {
    document: { ...document, text: accepted, ownReach: ownReach(spot), version: document.version + 0.5 },
    offset: offset + text.length,
  };
}
