/**
 * The spellings under which a path or a pattern is compared. Two names that any of the three systems may take for the same
 * file share at least one of them, whatever their case and whichever way their accents are composed.
 */
export type Folded = {
  /** One character stays one character, so that `?` and classes still fit. */
  readonly simple: string;
  /** Full case folding, where one character may become two (`ß` → `ss`). */
  readonly full: string;
};

/** Folds a path or pattern. For plain ASCII both spellings are the same string. */
export function fold(text: string): Folded {
  if (isAscii(text)) {
    const lower = text.toLowerCase();
    return { simple: lower, full: lower };
  }
  const composed = text.normalize('NFC');
  return { simple: foldSimple(composed), full: foldFull(composed) };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function foldSimple(composed: string): string {
  return Array.from(composed, (character) => oneToOne(character)).join('');
}

/** The fold of one character where that is one character again, else the character itself. */
function oneToOne(character: string): string {
  const folded = foldFull(character);
  return Array.from(folded).length === 1 ? folded : character;
}

// Upper case first: only that way do `ſ` and `s`, `ı` and `i`, `ẞ`, `ß` and `ss` meet. The two small sigmas differ by
// their place in a word, which a pattern cut off by a wildcard cannot know. The dot above is what `İ` leaves behind.
function foldFull(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll('ς', 'σ').replaceAll('i\u0307', 'i').normalize('NFC');
}
