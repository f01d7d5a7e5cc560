import { labelled, reveal, type Labelled } from '../label/labelled.ts';
import { fingerprint } from './fingerprint.ts';
import { follow, type Following } from './follow.ts';
import { surroundings, type Spot, type Surroundings } from './spot.ts';

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
  for (let start = around.lineStart; keys.length < most; start = around.text.lastIndexOf('\n', start - 2) + 1) {
    keys.push({ key: lineKey(spot, around.text, start), start });
    if (start === 0) break;
  }
  return keys;
}

/**
 * How a suggestion with this origin stands to the text now before the cursor, `start` being its line's first offset. On a
 * line that was indented otherwise since, its first line still holds.
 */
export function followFrom(
  origin: Origin,
  suggestion: string,
  here: { around: Surroundings; start: number },
): Following {
  const { around, start } = here;
  const typed = around.text.slice(start, around.lineStart + around.head.length).replaceAll('\r\n', '\n');
  const head = reveal(origin.head);
  const shifted = head.trim() === '' && start === around.lineStart && /^[ \t]*/.exec(typed)?.[0] !== head;
  if (!shifted && !typed.startsWith(head)) return { kind: 'off' };
  const since = shifted ? typed.trimStart() : typed.slice(head.length);
  if (!restAgrees(reveal(origin.rest), around.rest, since) || origin.after !== afterKey(around)) return { kind: 'off' };
  return follow(shifted ? (suggestion.split('\n', 1)[0] ?? '') : suggestion, since);
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
  return `${document.uri}#${fingerprint(text.slice(Math.max(0, start - 240), start))}`;
}
