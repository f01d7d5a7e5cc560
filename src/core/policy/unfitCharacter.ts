/** A character that has no place in a pattern or a name, and why. `at` counts UTF-16 units. */
export type UnfitCharacter = { readonly message: string; readonly at: number; readonly length: number };

/**
 * Finds the first character that a reader of a pattern cannot see or could take for another: control, zero-width and
 * bidirectional characters, look-alikes of ASCII punctuation, half a surrogate pair.
 */
export function findUnfitCharacter(text: string): UnfitCharacter | undefined {
  return find(text, [...hidden, ...disguised]);
}

/** The same for ordinary text, where wide and typographic characters have their place. */
export function findHiddenCharacter(text: string): UnfitCharacter | undefined {
  return find(text, hidden);
}

type Kind = { readonly test: RegExp; readonly what: string };

function find(text: string, kinds: readonly Kind[]): UnfitCharacter | undefined {
  for (const { test, what } of kinds) {
    const found = test.exec(text);
    if (!found) continue;
    const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const message = `${what} (U+${code}). Remove it or type the plain character.`;
    return { message, at: found.index, length: found[0].length };
  }
  return undefined;
}

const hidden: readonly Kind[] = [
  { test: /[\u0000-\u001f\u007f-\u009f]/u, what: 'There is a control character here' },
  {
    test: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
    what: 'There is an invisible character here that turns the reading direction',
  },
  {
    test: /\p{Default_Ignorable_Code_Point}|\u2028|\u2029|[\ufff0-\uffff]/u,
    what: 'There is an invisible character here',
  },
  { test: /[\ud800-\udfff]/u, what: 'There is half a character here' },
];

const disguised: readonly Kind[] = [
  { test: /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u, what: 'There is a space here that is not the plain one' },
  {
    test: /[\u2024\ufe52\uff0e\uff61\u06d4\u0701\u0702]/u,
    what: 'This looks like a full stop but is another character',
  },
  { test: /[\u2044\u2215\u29f8\uff0f\u2571\u3033\u2cc6]/u, what: 'This looks like a slash but is another character' },
  { test: /[\u29f5\u29f9\uff3c\ufe68\u2216]/u, what: 'This looks like a backslash but is another character' },
  { test: /[\u2217\uff0a\u204e\u066d\u2055]/u, what: 'This looks like an asterisk but is another character' },
  { test: /[\u2010-\u2012\u2212\ufe63\uff0d\u02d7]/u, what: 'This looks like a hyphen but is another character' },
  { test: /[\uff01-\uff0c\uff10-\uff3b\uff3d-\uff5e]/u, what: 'This is the wide form of a plain character' },
];
