import { isNear } from './below.ts';
import type { Place } from './place.ts';

/**
 * How many characters at the end of whole lines may turn out to be the start of a loop, or of what stands below the cursor.
 * They are held back until the next lines tell, so that nothing that was shown is ever taken back.
 */
export function heldBack(text: string, place: Place): number {
  const lines = text.replace(/\n$/, '').split('\n');
  const held = Math.max(repeated(lines), meetingBelow(lines, place));
  if (held === 0) return 0;
  const kept = lines.slice(0, lines.length - held).join('\n');
  return text.length - kept.length;
}

/** Lines at the end that say again what the lines just before them say. */
function repeated(lines: readonly string[]): number {
  for (let period = Math.min(6, Math.floor(lines.length / 2)); period > 0; period--) {
    const last = lines.slice(-period);
    if (
      last.some((line) => line.trim() !== '') &&
      last.every((line, i) => line === lines[lines.length - 2 * period + i])
    )
      return period;
  }
  return 0;
}

/** Lines at the end that are the first lines below the cursor or nearly so, blank ones aside. */
function meetingBelow(lines: readonly string[], { below }: Place): number {
  const said = lines.flatMap((line, index) => (index > 0 && line.trim() !== '' ? [{ line: line.trim(), index }] : []));
  for (let count = Math.min(2, below.length, said.length); count > 0; count--) {
    const last = said.slice(-count);
    if (last.every(({ line }, i) => isNear(line, below[i]?.trim() ?? '')))
      return lines.length - (last[0]?.index ?? lines.length);
  }
  return 0;
}
