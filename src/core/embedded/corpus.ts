import type { Label } from '../label/labelled.ts';
import { createArena, type Arena } from './arena.ts';
import { eraseLines, replaceLines, type Patch } from './patch.ts';
import type { CorpusFile } from './corpusFile.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/** All files the index has read: their tokens, and whose they are. */
export type Corpus = {
  readonly arena: Arena;
  readonly vocabulary: Vocabulary;
  readonly find: (uri: string) => CorpusFile | undefined;
  readonly owned: (owner: number) => CorpusFile | undefined;
  readonly files: () => Iterable<CorpusFile>;
  /** Puts up a file without lines; `owner` numbers count up. */
  readonly open: (uri: string, label: Label) => CorpusFile;
  /** Reads a file, or what changed in it. False, and nothing is done, if that might not fit any more. */
  readonly put: (uri: string, text: string, label: Label) => boolean;
  readonly drop: (uri: string) => void;
};

/** Makes an empty corpus for at most `capacity` tokens. */
export function createCorpus(capacity: number): Corpus {
  const arena = createArena(capacity);
  const vocabulary = createVocabulary();
  const byUri = new Map<string, CorpusFile>();
  const byOwner: (CorpusFile | undefined)[] = [];
  let updates = 0;
  let newest: Patch | undefined;

  const open = (uri: string, label: Label): CorpusFile => {
    const none = new Int32Array(0);
    const file = { uri, owner: byOwner.length, label, hashes: none, starts: none, ends: none, touched: 0 };
    byUri.set(uri, file);
    byOwner.push(file);
    return file;
  };

  return {
    arena,
    vocabulary,
    find: (uri) => byUri.get(uri),
    owned: (owner) => byOwner[owner],
    files: () => byUri.values(),
    open,
    put(uri, text, label) {
      if (!byUri.has(uri) && byOwner.length >= ownerLimit) return false;
      const file = byUri.get(uri) ?? open(uri, label);
      updates += 1;
      file.label = label;
      file.touched = updates;
      const outcome = replaceLines({ arena, vocabulary, newest, room: capacity - arena.length }, file, text);
      if (outcome.kind === 'written') newest = outcome.patch;
      return outcome.kind !== 'full';
    },
    drop(uri) {
      const file = byUri.get(uri);
      if (!file) return;
      eraseLines(arena, file, 0, file.starts.length);
      byUri.delete(uri);
      byOwner[file.owner] = undefined;
      if (newest?.file === file) newest = undefined;
    },
  };
}

/** Most files a corpus can tell apart in its life, by the arena's 16 bits for an owner; `compacted` begins a new one. */
const ownerLimit = 60_000;

/** Tokens of a file that are still its text. */
export function liveTokens(file: CorpusFile): number {
  let count = 0;
  for (let line = 0; line < file.starts.length; line += 1) count += (file.ends[line] ?? 0) - (file.starts[line] ?? 0);
  return count;
}
