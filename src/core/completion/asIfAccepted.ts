import { mapLabelled } from '../label/labelled.ts';
import type { Offer } from './offer.ts';
import type { Spot } from './spot.ts';

/** The spot as it would be with an offer taken. Its version lies between the document's and the next. */
export function asIfAccepted({ document, offset }: Spot, { text, covers }: Pick<Offer, 'text' | 'covers'>): Spot {
  const accepted = mapLabelled(document.text, (whole) => whole.slice(0, offset) + text + whole.slice(offset + covers));
  return { document: { ...document, text: accepted, version: document.version + 0.5 }, offset: offset + text.length };
}
