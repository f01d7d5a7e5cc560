/**
 * The name that a reader takes this one for: letters of other scripts that look like Latin ones become those, and what
 * cannot be seen is dropped. Undefined where the name looks like nothing else. ASCII names never do.
 */
export function looksLike(name: string): string | undefined {
  let changed = false;
  let result = '';
  for (const character of name.normalize('NFKC')) {
    if (invisible.test(character)) {
      changed = true;
      continue;
    }
    const latin = lookalikes.get(character);
    changed ||= latin !== undefined;
    result += latin ?? character;
  }
  if (!changed && result === name.normalize('NFC')) return undefined;
  return result;
}

/** The first word that mixes Latin letters with look-alikes of another script, or that has nothing but such look-alikes. */
export function findLookalikeWord(
  text: string,
): { readonly word: string; readonly at: number; readonly reads: string } | undefined {
  for (const found of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const word = found[0];
    const letters = Array.from(word).filter((character) => /\p{L}/u.test(character));
    const foreign = letters.filter((character) => lookalikes.has(character));
    if (foreign.length === 0) continue;
    const disguised = letters.every((character) => indistinguishable.has(character));
    const mixed = letters.some((character) => /\p{Script=Latin}/u.test(character));
    if (mixed || disguised) return { word, at: found.index, reads: looksLike(word) ?? word };
  }
  return undefined;
}

const invisible = /\p{Default_Ignorable_Code_Point}|\p{Cf}/u;

// Letters of Cyrillic, Greek and Armenian that common fonts draw like a Latin one (Unicode's confusables list). The first
// of each row can hardly be told apart; the others only pass among Latin letters.
const rows: Readonly<Record<string, readonly [alike: string, near: string]>> = {
  a: ['а', 'α'],
  b: ['', 'Ь'],
  c: ['сϲ', ''],
  d: ['ԁ', ''],
  e: ['е', 'ҽ'],
  g: ['ɡ', 'ց'],
  h: ['һ', 'հ'],
  i: ['і', 'ι'],
  j: ['јϳ', ''],
  k: ['', 'κк'],
  l: ['ӏ', ''],
  m: ['', 'м'],
  n: ['', 'ոп'],
  o: ['оοօ', ''],
  p: ['р', 'ρ'],
  q: ['ԛ', 'գ'],
  r: ['', 'г'],
  s: ['ѕ', ''],
  t: ['', 'тτ'],
  u: ['', 'սυ'],
  v: ['ѵν', ''],
  w: ['ԝ', 'ѡω'],
  x: ['х', 'χ'],
  y: ['у', 'γү'],
  A: ['АΑ', ''],
  B: ['ВΒ', ''],
  C: ['СϹ', ''],
  E: ['ЕΕ', ''],
  H: ['НΗ', ''],
  I: ['ІΙӀ', ''],
  J: ['Ј', ''],
  K: ['КΚ', ''],
  M: ['МΜ', ''],
  N: ['Ν', ''],
  O: ['ОΟՕ', ''],
  P: ['РΡ', ''],
  S: ['ЅՏ', ''],
  T: ['ТΤ', ''],
  V: ['Ѵ', ''],
  X: ['ХΧ', ''],
  Y: ['Υ', 'УҮ'],
  Z: ['Ζ', ''],
};

const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries(rows).flatMap(([latin, [alike, near]]) =>
    Array.from(alike + near, (other): [string, string] => [other, latin]),
  ),
);

const indistinguishable: ReadonlySet<string> = new Set(Object.values(rows).flatMap(([alike]) => Array.from(alike)));
