import type { Outliner } from './outline.ts';
import { readProjectFile, type ProjectFile, type SourceFile } from './projectFile.ts';

/** All files that context may come from, and where each name occurs. */
export type Project = {
  readonly update: (source: SourceFile) => void;
  readonly remove: (uri: string) => void;
  readonly find: (uri: string) => ProjectFile | undefined;
  readonly files: () => Iterable<ProjectFile>;
  /** In how many pieces a name occurs. */
  readonly occurrences: (word: string) => number;
  readonly pieceCount: () => number;
};

/** Makes an empty project that holds at most `capacity` UTF-16 units; what was read first is forgotten first. */
export function createProject(capacity: number, outliner: Outliner): Project {
  const files = new Map<string, ProjectFile>();
  const occurrences = new Map<string, number>();
  let pieces = 0;
  let held = 0;

  const count = (file: ProjectFile, by: 1 | -1): void => {
    pieces += by * file.pieces.length;
    held += by * file.source.text.length;
    for (const words of file.pieceWords) {
      for (const word of words) {
        const before = occurrences.get(word);
        // A new key is a copy: a piece cut out of a text would keep that version of the text in memory.
        if (before === undefined) occurrences.set(` ${word}`.slice(1), by);
        else if (before + by > 0) occurrences.set(word, before + by);
        else occurrences.delete(word);
      }
    }
  };
  const remove = (uri: string): void => {
    const file = files.get(uri);
    if (!file) return;
    count(file, -1);
    files.delete(uri);
  };

  return {
    update(source) {
      remove(source.uri);
      if (source.text.length > longestText) return;
      const file = readProjectFile(source, outliner);
      files.set(source.uri, file);
      count(file, 1);
      for (const oldest of files.keys()) if (held > capacity && oldest !== source.uri) remove(oldest);
    },
    remove,
    find: (uri) => files.get(uri),
    files: () => files.values(),
    occurrences: (word) => occurrences.get(word) ?? 0,
    pieceCount: () => pieces,
  };
}

/** UTF-16 units. Longer files are data or generated. */
const longestText = 400_000;
