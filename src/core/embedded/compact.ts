import { createShelf, liveTokens, type Shelf } from './shelf.ts';
import type { Shelved } from './shelved.ts';
import { breakSame, firstWord, gone } from './vocabulary.ts';

/** Whether more than a third of the arena is erased text, so that writing it anew is worth the time. */
export function wantsCompaction(shelf: Shelf): boolean {
  let live = 0;
  for (const file of shelf.files()) live += liveTokens(file);
  return shelf.arena.length > 20_000 && live * 3 < shelf.arena.length * 2;
}

/**
 * A shelf with the same files without what was erased. Of files that together have more than `keep` tokens, those that
 * were touched last stay; words that no file has any more are forgotten.
 */
export function compacted(shelf: Shelf, capacity: number, keep: number): Shelf {
  const chosen: Shelved[] = [];
  let tokens = 0;
  for (const file of [...shelf.files()].sort((a, b) => b.touched - a.touched)) {
    tokens += liveTokens(file) + 2;
    if (tokens > keep) break;
    chosen.push(file);
  }
  const result = createShelf(capacity);
  for (const file of chosen.reverse()) copy(shelf, file, result);
  return result;
}

function copy(from: Shelf, file: Shelved, to: Shelf): void {
  const target = to.open(file.uri, file.label);
  const starts = new Int32Array(file.starts.length).fill(-1);
  const ends = new Int32Array(file.starts.length).fill(-1);
  for (let line = 0; line < file.starts.length; line += 1) {
    const start = file.starts[line] ?? -1;
    if (start < 0) continue;
    starts[line] = to.arena.length;
    for (let place = start; place < (file.ends[line] ?? start); place += 1) {
      const token = from.arena.tokens[place] ?? gone;
      const own = token < firstWord ? token : to.vocabulary.intern(from.vocabulary.word(token));
      to.arena.push(own, from.arena.gaps[place] ?? 0, target.owner, true);
    }
    ends[line] = to.arena.length;
  }
  to.arena.push(breakSame, 0, target.owner, true);
  to.arena.push(gone, 0, target.owner, false);
  Object.assign(target, { hashes: file.hashes, starts, ends, touched: file.touched });
}
