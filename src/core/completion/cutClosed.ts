import { strayClosers } from './brackets.ts';
import { indentWidth } from './indentWidth.ts';
import { linesBelow, surroundings, type Spot } from './spot.ts';

/**
 * Cuts a suggestion before the line that closes a block which is closed below the cursor by now. It was not when the suggestion
 * was made: editors add the closer as someone types the opener and Enter.
 */
export function cutClosed(text: string, spot: Spot): string {
  const lines = text.split('\n');
  if (lines.length === 1) return text;
  const around = surroundings(spot);
  const [below = ''] = linesBelow(around, 1);
  if (!closer.test(below)) return text;
  const columnOf = (line: string): number => indentWidth(line, spot.document.indent.size);
  const again = lines.findIndex((line, index) => {
    if (index === 0 || !closer.test(line) || columnOf(line) !== columnOf(below)) return false;
    return closesAgain(line, below, { head: around.head, before: lines.slice(0, index).join('\n') });
  });
  return again < 0 ? text : lines.slice(0, again).join('\n');
}

const closer = /^\s*(?:[)\]}]|<\/)/;

/** Whether a line closes the very block that the line below closes, and not one that was opened in the suggestion before it. */
function closesAgain(line: string, below: string, { head, before }: { head: string; before: string }): boolean {
  const [closing, there] = [line.trim(), below.trim()];
  if (closing.startsWith('<')) return closing === there && !opensTag(head + before, below);
  const bracket = closing.charAt(0);
  return bracket === there.charAt(0) && strayClosers(before + bracket).length > strayClosers(before).length;
}

/** Whether one of the lines opens, in the column of a closing tag, what that closes. */
function opensTag(lines: string, closing: string): boolean {
  const opening = closing.trimEnd().replace('</', '<').replace(/\s*>$/, '');
  return lines.split('\n').some((line) => line.startsWith(opening) && /^[\s>]?$/.test(line.charAt(opening.length)));
}
