import type { Candidate } from './candidates.ts';
import type { Query } from './query.ts';

/** UTF-16 units. */
export type RankLimits = { readonly budget: number };

/**
 * Chooses pieces that are worth most for their length until the budget is full, each for what it tells that the file itself
 * and the pieces chosen before do not. The same question has the same answer, in the same order: by path and line, not by
 * worth, so that small changes of worth move nothing.
 */
export function rank(query: Query, candidates: readonly Candidate[], { budget }: RankLimits): readonly Candidate[] {
  const told = new Set<string>();
  const chosen: Candidate[] = [];
  const open = candidates
    .map((candidate) => ({ candidate, length: lengthOf(candidate) }))
    .filter(({ length }) => length <= budget)
    .sort((a, b) => b.candidate.worth - a.candidate.worth || compare(a.candidate, b.candidate))
    .slice(0, mostLookedAt);
  let room = budget;
  while (open.length > 0) {
    let best = -1;
    let most = 0;
    for (const [at, { candidate, length }] of open.entries()) {
      if (length > room) continue;
      const value = (candidate.worth * novelty(candidate, query, told)) / Math.sqrt(length + 60);
      if (value > most) [best, most] = [at, value];
    }
    const [taken] = best < 0 ? [] : open.splice(best, 1);
    if (!taken) break;
    if (chosen.some((other) => overlaps(other, taken.candidate))) continue;
    room -= taken.length;
    chosen.push(taken.candidate);
    for (const word of taken.candidate.words) told.add(word);
  }
  return chosen.sort(compare);
}

const mostLookedAt = 120;

/** The share of a piece's names that is news, at least a little: known names in a new order help as well. */
function novelty({ words }: Candidate, query: Query, told: ReadonlySet<string>): number {
  let fresh = 0;
  for (const word of words) if (!told.has(word)) fresh += query.own.has(word) ? 0.4 : 1;
  return 0.1 + fresh / (words.size + 4);
}

function lengthOf({ file: { lineStarts }, ranges }: Candidate): number {
  return ranges.reduce((sum, { start, end }) => sum + (lineStarts[end] ?? 0) - (lineStarts[start] ?? 0), 0);
}

function overlaps(a: Candidate, b: Candidate): boolean {
  if (a.file !== b.file) return false;
  return a.ranges.some((one) => b.ranges.some((other) => one.start < other.end && other.start < one.end));
}

function compare(a: Candidate, b: Candidate): number {
  const byPath = a.file.source.display < b.file.source.display ? -1 : 1;
  if (a.file !== b.file) return byPath;
  return (a.ranges[0]?.start ?? 0) - (b.ranges[0]?.start ?? 0) || a.ranges.length - b.ranges.length;
}
