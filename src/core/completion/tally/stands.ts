import { reveal, type Labelled } from '../../label/labelled.ts';

/** A text that was taken, and where it stands in its document as that is edited. Offsets in UTF-16 units. */
export type Taken = { readonly text: string; readonly start: number; readonly end: number };

/** One edit: `removed` characters at `offset` gave way to `inserted` others. */
export type Edit = { readonly offset: number; readonly removed: number; readonly inserted: number };

/** Where a taken text stands after an edit. An edit that only touches its border does not belong to it. */
export function afterEdit({ text, start, end }: Taken, { offset, removed, inserted }: Edit): Taken {
  const over = offset + removed;
  const delta = inserted - removed;
  if (over <= start) return { text, start: start + delta, end: end + delta };
  if (offset >= end) return { text, start, end };
  const from = offset < start ? offset + inserted : start;
  const to = over > end ? offset : end + delta;
  return { text, start: from, end: Math.max(from, to) };
}

/** Whether what was taken still stands there: at most half of its words and signs were changed. */
export function stillStands({ text, start, end }: Taken, document: Labelled): boolean {
  const [was, is] = [lexemes(text), lexemes(reveal(document).slice(start, end))];
  return distance(was, is) <= Math.max(was.length, 1) / 2;
}

/** Words and signs; white space is left to formatters. */
function lexemes(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []).slice(0, mostLexemes);
}

const mostLexemes = 2_000;

/** The least number of lexemes to be put in, taken out or replaced. */
function distance(a: readonly string[], b: readonly string[]): number {
  let row = b.map((_, index) => index + 1);
  row.unshift(0);
  for (const [index, lexeme] of a.entries()) {
    const next = [index + 1];
    for (const [at, other] of b.entries()) {
      const replaced = (row[at] ?? 0) + (lexeme === other ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? a.length;
}
