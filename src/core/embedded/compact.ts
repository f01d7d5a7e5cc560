import { createCorpus, liveTokens, type Corpus } from './corpus.ts';
import type { CorpusFile } from './corpusFile.ts';
import { breakSame, firstWord, gone } from './vocabulary.ts';

/** Whether more than a third of the arena is erased text, so that writing it anew is worth the time. */
export function wantsCompaction(corpus: Corpus): boolean {
  let live = 0;
  for (const file of corpus.files()) live += liveTokens(file);
  return corpus.arena.length > 20_000 && live * 3 < corpus.arena.length * 2;
}

/**
 * A corpus with the same files without what was erased. Of files that together have more than `keep` tokens, those that
 * were touched last stay; words that no file has any more are forgotten.
 */
export function compacted(corpus: Corpus, capacity: number, keep: number): Corpus {
  const chosen: CorpusFile[] = [];
  let tokens = 0;
  for (const file of [...corpus.files()].sort((a, b) => b.touched - a.touched)) {
    tokens += liveTokens(file) + 2;
    if (tokens > keep) break;
    chosen.push(file);
  }
  const result = createCorpus(capacity);
  for (const file of chosen.reverse()) copy(corpus, file, result);
  return result;
}

function copy(from: Corpus, file: CorpusFile, to: Corpus): void {
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
      to.arena.push(own, from.arena.gaps[place] ?? 0, target.owner);
    }
    ends[line] = to.arena.length;
  }
  to.arena.push(breakSame, 0, target.owner);
  to.arena.push(gone, 0, target.owner);
  Object.assign(target, { hashes: file.hashes, starts, ends, touched: file.touched });
}
