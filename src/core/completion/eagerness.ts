import { onlyClosersFollow } from './lineMode.ts';
import { surroundings, type Spot } from './spot.ts';

/** How soon a request is worth making at a place. */
export type Eagerness = 'at once' | 'soon' | 'on rest';

/**
 * At once at the start of a line, where people pause and a whole line can be suggested; only when the typing rests in the
 * middle of a line and after the end of a statement.
 */
export function eagernessAt(spot: Spot): Eagerness {
  const { head, rest } = surroundings(spot);
  if (!onlyClosersFollow(rest)) return 'on rest';
  if (head.trim() === '') return 'at once';
  return /[;}]\s*$/.test(head) ? 'on rest' : 'soon';
}
