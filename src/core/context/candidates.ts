import type { LineRange } from '../label/provenance.ts';
import { kinship, type Kinship } from './kinship.ts';
import type { Project } from './project.ts';
import type { ProjectFile } from './projectFile.ts';
import type { Query } from './query.ts';
import type { Trail } from './trail.ts';
import { partsOf } from './words.ts';

/** A piece that might help, and how much it is worth before the others are looked at. */
export type Candidate = {
  readonly file: ProjectFile;
  /** In the order of the file; a gap between two is an omission. */
  readonly ranges: readonly LineRange[];
  readonly words: ReadonlySet<string>;
  readonly worth: number;
};

/** All pieces of other files that have something to do with the query. */
export function candidatesFor(query: Query, project: Project, trail: Trail): readonly Candidate[] {
  const found: Candidate[] = [];
  const weigh = weigher(query, project);
  for (const file of project.files()) {
    if (file.source.uri === query.uri) continue;
    const kin = kinship(query, file);
    if (!kin.sameLanguage && !kin.imported) continue;
    const near = nearness(kin, trail, file.source.uri);
    for (const [at, piece] of file.pieces.entries()) {
      const words = file.pieceWords[at];
      if (!words) continue;
      const worth = (likeness(words, weigh) / Math.sqrt(words.size + 8)) * (1 + near);
      if (worth > 0) found.push({ file, ranges: [piece], words, worth });
    }
    if (near >= outlineFrom) found.push(...outlines(file, near, weigh));
  }
  return found;
}

/** Files at least this near show what they define, whether or not it is named yet. */
const outlineFrom = 1;

/**
 * How much it says that a piece has a name: the rarer the name is in the project and the nearer to the cursor, the more;
 * a name that only shares parts with those at the cursor says a little.
 */
function weigher(query: Query, project: Project): (word: string) => number {
  const total = project.pieceCount() + 1;
  const known = new Map<string, number>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    let weight = (query.words.get(word) ?? 0) * Math.log(total / Math.max(1, project.occurrences(word)));
    for (const part of partsOf(word)) weight += 0.3 * (query.parts.get(part) ?? 0);
    known.set(word, weight);
    return weight;
  };
}

function likeness(words: ReadonlySet<string>, weigh: (word: string) => number): number {
  let sum = 0;
  for (const word of words) sum += weigh(word);
  return sum;
}

function nearness(kin: Kinship, trail: Trail, uri: string): number {
  const edited = trail.edited.indexOf(uri);
  const open = trail.open.indexOf(uri);
  return (
    (kin.imported ? 1 : 0) +
    (kin.imports ? 0.4 : 0) +
    (kin.twin ? 1 : 0) +
    (kin.sameFolder ? 0.5 : 0) +
    (edited >= 0 ? 1 / (1 + 0.3 * edited) : 0) +
    (open >= 0 ? 0.4 / (1 + 0.3 * open) : 0)
  );
}

/** The heads of what a file defines, some at a time: many names in few tokens. */
function outlines(file: ProjectFile, near: number, weigh: (word: string) => number): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let from = 0; from < file.definitions.length; from += headsPerOutline) {
    const shown = file.definitions.slice(from, from + headsPerOutline);
    const ranges = apart(shown.map(({ start, head }) => ({ start, end: head })));
    const words = new Set(shown.map(({ name }) => name));
    found.push({ file, ranges, words, worth: (0.6 * near + likeness(words, weigh)) / 2 });
  }
  return found;
}

const headsPerOutline = 8;

/** The same lines, each once: a head may hold the next. */
function apart(ranges: readonly LineRange[]): readonly LineRange[] {
  const found: LineRange[] = [];
  for (const { start, end } of ranges) {
    const from = Math.max(start, found.at(-1)?.end ?? 0);
    if (end > from) found.push({ start: from, end });
  }
  return found;
}
