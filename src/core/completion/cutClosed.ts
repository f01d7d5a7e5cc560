import { strayClosers } from './brackets.ts';
import { indentWidth } from './indentWidth.ts';
import { linesBelow, surroundings, type Spot } from './spot.ts';

/**
 * Cuts whole lines of a suggestion where it closes a block that is closed below the cursor by now. When it was made nobody had
 * closed it: editors do that as someone types the opener and Enter.
 */
export function cutClosed(text: string, spot: Spot): string {
  const lines = text.split('\n');
  if (lines.length === 1) return text;
  const around = surroundings(spot);
  const [next = ''] = linesBelow(around, 1);
  if (!closer.test(next)) return text;
  const column = indentWidth(next, spot.document.indent.size);
  const isAgain = (line: string, before: readonly string[]): boolean => {
    if (!closer.test(line) || indentWidth(line, spot.document.indent.size) !== column) return false;
    const [is, stands] = [line.trim(), next.trim()];
    if (is.startsWith('<')) return is === stands && !opensTag(around.head + before.join('\n'), next);
    const said = before.join('\n');
    return is.charAt(0) === stands.charAt(0) && strayClosers(said + is.charAt(0)).length > strayClosers(said).length;
  };
  const again = lines.findIndex((line, index) => index > 0 && isAgain(line, lines.slice(0, index)));
  return again < 0 ? text : lines.slice(0, again).join('\n');
}

const closer = /^\s*(?:[)\]}]|<\/)/;

/** Whether one of the lines opens, in the column of a closing tag, what that closes. */
function opensTag(lines: string, closing: string): boolean {
  const opening = closing.trimEnd().replace('</', '<').replace(/\s*>$/, '');
  return lines.split('\n').some((line) => line.startsWith(opening) && /^[\s>]?$/.test(line.charAt(opening.length)));
}
