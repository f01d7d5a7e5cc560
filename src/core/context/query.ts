import { importsOf, withoutExtension, type ImportTarget } from './imports.ts';
import { identifiersOf, partsOf } from './words.ts';

/** What is asked for: the names around a cursor, each with how much it matters, and what the file says it uses. */
export type Query = {
  readonly uri: string;
  readonly display: string;
  readonly languageId: string;
  /** `display` without its extension. */
  readonly path: string;
  readonly imports: readonly ImportTarget[];
  /** Names near the cursor, 0 to 1: the nearer the more. */
  readonly words: ReadonlyMap<string, number>;
  /** Parts of these names. */
  readonly parts: ReadonlyMap<string, number>;
  /** All names of the file: what is told already. */
  readonly own: ReadonlySet<string>;
};

/** A cursor in a text; `offset` counts UTF-16 units. */
export type QueryPlace = Pick<Query, 'uri' | 'display' | 'languageId'> & {
  readonly text: string;
  readonly offset: number;
};

/** Reads the names around a cursor. Lines above count by their distance, those below half as much. */
export function queryAt({ text, offset, ...place }: QueryPlace): Query {
  const words = new Map<string, number>();
  const above = text.slice(Math.max(0, text.lastIndexOf('\n', offset - windowChars)), offset).split('\n');
  const below = text.slice(offset, offset + windowChars).split('\n');
  for (const [distance, line] of above.toReversed().slice(0, linesAbove).entries()) {
    note(words, line, Math.exp(-distance / 12));
  }
  for (const [distance, line] of below.slice(0, linesBelow).entries()) note(words, line, 0.5 * Math.exp(-distance / 8));
  const parts = new Map<string, number>();
  for (const [word, weight] of words) {
    for (const part of partsOf(word)) parts.set(part, Math.max(parts.get(part) ?? 0, weight));
  }
  const path = withoutExtension(place.display);
  return { ...place, path, imports: importsOf(text, place.display), words, parts, own: new Set(identifiersOf(text)) };
}

const windowChars = 6_000;
const linesAbove = 40;
const linesBelow = 12;

function note(words: Map<string, number>, line: string, weight: number): void {
  for (const word of identifiersOf(line)) words.set(word, Math.max(words.get(word) ?? 0, weight));
}
