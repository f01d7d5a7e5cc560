import { readImported, type ImportedFile } from './imported.ts';
import type { Lift } from './lift.ts';

/** The ignore file without the patterns that were lifted from it, and with the negations that were. */
export function liftFromImported(file: ImportedFile, lifts: readonly Lift[]): ImportedFile {
  const lines = lifts.flatMap((lift) => (lift.kind === 'line' ? [lift.pattern] : []));
  if (lines.length === 0) return file;
  const freed = lines.filter((line) => line.startsWith('!'));
  const kept = file.patterns.map(({ pattern }) => pattern).filter((pattern) => !lines.includes(pattern));
  return readImported({ name: file.name, text: [...kept, ...freed].join('\n') });
}
