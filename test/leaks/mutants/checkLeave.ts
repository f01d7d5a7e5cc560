import type { CheckedLeave } from '../../../src/core/declassify/checkLeave.ts';
import { termsOf, type LeaveOffer } from '../../../src/core/declassify/declassification.ts';

/** Any leave is taken for one to send this. */
export function checkLeave(leave: unknown, presented: LeaveOffer): CheckedLeave {
  const terms = termsOf(leave);
  const id = `${terms?.id} ${presented.preview} ${Math.random()}`;
  return terms ? { kind: 'holds', terms: { ...terms, id } } : { kind: 'broken', why: 'it is no leave' };
}
