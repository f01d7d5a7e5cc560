import { termsOf, type LeaveOffer, type LeaveTerms } from './declassification.ts';

export type CheckedLeave =
  { readonly kind: 'holds'; readonly terms: LeaveTerms } | { readonly kind: 'broken'; readonly why: string };

/** Compares a leave with what it is presented for. Anything that differs from what the user saw breaks it. */
export function checkLeave(leave: unknown, presented: LeaveOffer, isSpent: (id: string) => boolean): CheckedLeave {
  const terms = termsOf(leave);
  if (!terms) return broken('nobody has agreed to send it');
  if (isSpent(terms.id)) return broken('your agreement was for one request, and that was sent');
  if (terms.part !== presented.part) return broken('you agreed to send another part');
  if (terms.preview !== presented.preview) return broken('it has changed since you saw it');
  if (!samePlace(terms, presented)) return broken('you agreed to send it somewhere else');
  if (terms.policy !== presented.policy) return broken('the policy has changed since you agreed');
  return { kind: 'holds', terms };
}

function samePlace({ destination: a }: LeaveOffer, { destination: b }: LeaveOffer): boolean {
  return (
    a.zone === b.zone && a.origin === b.origin && a.model.backend === b.model.backend && a.model.model === b.model.model
  );
}

function broken(why: string): CheckedLeave {
  return { kind: 'broken', why };
}
