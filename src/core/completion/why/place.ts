import { surroundings, type Spot } from '../spot.ts';
import type { Place } from './explanation.ts';

/** Where a spot is, in words for the user: in a notebook, the line within its cell. */
export function placeOf(spot: Spot): Place {
  const { text } = surroundings(spot);
  let line = 1;
  for (
    let at = text.indexOf('\n', spot.document.lead ?? 0);
    at >= 0 && at < spot.offset;
    at = text.indexOf('\n', at + 1)
  )
    line++;
  return { file: spot.document.display, line };
}
