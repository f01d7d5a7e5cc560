import { reveal } from '../label/labelled.ts';
import type { Candidate } from './candidates.ts';
import { textOf, type ProjectFile } from './projectFile.ts';

/** Whether a file as it is now still has the lines of a piece, wherever they stand in it, under the reach they had. */
export function holds({ file, ranges }: Pick<Candidate, 'file' | 'ranges'>, now: ProjectFile | undefined): boolean {
  if (now === file) return true;
  if (now?.source.text.label.reach !== file.source.text.label.reach) return false;
  const text = `\n${reveal(now.source.text)}\n`;
  return ranges.every((lines) => text.includes(`\n${textOf(file, lines)}`));
}
