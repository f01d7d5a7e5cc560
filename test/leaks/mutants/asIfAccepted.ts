import { asIfAccepted as original } from '../../../src/core/completion/asIfAccepted.ts';
import type { Offer } from '../../../src/core/completion/offer.ts';
import type { Spot } from '../../../src/core/completion/spot.ts';

export * from '../../../src/core/completion/asIfAccepted.ts';

/** What is only offered goes wherever its document may go. */
export function asIfAccepted(spot: Spot, offer: Pick<Offer, 'text' | 'covers'>): Spot {
  return original(spot, offer, spot.document.text.label);
}
