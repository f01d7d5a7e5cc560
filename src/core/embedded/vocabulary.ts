/** Token ids below this one are not words. */
export const firstWord = 8;

/** Where a text was deleted, or where nothing is known to follow. Never matches, never predicted. */
export const gone = 0;
/**
 * Line breaks by what the indentation does on the next line that is not blank, the first three where that line is indented,
 * the others where it begins at the margin: what stands there is of another kind.
 */
export const breakSame = 1;
export const breakIn = 2;
export const breakOut = 3;
export const marginSame = 5;
export const marginOut = 6;
/** Stands for a word that may not be suggested. Matches as context. */
export const opaque = 4;

/** Words and their ids. */
export type Vocabulary = {
  /** The id of a word, making one if it is new. */
  readonly intern: (word: string) => number;
  /** The id of a word, or `gone` if no text has it. */
  readonly find: (word: string) => number;
  readonly word: (id: number) => string;
  readonly size: () => number;
};

/** Makes an empty vocabulary. */
export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>();
  const words: string[] = [];
  return {
    intern(word) {
      if (mayNotBeSuggested(word)) return opaque;
      const known = ids.get(word);
      if (known !== undefined) return known;
      const id = firstWord + words.length;
      const own = ownCopy(word);
      words.push(own);
      ids.set(own, id);
      return id;
    },
    find: (word) => (mayNotBeSuggested(word) ? opaque : (ids.get(word) ?? gone)),
    word: (id) => words[id - firstWord] ?? '',
    size: () => words.length,
  };
}

/** The same word as a string of its own: a piece cut out of a text would keep the whole text in memory. */
function ownCopy(word: string): string {
  return ` ${word}`.slice(1);
}

/** Whether a token ends a line. */
export function isBreak(id: number): boolean {
  return id >= breakSame && id <= marginOut && id !== opaque;
}

/**
 * Long words that mix letters and digits are keys, digests and encoded data far more often than names; to offer them in
 * another place would be wrong and, if they are secrets, harmful.
 */
function mayNotBeSuggested(word: string): boolean {
  if (word.length > 64) return true;
  return word.length >= 20 && /\d/.test(word) && /[A-Za-z]/.test(word) && (word.match(/\d/g)?.length ?? 0) >= 4;
}
