import { surroundings, type Spot } from '../spot.ts';
import type { FileLine } from './explanation.ts';

/** Where a spot is, in words for the user: in a notebook, the line within its cell. */
export function fileLineOf(spot: Spot): FileLine {
  const { text } = surroundings(spot);
  let line = 1;
  const nextBreak = (from: number): number => text.indexOf('\n', from);
  for (let at = nextBreak(spot.document.lead ?? 0); at >= 0 && at < spot.offset; at = nextBreak(at + 1)) line++;
  return { file: spot.document.display, line };
}
