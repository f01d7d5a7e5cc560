import { joinLabels, mapLabelled, reveal, type Label, type Labelled } from '../label/labelled.ts';

/** The last texts that were copied out of labelled documents, so that they are known again where they are pasted. */
export type Copies = {
  /** `label` where more is known of the document by now than the text's own label says. */
  readonly remember: (text: Labelled, label?: Label) => void;
  /** The label of all copies that the text holds, whole or in good part; undefined where it holds none. */
  readonly find: (text: string) => Label | undefined;
};

/** Two secret numbers between 300 and 60,000,000, made anew for each window. */
export type CopiesKey = readonly [number, number];

/**
 * Remembers hashes under a secret key and labels, never text. White space may change on the way. A copy of at least 20
 * characters is found whole; of a longer one any run of 60, often less. At most 50 copies and a million characters are
 * kept; the oldest go first.
 */
export function createCopies(key: CopiesKey): Copies {
  let copies: readonly Copy[] = [];
  return {
    remember: (text, label = text.label) => {
      const windows = spacedWindows(normal(reveal(text)), key);
      if (windows.size > 0) copies = lastOnes([...copies, { windows, label }]);
    },
    find: (text) => {
      if (copies.length === 0) return undefined;
      const seen = new Set<number>();
      eachWindow(normal(text), key, (hash) => void seen.add(hash));
      const held = copies.filter(({ windows }) => holds(seen, windows));
      return held.length === 0 ? undefined : joinLabels(held.map(({ label }) => label));
    },
  };
}

/** The pieces of a document that were copied, one below the other as editors paste them. Offsets in UTF-16 units. */
export function cutPieces(
  text: Labelled,
  spans: readonly { readonly start: number; readonly end: number }[],
): Labelled {
  return mapLabelled(text, (all) => spans.map(({ start, end }) => all.slice(start, end)).join('\n'));
}

type Copy = { readonly windows: ReadonlySet<number>; readonly label: Label };

/** Characters of a window. */
const width = 20;
const mostCopies = 50;
const mostWindows = 50_000;

/** One window alone may be a phrase that many files hold; two of the same copy are no chance. */
function holds(seen: ReadonlySet<number>, windows: ReadonlySet<number>): boolean {
  const needed = Math.min(2, windows.size);
  let found = 0;
  for (const window of windows) if (seen.has(window) && (found += 1) >= needed) return true;
  return false;
}

function lastOnes(copies: readonly Copy[]): readonly Copy[] {
  let windows = 0;
  const kept = copies.toReversed().filter(({ windows: { size } }, age) => {
    windows += size;
    return age === 0 || (age < mostCopies && windows <= mostWindows);
  });
  return kept.toReversed();
}

function normal(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** The windows that stand side by side, and the last one. */
function spacedWindows(text: string, key: CopiesKey): ReadonlySet<number> {
  const windows = new Set<number>();
  eachWindow(text, key, (hash, start) => {
    if ((start % width === 0 || start === text.length - width) && windows.size < mostWindows) windows.add(hash);
  });
  return windows;
}

/** Rolls two polynomial hashes over the text. Below 2^26, so that products are exact; together they tell 2^52 texts apart. */
function eachWindow(text: string, [baseA, baseB]: CopiesKey, each: (hash: number, start: number) => void): void {
  const dropA = power(baseA, primeA);
  const dropB = power(baseB, primeB);
  let a = 0;
  let b = 0;
  for (let end = 0; end < text.length; end++) {
    const unit = text.charCodeAt(end) + 1;
    const gone = end < width ? 0 : text.charCodeAt(end - width) + 1;
    a = roll(a, { base: baseA, drop: dropA, prime: primeA, unit, gone });
    b = roll(b, { base: baseB, drop: dropB, prime: primeB, unit, gone });
    if (end >= width - 1) each(a * 2 ** 26 + b, end - width + 1);
  }
}

type Roll = {
  readonly base: number;
  readonly drop: number;
  readonly prime: number;
  readonly unit: number;
  readonly gone: number;
};

function roll(hash: number, { base, drop, prime, unit, gone }: Roll): number {
  const rest = (hash + prime - ((gone * drop) % prime)) % prime;
  return (((rest * base) % prime) + unit) % prime;
}

/** What the oldest character of a window counts. */
function power(base: number, prime: number): number {
  let result = 1;
  for (let step = 1; step < width; step++) result = (result * base) % prime;
  return result;
}

const primeA = 67_108_859;
const primeB = 67_108_837;
