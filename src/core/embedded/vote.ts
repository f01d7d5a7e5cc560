import { hashBefore, longOrder, noHash, shortOrder, type Arena, type Order } from './arena.ts';
import { breakSame, gone, isBreak } from './vocabulary.ts';

/** What the places with the same tokens before them say comes next. All line breaks count as one. */
export type Tally = {
  token: number;
  /** Blanks before it, as at the place with the longest match. */
  gap: number;
  weight: number;
  places: number;
  /** Tokens matched at the best place. */
  longest: number;
  /** Whether a place in the file being edited says so. */
  here: boolean;
  readonly owners: Set<number>;
};

export type Ballot = {
  /** Tokens before the place to be filled, oldest first. */
  readonly context: readonly number[];
  /** The file being edited, by owner. */
  readonly here: number;
  /** Whether a place may vote, and the most tokens that it may match. 0: it may not. */
  readonly reachOf: (place: number) => number;
  /** Whether a token is possible at all, for example because it begins with what is typed already. */
  readonly fits: (token: number) => boolean;
};

/** Lets the places that follow the same tokens vote; the heaviest first. */
export function vote(arena: Arena, ballot: Ballot): readonly Tally[] {
  const tail = Int32Array.from(ballot.context);
  const tallies = new Map<number, Tally>();
  const long = count(arena, ballot, tail, 'long', tallies);
  count(arena, ballot, tail, 'short', tallies, long);
  return [...tallies.values()].sort((a, b) => b.weight - a.weight || a.token - b.token);
}

/** Most places asked per order. */
const visits: Readonly<Record<Order, number>> = { long: 96, short: 192 };

/** Counts the votes under one order; `seen` says that matches of the long order are counted already. */
function count(
  arena: Arena,
  ballot: Ballot,
  tail: Int32Array,
  order: Order,
  tallies: Map<number, Tally>,
  seen = false,
): boolean {
  const depth = order === 'long' ? longOrder : shortOrder;
  const hash = hashBefore(tail, tail.length, depth);
  if (hash === noHash) return false;
  let left = visits[order];
  for (let place = arena.newest(order, hash); place >= 0 && left > 0; place = arena.older(order, place)) {
    left -= 1;
    const token = arena.tokens[place] ?? gone;
    if (token === gone || !ballot.fits(token)) continue;
    const length = Math.min(matched(arena.tokens, place, tail), ballot.reachOf(place));
    if (length < depth || (seen && length >= longOrder)) continue;
    add(tallies, arena, place, length, ballot.here);
  }
  return left < visits[order];
}

function matched(tokens: Int32Array, place: number, tail: Int32Array): number {
  let length = 0;
  while (length < tail.length) {
    const token = tail[tail.length - 1 - length] ?? gone;
    if (token === gone || token !== tokens[place - 1 - length]) break;
    length += 1;
  }
  return length;
}

function add(tallies: Map<number, Tally>, arena: Arena, place: number, length: number, here: number): void {
  const raw = arena.tokens[place] ?? gone;
  const token = isBreak(raw) ? breakSame : raw;
  const owner = arena.owners[place] ?? 0;
  const weight = weigh(length, owner === here, arena.length - place);
  const tally = tallies.get(token);
  if (!tally) {
    const gap = arena.gaps[place] ?? 0;
    tallies.set(token, {
      token,
      gap,
      weight,
      places: 1,
      longest: length,
      here: owner === here,
      owners: new Set([owner]),
    });
    return;
  }
  tally.weight += weight;
  tally.places += 1;
  tally.here ||= owner === here;
  tally.owners.add(owner);
  if (length > tally.longest) {
    tally.longest = length;
    tally.gap = arena.gaps[place] ?? 0;
  }
}

/** A match of one token more outweighs a shorter one; the file being edited and what was read or written last count more. */
function weigh(length: number, here: boolean, age: number): number {
  return 2 ** Math.min(length, 20) * (here ? 4 : 1) * (1 + 8 * Math.exp(-age / 2000));
}
