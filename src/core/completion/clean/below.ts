import { indentWidth } from '../indentWidth.ts';
import { substantive, type Place } from './place.ts';

/** Cuts where the answer runs into what already stands below the cursor, or says nothing but that. */
export function cutAtBelow(text: string, place: Place): string {
  const { head, below, indent } = place;
  const lines = text.split('\n');
  const next = below[0];
  if (next === undefined) return text;
  const whole = [head + (lines[0] ?? ''), ...lines.slice(1)];
  const meets = whole.findIndex((line, index) => {
    if (line.trim() === '') return false;
    if (index > 0 && indentWidth(line, indent.size) !== indentWidth(next, indent.size)) return false;
    if (line.trim() !== next.trim()) return index > 0 && nearlyAgrees(whole.slice(index), below);
    const agreed = agreeing(whole.slice(index), below);
    if (index === 0) return substantive(line) && (lines.length > 1 || head.trim() === '') && agreed > 0;
    return agreed >= (substantive(line) ? 1 : 2) || nearlyAgrees(whole.slice(index), below);
  });
  if (meets < 0) return text;
  return lines.slice(0, meets).join('\n').trimEnd();
}

/** How many lines of the answer stand below too, of at most three that are compared; 0 where one of them differs. */
function agreeing(lines: readonly string[], below: readonly string[]): number {
  const said = lines.filter((line) => line.trim() !== '');
  const compared = Math.min(said.length, below.length, 3);
  return said.slice(0, compared).every((line, i) => line.trim() === below[i]?.trim()) ? compared : 0;
}

/**
 * Whether the answer repeats what stands below with a slip here and there: at least three lines and at most eight, in each of
 * which no more than one character in twenty differs.
 */
function nearlyAgrees(lines: readonly string[], below: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '').slice(0, below.length);
  if (said.length < fewestNear) return false;
  const pairs = said.map((line, at) => [line.trim(), below[at]?.trim() ?? ''] as const);
  return pairs.every(([is, stands]) => isNear(is, stands));
}

const fewestNear = 3;

/** Whether two lines are the same but for one stretch of a twentieth of their length, or for a character in short ones. */
export function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  const longer = Math.max(a.length, b.length);
  const most = Math.max(1, Math.floor(longer / 20));
  if (longer < 12 || Math.abs(a.length - b.length) > most) return false;
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return longer - start - end <= most;
}
