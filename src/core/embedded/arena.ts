import { gone } from './vocabulary.ts';

/** Orders of the two indexes: how many tokens before a place decide under which hash it is found. */
export const longOrder = 5;
export const shortOrder = 2;

/**
 * Every token of every file in one row of numbers, and for each place the place before it that follows the same tokens
 * (as in LZ77's hash chains), newest first. 17 bytes a token, no object per place.
 */
export type Arena = {
  readonly tokens: Int32Array;
  /** Blanks before each token. */
  readonly gaps: Uint8Array;
  /** Number of the file each token belongs to. */
  readonly owners: Uint16Array;
  readonly length: number;
  /** Adds one token in a place that is found by what stands before it. */
  readonly push: (token: number, gap: number, owner: number) => void;
  /** Adds one token again, only as what stands before the next: its place is not found. */
  readonly repeat: (token: number, gap: number, owner: number) => void;
  /** Forgets the tokens between two places. */
  readonly erase: (from: number, to: number) => void;
  /**
   * Takes the newest places back, down to `length` tokens. None of them may have been erased, or the chains would point
   * at what is put there later.
   */
  readonly rewind: (length: number) => void;
  /** The newest place found under a hash of the given order, or -1. */
  readonly newest: (order: Order, hash: number) => number;
  /** The place before this one under the same hash, or -1. */
  readonly older: (order: Order, place: number) => number;
};

export type Order = 'long' | 'short';

/** Makes an arena for at most `capacity` tokens; it grows to that by doubling. Pushing beyond is an error of the caller. */
export function createArena(capacity: number): Arena {
  let room = Math.min(capacity, 1 << 14);
  let tokens = new Int32Array(room);
  let gaps = new Uint8Array(room);
  let owners = new Uint16Array(room);
  let chains = { long: new Int32Array(room), short: new Int32Array(room) };
  const heads = { long: new Int32Array(headSize).fill(-1), short: new Int32Array(headSize).fill(-1) };
  let length = 0;

  const grow = (): void => {
    if (room >= capacity) throw new RangeError(`The arena is full at ${capacity} tokens.`);
    room = Math.min(capacity, room * 2);
    tokens = copied(tokens, new Int32Array(room));
    gaps = copied(gaps, new Uint8Array(room));
    owners = copied(owners, new Uint16Array(room));
    chains = { long: copied(chains.long, new Int32Array(room)), short: copied(chains.short, new Int32Array(room)) };
  };
  const append = (token: number, gap: number, owner: number): void => {
    if (length >= room) grow();
    tokens[length] = token;
    gaps[length] = gap;
    owners[length] = owner;
    length += 1;
  };
  const link = (order: Order, place: number, count: number): void => {
    const hash = hashBefore(tokens, place, count);
    chains[order][place] = hash === noHash ? -1 : (heads[order][hash] ?? -1);
    if (hash !== noHash) heads[order][hash] = place;
  };
  const unlink = (order: Order, place: number, count: number): void => {
    const hash = hashBefore(tokens, place, count);
    if (hash !== noHash && heads[order][hash] === place) heads[order][hash] = chains[order][place] ?? -1;
  };

  return {
    get tokens() {
      return tokens;
    },
    get gaps() {
      return gaps;
    },
    get owners() {
      return owners;
    },
    get length() {
      return length;
    },
    push(token, gap, owner) {
      append(token, gap, owner);
      if (token === gone) return;
      link('long', length - 1, longOrder);
      link('short', length - 1, shortOrder);
    },
    repeat: append,
    erase(from, to) {
      tokens.fill(gone, from, to);
    },
    rewind(to) {
      while (length > to) {
        length -= 1;
        unlink('long', length, longOrder);
        unlink('short', length, shortOrder);
      }
    },
    newest: (order, hash) => (hash === noHash ? -1 : (heads[order][hash] ?? -1)),
    older: (order, place) => chains[order][place] ?? -1,
  };
}

/** The hash of the `count` tokens before `place`, or `noHash` if there are not so many. */
export function hashBefore(tokens: Int32Array, place: number, count: number): number {
  if (place < count) return noHash;
  let hash = 0x811c9dc5;
  for (let at = place - count; at < place; at += 1) {
    const token = tokens[at] ?? gone;
    if (token === gone) return noHash;
    hash = Math.imul(hash ^ token, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash & (headSize - 1);
}

export const noHash = -1;

const headSize = 1 << 17;

function copied<A extends Int32Array | Uint8Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
