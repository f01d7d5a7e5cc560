import { substantive, type Place } from './place.ts';

/** Cuts where the model starts to go round in circles: a run of characters, a line three times over, a group of lines. */
export function cutRepetition(text: string, place: Place): string {
  const lines = text.split('\n');
  if (repeatsAbove(lines, place)) return '';
  const kept: string[] = [];
  for (const line of lines) {
    const looped = loopIn(line) ?? loopStart(line);
    if (looped !== undefined) return [...kept, line.slice(0, looped)].join('\n').trimEnd();
    kept.push(line);
    const period = groupPeriod(kept);
    if (period !== undefined) return kept.slice(0, kept.length - 2 * period).join('\n');
  }
  return text;
}

/**
 * From where on an unfinished line goes round in circles and would never end: 0 where all of it does, undefined where none
 * does. It is told by thirty words and signs in a row that repeat those a few before them; rows of small tables are shorter.
 */
export function loopIn(line: string): number | undefined {
  const run = /([^\s\-=*#/~_.+])\1{30,}$/.exec(line);
  if (run) return line.slice(0, run.index).trim() === '' ? 0 : run.index + 1;
  const offset = Math.max(0, line.length - farUnits);
  const found = [...line.slice(offset).matchAll(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)];
  const said = found.map(([lexeme]) => lexeme);
  for (let period = 1; period <= longestPeriod; period++) {
    const start = repeatsFrom(said, period);
    if (said.length - start < loopLexemes || said.slice(-period).every((lexeme) => ruler.test(lexeme))) continue;
    return start === period && offset === 0 ? 0 : offset + (found[start]?.index ?? 0);
  }
  return undefined;
}

/** How many words and signs must repeat, how far back they may stand, and how much of a line is looked at. */
const loopLexemes = 30;
const longestPeriod = 10;
const farUnits = 800;
const ruler = /^[-=*#/~_.+]+$/;

/** From where on each item is the one that stands `period` before it. */
function repeatsFrom(items: readonly string[], period: number): number {
  let start = items.length;
  while (start > period && items[start - 1] === items[start - 1 - period]) start--;
  return start;
}

/** Whether a text ends in more white space than anybody writes between two pieces of code. */
export function trailsOff(text: string): boolean {
  const blank = text.slice(text.trimEnd().length);
  return blank.split('\n').length > mostBlank || blank.length > 200;
}

/** A line end and three blank lines. */
const mostBlank = 5;

/** The answer says the line above once more, word for word. */
function repeatsAbove([first = '', second]: readonly string[], { head, above }: Place): boolean {
  const line = (head + first).trim();
  return (
    head.trim() === '' && second === undefined && substantive(line) && line.length >= 12 && line === above[0]?.trim()
  );
}

/** Where a line starts to repeat a short group of characters to its end; rulers in comments are no loops. */
function loopStart(line: string): number | undefined {
  const tail = line.slice(-400);
  const loop = /(.{10,}?)\1{3,}$|(.{3,9}?)\2{5,}$|([^\s\-=*#/~_.+])\3{30,}$/.exec(tail);
  const unit = loop?.[1] ?? loop?.[2] ?? loop?.[3];
  if (!loop || unit === undefined || /^[\s\-=*#/~_.+]+$/.test(unit)) return undefined;
  return line.length - tail.length + loop.index + unit.length;
}

/** How many lines are said three times over at the end, if any are. Closers and blank lines alone make no loop. */
function groupPeriod(lines: readonly string[]): number | undefined {
  for (let period = 1; period <= 6 && period * 3 <= lines.length; period++) {
    const last = lines.slice(-period);
    const same = (back: number): boolean => last.every((line, i) => line === lines[lines.length - back * period + i]);
    if (same(2) && same(3) && last.some(substantive)) return period;
  }
  return undefined;
}
