import { hashBefore, longOrder, noHash, shortOrder, type Arena, type Order } from './arena.ts';
import { breakSame, gone, isBreak } from './vocabulary.ts';

/** A token that may come next, and what the places that vote for it have in common. All line breaks count as one token. */
export type Nominee = {
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
  /** The most tokens that a place may match; 0 where it may not vote. */
  readonly mayMatch: (place: number) => number;
  /** Whether a token is possible at all, for example because it begins with what is typed already. */
  readonly fits: (token: number) => boolean;
};

/** Lets the places that follow the same tokens vote; the heaviest first. */
export function vote(arena: Arena, ballot: Ballot): readonly Nominee[] {
  const tail = Int32Array.from(ballot.context);
  const { nominees, count } = createCount(arena, ballot.here);
  const any = visit(arena, { ...ballot, tail, order: 'long', below: Infinity }, count);
  // What the long order has found is counted already.
  visit(arena, { ...ballot, tail, order: 'short', below: any ? longOrder : Infinity }, count);
  return [...nominees.values()].sort((a, b) => b.weight - a.weight || a.token - b.token);
}

/** Counts the vote of a place; `length` is how many tokens it matches. */
type Count = (place: number, length: number) => void;

type Search = Pick<Ballot, 'mayMatch' | 'fits'> & {
  /** The context. */
  readonly tail: Int32Array;
  readonly order: Order;
  /** Only matches shorter than this vote. */
  readonly below: number;
};

/** Most places asked per order. */
const visits: Readonly<Record<Order, number>> = { long: 96, short: 192 };

/** Asks the places that one order finds, the newest first; whether there was any. */
function visit(arena: Arena, { tail, order, below, mayMatch, fits }: Search, count: Count): boolean {
  const depth = order === 'long' ? longOrder : shortOrder;
  const hash = hashBefore(tail, tail.length, depth);
  if (hash === noHash) return false;
  let left = visits[order];
  for (let place = arena.newest(order, hash); place >= 0 && left > 0; place = arena.older(order, place)) {
    left -= 1;
    const token = arena.tokens[place] ?? gone;
    if (token === gone || !fits(token)) continue;
    const length = Math.min(matched(arena.tokens, place, tail), mayMatch(place));
    if (length >= depth && length < below) count(place, length);
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

function createCount(arena: Arena, here: number) {
  const nominees = new Map<number, Nominee>();
  const count: Count = (place, length) => {
    const raw = arena.tokens[place] ?? gone;
    const token = isBreak(raw) ? breakSame : raw;
    const gap = arena.gaps[place] ?? 0;
    const owner = arena.owners[place] ?? 0;
    const isHere = owner === here;
    const weight = weigh(length, isHere, arena.length - place);
    const nominee = nominees.get(token);
    if (!nominee) {
      nominees.set(token, { token, gap, weight, places: 1, longest: length, here: isHere, owners: new Set([owner]) });
      return;
    }
    nominee.weight += weight;
    nominee.places += 1;
    nominee.here ||= isHere;
    nominee.owners.add(owner);
    if (length > nominee.longest) {
      nominee.longest = length;
      nominee.gap = gap;
    }
  };
  return { nominees, count };
}

/** A match of one token more outweighs a shorter one; the file being edited and what was read or written last count more. */
function weigh(length: number, here: boolean, age: number): number {
  return 2 ** Math.min(length, 20) * (here ? 4 : 1) * (1 + 8 * Math.exp(-age / 2000));
}
