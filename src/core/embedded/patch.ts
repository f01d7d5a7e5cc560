import type { Arena } from './arena.ts';
import { commonEnds, linesOf, type Lines } from './lines.ts';
import { breakFor, indentOf, scan } from './scan.ts';
import type { CorpusFile } from './corpusFile.ts';
import { breakSame, gone, type Vocabulary } from './vocabulary.ts';

/** Lines of a file that stand together at the end of the arena, where they can be taken back and written again. */
export type Patch = {
  readonly file: CorpusFile;
  /** Where the patch begins in the arena, the repeated context included. */
  readonly from: number;
  /** Lines of the file before it and behind it. */
  readonly head: number;
  readonly tail: number;
};

export type PatchTarget = {
  readonly arena: Arena;
  readonly vocabulary: Vocabulary;
  readonly newest: Patch | undefined;
  /** Tokens the arena can still take. */
  readonly room: number;
};

export type PatchOutcome =
  { readonly kind: 'unchanged' } | { readonly kind: 'full' } | { readonly kind: 'written'; readonly patch: Patch };

/**
 * Makes the index agree with a new text of the file: erases the lines that are no longer there and adds the new ones; the
 * rest stays where it is. As long as only lines of the newest patch change, as one types, the patch is written anew and
 * nothing grows.
 */
export function replaceLines(target: PatchTarget, file: CorpusFile, text: string): PatchOutcome {
  const lines = linesOf(text);
  const common = commonEnds(file.hashes, lines.hashes);
  if (common.head === lines.count && common.head === file.hashes.length) return { kind: 'unchanged' };
  if (!fits(text, lines, common, target.room)) return { kind: 'full' };
  const { head, tail } = takeBack(target, file, common) ?? erased(target.arena, file, common);
  const from = target.arena.length;
  const starts = spliced(file.starts, head, tail, lines.count);
  const ends = spliced(file.ends, head, tail, lines.count);
  repeatContext(target.arena, file, { starts, ends }, head);
  addLines(target, file, { starts, ends, head, to: lines.count - tail, text, lines });
  file.hashes = lines.hashes;
  file.starts = starts;
  file.ends = ends;
  return { kind: 'written', patch: { file, from, head, tail } };
}

/** Erases lines of a file, but not the end of the line before them if that line stands right before them. */
export function eraseLines(arena: Arena, file: CorpusFile, from: number, to: number): void {
  for (let line = from; line < to; line += 1) {
    const start = file.starts[line] ?? -1;
    if (start < 0) continue;
    const follows = line > 0 && lastEnd(file, line) === start;
    arena.erase(follows ? start + 1 : start, file.ends[line] ?? start);
  }
}

/** Whether the changed lines fit. No text has more tokens than characters and lines; only if these do not fit, it counts. */
function fits(text: string, lines: Lines, { head, tail }: Ends, room: number): boolean {
  const from = lines.offsets[head] ?? 0;
  const to = lines.offsets[lines.count - tail] ?? from;
  const spare = room - (lines.count - head - tail) - contextTokens - longestLine - 2;
  if (to - from <= spare) return true;
  let tokens = 0;
  scan(text, from, Math.min(to, text.length), () => (tokens += 1));
  return tokens <= spare;
}

type Ends = { readonly head: number; readonly tail: number };

/** If all that changed lies in the newest patch and that has not grown long, takes the whole patch back. */
function takeBack({ arena, newest }: PatchTarget, file: CorpusFile, common: Ends): Ends | undefined {
  if (newest?.file !== file || common.head < newest.head || common.tail < newest.tail) return undefined;
  if (file.hashes.length - newest.head - newest.tail > longestPatch) return undefined;
  arena.rewind(newest.from);
  return { head: newest.head, tail: newest.tail };
}

/** Lines a patch may have and still be written anew at each key. */
const longestPatch = 32;

function erased(arena: Arena, file: CorpusFile, common: Ends): Ends {
  eraseLines(arena, file, common.head, file.starts.length - common.tail);
  return common;
}

function lastEnd(file: CorpusFile, line: number): number {
  let before = line - 1;
  while (before >= 0 && (file.starts[before] ?? -1) < 0) before -= 1;
  return before < 0 ? -1 : (file.ends[before] ?? -1);
}

/** A list of `size` places: the first `head` and the last `tail` of the old ones; between them nothing yet. */
function spliced(old: Int32Array, head: number, tail: number, size: number): Int32Array {
  const result = new Int32Array(size).fill(-1);
  result.set(old.subarray(0, head), 0);
  result.set(old.subarray(old.length - tail), size - tail);
  return result;
}

/** Longer lines, in characters, are data or generated: they teach nothing. */
const longestLine = 2000;

/** How many tokens before a patch are repeated in front of it, so that it is found in its surroundings. */
const contextTokens = 24;

type Table = { readonly starts: Int32Array; readonly ends: Int32Array };

function repeatContext(arena: Arena, file: CorpusFile, table: Table, line: number): void {
  let first = line;
  let count = 0;
  while (first > 0 && count < contextTokens) {
    first -= 1;
    count += Math.max(0, (table.ends[first] ?? 0) - (table.starts[first] ?? 0));
  }
  for (let at = first; at < line; at += 1) {
    const start = table.starts[at] ?? -1;
    if (start < 0) continue;
    for (let place = start; place < (table.ends[at] ?? start); place += 1) {
      arena.repeat(arena.tokens[place] ?? gone, arena.gaps[place] ?? 0, file.owner);
    }
  }
}

type Added = Table & { readonly head: number; readonly to: number; readonly text: string; readonly lines: Lines };

function addLines({ arena, vocabulary }: PatchTarget, file: CorpusFile, added: Added): void {
  const { starts, ends, text, lines } = added;
  let width = widthBefore(text, lines, added.head);
  for (let line = added.head; line < added.to; line += 1) {
    const from = lines.offsets[line] ?? 0;
    const to = (lines.offsets[line + 1] ?? from) - 1;
    if (lines.hashes[line] === 0 || to - from > longestLine) continue;
    const indent = indentOf(text, from, to);
    starts[line] = arena.length;
    arena.push(breakFor(width, indent.width), 0, file.owner);
    scan(text, indent.end, to, (start, end, gap) => {
      arena.push(vocabulary.intern(text.slice(start, end)), gap, file.owner);
    });
    ends[line] = arena.length;
    width = indent.width;
  }
  // The last line ends; what follows it here is another place of the arena.
  arena.push(breakSame, 0, file.owner);
  arena.push(gone, 0, file.owner);
}

function widthBefore(text: string, lines: Lines, line: number): number {
  for (let at = line - 1; at >= 0; at -= 1) {
    if (lines.hashes[at] === 0) continue;
    const from = lines.offsets[at] ?? 0;
    return indentOf(text, from, (lines.offsets[at + 1] ?? from) - 1).width;
  }
  return 0;
}
