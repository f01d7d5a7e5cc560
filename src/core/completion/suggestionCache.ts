import { followFrom, lineKeys } from './origin.ts';
import { surroundings, type Spot, type Surroundings } from './spot.ts';
import type { Suggestion } from './suggestion.ts';

/** Suggestions in memory, never on disk, the least recently used forgotten first. */
export type SuggestionCache = {
  /** Files a suggestion, or files it anew after it has grown. */
  put(suggestion: Suggestion): void;
  remove(id: number): void;
  clear(): void;
  /**
   * What is known for a spot, best first: what has a rest to show, then what was typed to its end, then what the typing is
   * ahead of. Among equals a stand-in comes last.
   */
  find(spot: Spot, fits: (suggestion: Suggestion) => boolean): readonly Known[];
};

/** A suggestion and what of it is still to come at the spot asked for. `ahead`: the typing agrees and went further. */
export type Known = {
  readonly suggestion: Suggestion;
  readonly rest: string;
  readonly state: 'rest' | 'exhausted' | 'ahead';
};

/** A cache for at most `limit` suggestions. Found by the line they were made for or by the lines typed since. */
export function createSuggestionCache(limit = 256): SuggestionCache {
  const byId = new Map<number, Suggestion>();
  const byLine = new Map<string, Set<number>>();

  const remove = (id: number): void => {
    const old = byId.get(id);
    if (!old) return;
    byId.delete(id);
    const ids = byLine.get(old.origin.line);
    ids?.delete(id);
    if (ids?.size === 0) byLine.delete(old.origin.line);
  };
  return {
    put: (suggestion) => {
      remove(suggestion.id);
      byId.set(suggestion.id, suggestion);
      const ids = byLine.get(suggestion.origin.line) ?? new Set();
      byLine.set(suggestion.origin.line, ids.add(suggestion.id));
      const oldest = byId.keys().next();
      if (byId.size > limit && !oldest.done) remove(oldest.value);
    },
    remove,
    clear: () => {
      byId.clear();
      byLine.clear();
    },
    find: (spot, fits) => {
      const around = surroundings(spot);
      const known: Known[] = [];
      for (const { key, start } of lineKeys(spot, around)) {
        for (const id of byLine.get(key) ?? []) {
          const suggestion = byId.get(id);
          if (suggestion && fits(suggestion)) known.push(...knownAt({ around, start }, suggestion));
        }
      }
      return known.sort(byUse);
    },
  };
}

/** Nothing where the typing has departed from the suggestion. */
function knownAt(here: { around: Surroundings; start: number }, suggestion: Suggestion): readonly Known[] {
  const following = followFrom(suggestion.origin, suggestion.text, here);
  switch (following.kind) {
    case 'off':
      return [];
    case 'ahead':
      return [{ suggestion, rest: '', state: 'ahead' }];
    case 'rest':
      return [{ suggestion, rest: following.rest, state: following.rest.trim() === '' ? 'exhausted' : 'rest' }];
  }
}

function byUse(a: Known, b: Known): number {
  const [one, other] = [a.suggestion, b.suggestion];
  return (
    order[a.state] - order[b.state] ||
    Number(one.made.standIn) - Number(other.made.standIn) ||
    one.made.temperature - other.made.temperature ||
    other.id - one.id
  );
}

const order: Readonly<Record<Known['state'], number>> = { rest: 0, exhausted: 1, ahead: 2 };
