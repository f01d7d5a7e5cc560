/**
 * Breaks up every control word of a tokenizer that stands in a user's text by a space after its first character, so that
 * the text can still be read but never acts as control. No sentinel holds a space, so breaking one cannot make another.
 */
export function neutralise(text: string, sentinels: readonly string[]): string {
  return sentinels.reduce((safe, sentinel) => {
    const word = sentinel.trim();
    return word === '' ? safe : safe.replaceAll(word, `${word.slice(0, 1)} ${word.slice(1)}`);
  }, text);
}
