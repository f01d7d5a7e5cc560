import type { Zone } from '../label/reach.ts';
import { hashLine } from './lines.ts';
import type { Corpus } from './corpus.ts';
import type { CorpusFile } from './corpusFile.ts';

/** Where the cursor stands in what the index knows of the file. */
export type Standing = {
  /** The file's owner number; -1 if the index does not know the file. */
  readonly owner: number;
  /** How far the file being written may go; what is offered for it must be free to go as far. */
  readonly zone: Zone;
  /** Places of the cursor's line. */
  readonly line: Span;
  /** Places of the next line that is not blank. */
  readonly below: Span;
};

/** Places in the arena from the first to the one behind the last. */
export type Span = { readonly from: number; readonly to: number };

/** Finds the cursor's line in the index by the lines above it, for the index may be some keys behind. */
export function locate(corpus: Corpus, uri: string, prefix: string): Standing {
  const file = corpus.find(uri);
  // How far a file may go that the index has not read nobody says: it is given only what may go everywhere.
  if (!file) return { owner: -1, zone: 'cloud', line: nowhere, below: nowhere };
  const line = lineAt(file, prefix);
  const own = spanOf(file, line);
  const below = spanOf(file, nextFilled(file, line + 1));
  // The break behind the cursor's line belongs to it: that it ends where it ends now says nothing.
  return { owner: file.owner, zone: zoneOf(file), line: { from: own.from, to: own.to + 1 }, below };
}

const nowhere: Span = { from: 0, to: 0 };

function zoneOf(file: CorpusFile): Zone {
  // A file that may go nowhere is not on the corpus; should one be, it is treated as what stays here.
  return file.label.reach === 'none' ? 'device' : file.label.reach;
}

/** The line whose lines above agree longest with those above the cursor. */
function lineAt(file: CorpusFile, prefix: string): number {
  const above = hashesAbove(prefix);
  let best = -1;
  let agreed = -1;
  for (let line = 0; line <= file.hashes.length; line += 1) {
    let same = 0;
    while (same < above.length && above[same] === (file.hashes[line - 1 - same] ?? noLine)) same += 1;
    if (same > agreed) {
      best = line;
      agreed = same;
    }
  }
  return best;
}

const noLine = -1;

/** Hashes of the lines above the cursor's, nearest first; `noLine` where the file begins. */
function hashesAbove(prefix: string): readonly number[] {
  const hashes: number[] = [];
  let to = prefix.lastIndexOf('\n');
  while (to >= 0 && hashes.length < linesCompared) {
    const from = to === 0 ? 0 : prefix.lastIndexOf('\n', to - 1) + 1;
    hashes.push(hashLine(prefix, from, to));
    to = from - 1;
  }
  if (hashes.length < linesCompared) hashes.push(noLine);
  return hashes;
}

const linesCompared = 12;

function nextFilled(file: CorpusFile, from: number): number {
  let line = from;
  while (line < file.starts.length && (file.starts[line] ?? -1) < 0) line += 1;
  return line;
}

function spanOf(file: CorpusFile, line: number): Span {
  const from = file.starts[line] ?? -1;
  return from < 0 ? nowhere : { from, to: file.ends[line] ?? from };
}
