import { plainBorders } from './borders.ts';
import { definitionsIn, type Definition } from './definitions.ts';

/** What is known of how a file is built. */
export type Outline = {
  readonly definitions: readonly Definition[];
  /** For each line whether a piece may begin there, because no statement, comment or signature is cut apart. */
  readonly borders: readonly boolean[];
};

/**
 * Reads how a text is built out of its syntax; nothing if the language has no grammar here or the text is beyond its reach.
 * Some milliseconds for a thousand lines: for idle times.
 */
export type Outliner = (text: string, languageId: string) => Outline | undefined;

/** Reads it out of the shape of the lines alone: for every language, and for texts that no grammar accepts. */
export function plainOutline(lines: readonly string[]): Outline {
  return { definitions: definitionsIn(lines), borders: plainBorders(lines) };
}
