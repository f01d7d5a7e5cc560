import { substantive, type Place } from './place.ts';

/** Cuts where the model starts to turn in circles: a run of characters, a line three times over, a group of lines. */
export function cutRepetition(text: string, place: Place): string {
  const lines = text.split('\n');
  if (repeatsAbove(lines, place)) return '';
  const kept: string[] = [];
  for (const line of lines) {
    const looped = loopStart(line);
    if (looped !== undefined) return [...kept, line.slice(0, looped)].join('\n').trimEnd();
    kept.push(line);
    const period = groupPeriod(kept);
    if (period !== undefined) return kept.slice(0, kept.length - 2 * period).join('\n');
  }
  return text;
}

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
