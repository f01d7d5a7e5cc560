import { onlyClosersFollow } from './lineMode.ts';
import { surroundings, type Spot } from './spot.ts';

/** How soon a request is worth making at a place. */
export type Eagerness = 'at once' | 'soon' | 'on rest';

/**
 * At the start of a line people pause and a whole line can be told: at once. In the middle of a line, or after the end of
 * a statement, only when the typing rests.
 */
export function eagernessAt(spot: Spot): Eagerness {
  const { head, rest } = surroundings(spot);
  if (!onlyClosersFollow(rest)) return 'on rest';
  if (head.trim() === '') return 'at once';
  return /[;}]\s*$/.test(head) ? 'on rest' : 'soon';
}
