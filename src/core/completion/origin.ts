import { labelled, reveal, type Labelled } from '../label/labelled.ts';
import { fingerprint } from './fingerprint.ts';
import { follow, type Following } from './follow.ts';
import { indentWidth } from './indentWidth.ts';
import { startOfLine, surroundings, type Spot, type Surroundings } from './spot.ts';

/**
 * The place a suggestion was made for, in a form that survives typing and edits elsewhere: a fingerprint of what stands
 * before its line and after it, and the two halves of the line.
 */
export type Origin = {
  readonly line: string;
  readonly head: Labelled;
  readonly rest: Labelled;
  readonly after: string;
};

/** Remembers a spot as the origin of a suggestion. */
export function originOf(spot: Spot): Origin {
  const around = surroundings(spot);
  const label = spot.document.text.label;
  return {
    line: lineKey(spot, around.text, around.lineStart),
    head: labelled(around.head, label),
    rest: labelled(around.rest, label),
    after: afterKey(around),
  };
}

/** The keys under which suggestions that may still hold here were filed: this line's and those of the lines above. */
export function lineKeys(spot: Spot, around: Surroundings, most = 24): readonly { key: string; start: number }[] {
  const keys: { key: string; start: number }[] = [];
  for (let start = around.lineStart; keys.length < most; start = startOfLine(around.text, start - 1)) {
    keys.push({ key: lineKey(spot, around.text, start), start });
    if (start === 0) break;
  }
  return keys;
}

/**
 * How a suggestion with this origin stands to the text now before the cursor, `start` being its line's first offset. On a
 * line that was indented further since, its first line still holds; on one that was moved out, out of its block, nothing does.
 */
export function followFrom(
  origin: Origin,
  suggestion: string,
  here: { around: Surroundings; start: number },
): Following {
  const { around, start } = here;
  const typed = around.text.slice(start, around.lineStart + around.head.length).replaceAll('\r\n', '\n');
  if (origin.after !== afterKey(around)) return { kind: 'off' };
  const head = reveal(origin.head);
  const agrees = (since: string): boolean => restAgrees(reveal(origin.rest), around.rest, since);
  const since = typed.startsWith(head) ? typed.slice(head.length) : undefined;
  const plain = since !== undefined && agrees(since) ? follow(suggestion, since) : off;
  if (plain.kind !== 'off') return plain;
  const shifted = head.trim() === '' && start === around.lineStart && isAsDeep(typed, head);
  const [first = ''] = suggestion.split('\n', 1);
  return shifted && agrees(typed.trimStart()) ? follow(first.trimStart(), typed.trimStart()) : off;
}

const off = { kind: 'off' } as const;

function isAsDeep(line: string, before: string): boolean {
  return indentWidth(line, 4) >= indentWidth(before, 4);
}

/** Editors put closers after the cursor as one types openers, and typing a closer steps over it. */
function restAgrees(was: string, is: string, typed: string): boolean {
  if (was === is) return true;
  if (is.endsWith(was)) return onlyClosers(is.slice(0, is.length - was.length));
  if (!was.endsWith(is)) return false;
  const gone = was.slice(0, was.length - is.length);
  return onlyClosers(gone) && gone.split('').every((closer) => typed.includes(closer));
}

function onlyClosers(text: string): boolean {
  return /^[)\]}"'`>]*$/.test(text);
}

/** What stands below the line, without the closers that an editor may have put there meanwhile. */
function afterKey({ text, lineEnd }: Surroundings): string {
  const lines = text
    .slice(lineEnd, lineEnd + 600)
    .split('\n')
    .slice(1);
  const first = lines.findIndex((line) => !/^[\s)\]};,]*$/.test(line));
  const below = first < 0 ? [] : lines.slice(first, first + 3);
  return fingerprint(below.join('\n').trimStart().slice(0, 120));
}

function lineKey({ document }: Spot, text: string, start: number): string {
  const { uri, languageId } = document;
  return `${uri}#${languageId}#${fingerprint(text.slice(Math.max(0, start - 240), start))}`;
}
