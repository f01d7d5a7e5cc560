/** The identifiers of a text in order, keywords and words of one or two letters left out. */
export function identifiersOf(text: string): readonly string[] {
  return (text.match(identifier) ?? []).filter((word) => word.length > 2 && !keywords.has(word));
}

/**
 * The parts of a compound name in small letters (`getUserName` → `get`, `user`, `name`), so that names that share a part
 * are found to be alike; of a simple name nothing.
 */
export function partsOf(word: string): readonly string[] {
  const parts = word.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return parts.length < 2 ? [] : parts.map((part) => part.toLowerCase()).filter((part) => part.length > 2);
}

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Of all languages together: a name that is a keyword in another language only is rarely worth its place. */
export const keywords: ReadonlySet<string> = new Set(
  (
    'abstract and any are array assert async await auto bool boolean break byte case catch char class const constexpr ' +
    'continue crate declare def default defer del delete double dyn elif else end enum export extends extern false ' +
    'final finally float fmt fn for foreach from func function get global goto has have here ifdef ifndef impl ' +
    'implements import include inline instanceof int interface into internal is its lambda let long loop map match ' +
    'mod module mut namespace native new nil none None not null number object operator override package panic pass ' +
    'private protected pub public raise range readonly ref register require return self Self set short signed sizeof ' +
    'static str string String struct super switch template that the then this throw throws trait true True False try ' +
    'type typedef typeof undefined union unknown unless unsafe unsigned use using val var virtual void volatile where ' +
    'while with yield you'
  ).split(' '),
);
